#include "cli/run_scores.h"

#include <algorithm>
#include <limits>

#include "base/error.h"
#include "base/text.h"
#include "cli/score_names.h"
#include "metric/metrics.h"

namespace bottega {

namespace {

double BoundOf(const RunScore& score, Condition::Bound bound) {
  if (bound == Condition::Bound::kLower) return score.low;
  return bound == Condition::Bound::kUpper ? score.high : score.value;
}

// The number in the files of one run; NaN where they do not have it.
double FromFiles(const RunFolder& run, const Condition& condition) {
  const auto read = [&](const char* name) { return run.Has(name) ? run.Read(name) : Json(); };
  const bool fair = condition.path.starts_with("fairness.");
  const bool audit = condition.path.starts_with("audit.");
  const Json file = read(fair ? "fairness.json" : audit ? "audit.json" : "metrics.json");
  if (file.is_null()) return std::numeric_limits<double>::quiet_NaN();
  ResultFiles files{.metrics = &file};
  if (fair) files = {.fairness = &file};
  if (audit) files = {.audit = &file};
  try {
    return Lookup(condition, files).value_or(std::numeric_limits<double>::quiet_NaN());
  } catch (const Error&) {
    return std::numeric_limits<double>::quiet_NaN();  // of another task, or without that class
  }
}

}  // namespace

RunScores::RunScores(RunIndex* index, const Condition& condition,
                     const std::vector<RunRecord>& runs) {
  const std::vector<std::string> known = index->ScorePaths();
  if (std::ranges::find(known, condition.path) != known.end()) {
    for (const auto& [run, score] : index->Scores(condition.path)) {
      values_[run] = BoundOf(score, condition.bound);
    }
    return;
  }
  if (const std::string wrong = WrongPath(condition.path); !wrong.empty()) {
    throw Error(ErrorKind::kRecipe, wrong, {}, "`bottega list metrics` lists the names of scores");
  }
  for (const RunRecord& run : runs) {
    if (run.state != "damaged") {
      values_[run.id] = FromFiles(RunFolder(std::filesystem::path("runs") / run.id), condition);
    }
  }
}

double RunScores::Of(const std::string& run) const {
  const auto found = values_.find(run);
  return found == values_.end() ? std::numeric_limits<double>::quiet_NaN() : found->second;
}

bool IsLargerBetter(const std::string& path) {
  const std::string part = path.substr(0, path.find('.'));
  if (!IsPart(part)) return false;
  std::string name = path.substr(std::min(path.size(), part.size() + 1));
  if (name.starts_with("baseline.")) name = name.substr(9);
  if (name == "rows" || name == "weight" || name.ends_with(".weight")) return true;
  return LargerIsBetter(name);
}

}  // namespace bottega
