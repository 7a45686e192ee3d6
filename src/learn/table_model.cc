#include "learn/table_model.h"

#include <array>

#include "base/error.h"
#include "learn/table_kinds.h"

namespace bottega {

namespace {

struct Kind {
  const char* name;
  const char* step;
  std::unique_ptr<TableFit> (*fit)(const Json&, const FitData&);
  std::unique_ptr<TableModel> (*load)(const Json&, int, const TableRows&, const TableModelState&);
  const char* most_steps = nullptr;  // the setting that says so
};

constexpr std::array<Kind, 4> kKinds = {{
    {"majority", "fit", FitMajority, LoadMajority},
    {"linear", "iteration", FitLinear, LoadLinear, "iterations"},
    {"knn", "fit", FitKnn, LoadKnn},
    {"boosted_trees", "round", FitXgboost, LoadXgboost, "rounds"},
}};

const Kind& KindOf(const Json& settings) {
  const std::string name = settings.at("name").get<std::string>();
  for (const Kind& kind : kKinds) {
    if (name == kind.name) return kind;
  }
  throw Error(ErrorKind::kInternal, "'" + name + "' is no model of tables that is fitted in steps");
}

}  // namespace

const NamedArray& TableModelState::Find(const std::string& name) const {
  for (const NamedArray& array : arrays) {
    if (array.name == name) return array;
  }
  throw Error(ErrorKind::kData, "the model lacks the tensor '" + name + "'");
}

void RequireShape(const NamedArray& array, const std::vector<int64_t>& shape) {
  if (array.shape == shape) return;
  throw Error(ErrorKind::kData, "the tensor '" + array.name + "' of the model has another shape");
}

std::unique_ptr<TableFit> MakeTableFit(const Json& settings, const FitData& data) {
  return KindOf(settings).fit(settings, data);
}

std::unique_ptr<TableModel> LoadTableModel(const Json& settings, int classes, const TableRows& like,
                                           const TableModelState& state) {
  return KindOf(settings).load(settings, classes, like, state);
}

int64_t MostSteps(const Json& settings) {
  const Kind& kind = KindOf(settings);
  return kind.most_steps == nullptr ? 1 : settings.at(kind.most_steps).get<int64_t>();
}

std::string StepName(const Json& settings) { return KindOf(settings).step; }

int64_t StepPatience(const Json& settings) {
  const auto patience = settings.find("patience");
  return patience == settings.end() || patience->is_null() ? 0 : patience->get<int64_t>();
}

}  // namespace bottega
