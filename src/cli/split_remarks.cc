#include "cli/split_remarks.h"

#include <algorithm>

#include "base/progress.h"
#include "cli/score_names.h"
#include "split/split_section_spec.h"

namespace bottega {

namespace {

// Whether the Spec says that `name` does nothing where the recipe names this method.
bool IgnoredByName(const std::string& name, const Json& method) {
  return std::ranges::any_of(SplitSection().ignored, [&](const IgnoredWhen& rule) {
    return rule.param == name && rule.other == "method" && rule.value == method;
  });
}

std::string BecauseOf(const std::string& method) {
  return method == "given" ? "the source gives the parts" : "the rows are split by " + method;
}

}  // namespace

std::vector<Problem> SplitRemarks(const Recipe& recipe, const Column* target,
                                  const std::string& method) {
  const Json& section = recipe["split"];
  const bool number = target != nullptr &&
                      (target->type == FeatureType::kNumber || target->type == FeatureType::kDate);
  const bool in_time = method == "time";
  const bool given = method == "given" && section.at("folds").is_null();
  std::vector<Problem> remarks;
  const auto ignored = [&](const std::string& name, const std::string& why) {
    const auto from = recipe.origin.find("split." + name);
    if (from == recipe.origin.end() || from->second == "default" || why.empty()) return;
    if (IgnoredByName(name, section.at("method"))) return;
    remarks.push_back({PlaceOf(from->second), "'split." + name + "' is ignored because " + why});
  };
  const std::string method_why = in_time || given ? BecauseOf(method) : "";
  ignored("seed", method_why);
  ignored("bins", number ? method_why : "the target is no number");
  ignored("rare_classes", number ? "the target is a number" : method_why);
  return remarks;
}

void NoteSplitRemarks(const Recipe& recipe, const Dataset& data, const SplitOutcome& outcome) {
  for (const Problem& remark : SplitRemarks(recipe, data.TargetColumn(), outcome.method)) {
    Note("note: " + remark.place.ToString() + ": " + remark.message);
  }
}

}  // namespace bottega
