#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include "split/make_split.h"

namespace bottega {

namespace {

// Rows of one part or fold, told as the target's distribution.
class Tally {
 public:
  Tally(const Dataset& data, const Column* target) {
    if (target == nullptr) return;
    const int index = data.Find(target->name);
    if (target->type == FeatureType::kNumber || target->type == FeatureType::kDate) {
      numbers_ = NumbersOf(data, index);
    } else {
      codes_ = CodesOf(data, index);
    }
  }

  Json Of(const std::vector<int64_t>& positions, int64_t all) const {
    Json json = {
        {"rows", positions.size()},
        {"fraction",
         all > 0 ? static_cast<double>(positions.size()) / static_cast<double>(all) : 0.0}};
    if (!numbers_.empty()) json["target"] = Moments(positions);
    if (!codes_.values.empty()) json["classes"] = Classes(positions);
    return json;
  }

 private:
  Json Classes(const std::vector<int64_t>& positions) const {
    std::vector<int64_t> counts(codes_.values.size());
    for (int64_t i : positions) {
      const int32_t code = codes_.code[static_cast<size_t>(i)];
      if (code >= 0) ++counts[static_cast<size_t>(code)];
    }
    Json json = Json::object();
    for (size_t k = 0; k < counts.size(); ++k) json[codes_.values[k]] = counts[k];
    return json;
  }

  Json Moments(const std::vector<int64_t>& positions) const {
    double mean = 0, squares = 0;
    int64_t n = 0;
    for (int64_t i : positions) {
      const double delta = numbers_[static_cast<size_t>(i)] - mean;
      mean += delta / static_cast<double>(++n);
      squares += delta * (numbers_[static_cast<size_t>(i)] - mean);
    }
    return {{"mean", mean}, {"deviation", n > 0 ? std::sqrt(squares / static_cast<double>(n)) : 0}};
  }

  std::vector<double> numbers_;
  Codes codes_;
};

Json LeftOut(const std::vector<LeftOutRow>& rows) {
  constexpr size_t kExamples = 10;
  std::map<std::string, std::vector<int64_t>> by_reason;
  for (const LeftOutRow& row : rows) by_reason[row.reason].push_back(row.row);
  Json list = Json::array();
  for (auto& [reason, records] : by_reason) {
    const size_t count = records.size();
    records.resize(std::min(count, kExamples));
    list.push_back({{"reason", reason}, {"rows", count}, {"examples", records}});
  }
  return list;
}

}  // namespace

Json SplitSummary(const Dataset& data, const SplitOutcome& outcome) {
  std::unordered_map<int64_t, int64_t> position;
  for (int64_t i = 0; i < data.size(); ++i) position[data.rows[static_cast<size_t>(i)]] = i;
  std::vector<int64_t> parts[3];
  std::map<int32_t, std::vector<int64_t>> folds;
  const RowPlan& plan = outcome.plan;
  for (size_t k = 0; k < plan.row.size(); ++k) {
    const int64_t i = position.at(plan.row[k]);
    parts[static_cast<size_t>(plan.part[k])].push_back(i);
    if (plan.fold[k] >= 0) folds[plan.fold[k]].push_back(i);
  }
  const Tally tally(data, data.TargetColumn());
  Json json = {{"format", 1},
               {"method", outcome.method},
               {"units", outcome.units},
               {"notes", outcome.notes}};
  for (Part part : {Part::kTrain, Part::kValidation, Part::kTest}) {
    json["parts"][std::string(PartName(part))] =
        tally.Of(parts[static_cast<size_t>(part)], plan.size());
  }
  json["folds"] = Json::array();
  for (const auto& [fold, positions] : folds) {
    json["folds"].push_back(tally.Of(positions, plan.size()));
  }
  json["left_out"] = LeftOut(outcome.left_out);
  return json;
}

}  // namespace bottega
