#include "metric/seed_spread.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "metric/baseline.h"
#include "metric/metrics.h"
#include "metric/number_json.h"
#include "metric/resampled_t.h"

namespace bottega {

namespace {

std::vector<double> Known(const std::vector<double>& values) {
  std::vector<double> known;
  std::ranges::copy_if(values, std::back_inserter(known),
                       [](double v) { return std::isfinite(v); });
  return known;
}

Json ListJson(const std::vector<double>& values) {
  Json list = Json::array();
  for (const double value : values) list.push_back(NumberJson(value));
  return list;
}

Json SpreadJson(const std::vector<double>& values) {
  const std::vector<double> known = Known(values);
  const SampleSpread spread = SampleSpreadOf(known);
  Json json = {{"value", NumberJson(spread.mean)}, {"deviation", NumberJson(spread.deviation)}};
  json["smallest"] = known.empty() ? Json() : Json(std::ranges::min(known));
  json["largest"] = known.empty() ? Json() : Json(std::ranges::max(known));
  json["by_seed"] = ListJson(values);
  return json;
}

// `says` holds where a difference is above 0.
Json Conclusion(const std::string& says, const std::vector<double>& differences) {
  const auto above = std::ranges::count_if(differences, [](double d) { return d > 0; });
  const auto below = std::ranges::count_if(differences, [](double d) { return d < 0; });
  Json json = {{"says", says},
               {"holds", above},
               {"of", differences.size()},
               {"changes_sign", above > 0 && below > 0}};
  json["differences"] = SpreadJson(differences);
  return json;
}

class Judge {
 public:
  Judge(const std::vector<SeedResult>& seeds, std::string part, std::string primary, int bins)
      : part_(std::move(part)),
        primary_(std::move(primary)),
        sign_(LargerIsBetter(primary_) ? 1 : -1),
        bins_(bins) {
    for (const SeedResult& seed : seeds) parts_.push_back(OfPart(seed.predictions, part_));
    const Predictions train = OfPart(seeds.front().predictions, "train");
    baseline_ = MakeBaseline(train.size() > 0 ? train : parts_.front());
  }

  Json AgainstBaseline() const {
    return Conclusion(part_ + "." + primary_ + " is better than guessing",
                      Differences(Score(baseline_.For(parts_.front()))));
  }

  Json Against(const AgainstRun& run) const {
    return Conclusion(part_ + "." + primary_ + " is better than that of run " + run.run,
                      Differences(run.value));
  }

  // The groups of `column` whose means over the seeds are best and worst; null with fewer than two.
  Json BetweenGroups(const std::string& column, int64_t min_rows) const;

 private:
  double Score(const Predictions& p) const { return Metric(primary_, p, bins_); }
  std::vector<double> Differences(double from) const {
    std::vector<double> differences;
    for (const Predictions& p : parts_) differences.push_back(sign_ * (Score(p) - from));
    return differences;
  }

  const std::string part_, primary_;
  const double sign_;
  const int bins_;
  std::vector<Predictions> parts_;
  Baseline baseline_;
};

Predictions OfGroup(const Predictions& p, const std::vector<std::string>& values,
                    const std::string& value) {
  Predictions marked = p;
  for (size_t i = 0; i < values.size(); ++i) marked.part[i] = values[i] == value ? "in" : "out";
  return OfPart(marked, "in");
}

Json Judge::BetweenGroups(const std::string& column, int64_t min_rows) const {
  std::map<std::string, int64_t> rows;
  for (const std::string& value : parts_.front().group.at(column)) ++rows[value];
  std::map<std::string, std::vector<double>> scores;
  for (const auto& [value, count] : rows) {
    if (count < min_rows) continue;
    std::vector<double> of_group;
    for (const Predictions& p : parts_) {
      of_group.push_back(sign_ * Score(OfGroup(p, p.group.at(column), value)));
    }
    if (Known(of_group).size() == of_group.size()) scores[value] = of_group;
  }
  if (scores.size() < 2) return nullptr;
  const auto mean = [](const auto& group) { return SampleSpreadOf(group.second).mean; };
  const auto [worst, best] = std::ranges::minmax_element(scores, {}, mean);
  std::vector<double> differences;
  for (size_t i = 0; i < parts_.size(); ++i) {
    differences.push_back(best->second[i] - worst->second[i]);
  }
  const auto named = [](const std::string& value) { return value.empty() ? "(missing)" : value; };
  Json json = Conclusion(part_ + "." + primary_ + " is better for " + column + " = " +
                             named(best->first) + " than for " + named(worst->first),
                         differences);
  json["column"] = column;
  return json;
}

}  // namespace

Json SeedSpread(const std::vector<SeedResult>& seeds, const std::string& primary,
                const std::optional<AgainstRun>& against, int64_t min_rows, int bins) {
  Json json = {{"seeds", Json::array()}, {"conclusions", Json::array()}};
  for (const SeedResult& seed : seeds) json["seeds"].push_back(seed.seed);
  std::string judged;
  for (const char* part : {"validation", "test"}) {
    std::map<std::string, std::vector<double>> scores;
    for (const SeedResult& seed : seeds) {
      const Predictions rows = OfPart(seed.predictions, part);
      if (rows.size() == 0) continue;
      for (const std::string& name : MetricNames(rows.task)) {
        scores[name].push_back(Metric(name, rows, bins));
      }
    }
    for (const auto& [name, values] : scores) json[part][name] = SpreadJson(values);
    if (!scores.empty()) judged = part;
  }
  if (judged.empty()) return json;
  const Judge judge(seeds, judged, primary, bins);
  Json& conclusions = json["conclusions"];
  conclusions.push_back(judge.AgainstBaseline());
  if (against) conclusions.push_back(judge.Against(*against));
  for (const auto& [column, values] : seeds.front().predictions.group) {
    Json between = judge.BetweenGroups(column, min_rows);
    if (!between.is_null()) conclusions.push_back(std::move(between));
  }
  return json;
}

}  // namespace bottega
