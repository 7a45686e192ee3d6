#include <memory>

#include "base/text.h"
#include "clean/steps.h"
#include "clean/steps/categories.h"

namespace bottega {

namespace {

const Spec& OneHotSpec() {
  static const Spec spec = {
      .kind = "step",
      .name = "one_hot",
      .one_line = "categories to a number column of 0 and 1 for each value",
      .text =
          "For linear models and for columns with few values. Values that are rare or were never "
          "seen are 0 in all columns; missing cells, where training rows have enough of them, get "
          "a "
          "column `NAME:missing`. Put it before `encode`, which takes what is left.",
      .params = {ColumnsParam(),
                 MinRowsParam(5),
                 {.name = "max_values",
                  .type = ParamType::kInt,
                  .what = "at most so many values, the most frequent, get a column",
                  .fallback = 50,
                  .min = 1,
                  .max = 10'000,
                  .larger = "more weights to learn"},
                 {.name = "drop",
                  .type = ParamType::kChoice,
                  .what =
                      "leave out the first value's column: never, where there are two values and "
                      "none is missing (binary), or always (first), as a linear model without "
                      "penalty needs it",
                  .fallback = "binary",
                  .choices = {"none", "binary", "first"}}},
      .synonyms = {"dummies", "onehot", "one_hot_encode"},
  };
  return spec;
}

Json Fit(const Frame& train, const Json& settings, std::vector<Refusal>* refused) {
  Json columns = Json::array();
  const auto min_rows = settings.at("min_rows").get<int64_t>();
  const std::string drop = settings.at("drop");
  for (const TextSeries* series : CategoriesFor(train, settings, "one_hot", refused)) {
    const CategoryCounts counts = CountCategories(*series, train.rows);
    std::vector<std::string> kept =
        KeptCategories(counts, min_rows, settings.at("max_values").get<size_t>());
    std::string why = WhyNoCategories(counts, 0.5);
    if (why.empty() && kept.empty()) {
      why = "no value occurs in " + FormatCount(min_rows) + " training rows";
    }
    if (!why.empty()) {
      refused->push_back({"one_hot", series->name, why});
      continue;
    }
    const bool missing = counts.missing >= min_rows;
    const bool all = kept.size() == counts.values.size() && counts.missing == 0;
    if (drop == "first" || (drop == "binary" && all && kept.size() == 2)) kept.erase(kept.begin());
    columns.push_back({{"column", series->name}, {"values", kept}, {"missing", missing}});
  }
  return {{"columns", columns}};
}

struct Spreader {
  Spreader(std::string column, std::vector<std::string> values, bool with_missing)
      : index(std::move(column), std::move(values)), missing(with_missing) {}

  CategoryIndex index;
  bool missing = false;

  void Spread(const TextSeries& series, Frame* frame) const;
};

void Spreader::Spread(const TextSeries& series, Frame* frame) const {
  const auto rows = static_cast<size_t>(frame->rows);
  std::vector<NumberSeries> out(index.size() + (missing ? 1 : 0));
  for (size_t k = 0; k < out.size(); ++k) {
    out[k].name = index.column() + (k < index.size() ? "=" + index[k] : ":missing");
    out[k].column = series.name;
    out[k].scaled = true;
    out[k].values.assign(rows, 0);
  }
  for (size_t i = 0; i < rows; ++i) {
    const auto cell = series.At(static_cast<int64_t>(i));
    const int64_t value = cell      ? index.Find(*cell)
                          : missing ? static_cast<int64_t>(index.size())
                                    : -1;
    if (value >= 0) out[static_cast<size_t>(value)].values[i] = 1;
  }
  for (NumberSeries& made : out) frame->numbers.push_back(std::move(made));
}

Applier Load(const Json& state) {
  auto spreaders = std::make_shared<std::vector<std::unique_ptr<Spreader>>>();
  for (const Json& item : StateList(state, "columns")) {
    spreaders->push_back(std::make_unique<Spreader>(
        StateText(item, "column"), StateTexts(item, "values"), StateBool(item, "missing")));
  }
  return [spreaders](Frame* frame) {
    for (const auto& spreader : *spreaders) {
      spreader->Spread(frame->TakeText(spreader->index.column()), frame);
    }
  };
}

}  // namespace

const Step kOneHotStep = {OneHotSpec, Fit, Load};

}  // namespace bottega
