#include <algorithm>

#include "audit/all_rows.h"
#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "base/text.h"

namespace bottega {
namespace {

const Spec& ClassBalanceSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "class_balance",
      .one_line = "classes that are much rarer than others, or too rare to learn",
      .text =
          "Compares the rows of each class. Severity: error when there is only one class; warning "
          "when the largest class has at least `ratio` times the rows of the smallest, or a class "
          "has fewer than `rows` rows; info from a ratio of 3 on. A model that is trained on "
          "unbalanced classes looks accurate while it overlooks the rare ones.",
      .params = {{.name = "ratio",
                  .type = ParamType::kFloat,
                  .what = "rows of the largest class over those of the smallest",
                  .fallback = 8,
                  .min = 1},
                 {.name = "rows",
                  .type = ParamType::kInt,
                  .what = "fewest rows from which a class can be learned and scored",
                  .fallback = 20,
                  .min = 1}},
      .synonyms = {"imbalance"},
  };
  return spec;
}

void AddRareClasses(const AuditContext& context, const ValueCounts& classes, Findings& findings) {
  const std::vector<int64_t>& counts = classes.counts;
  const int64_t fewest = context.settings.at("rows").get<int64_t>();
  std::vector<std::string> rare;
  Json detail = Json::object();
  for (size_t c = 0; c < counts.size(); ++c) {
    if (counts[c] >= fewest) continue;
    if (rare.size() < 5)
      rare.push_back(Quote(classes.Text(c)) + " (" + FormatCount(counts[c]) + ")");
    detail[classes.Text(c)] = counts[c];
  }
  if (rare.empty()) return;
  const int64_t n = static_cast<int64_t>(detail.size());
  Finding& finding = findings.Add(
      Severity::kWarning, PlaceOfColumn(context.data, TargetIndex(context.data)),
      FormatCount(n) + (n == 1 ? " class has" : " classes have") + " fewer than " +
          FormatCount(fewest) + " rows: " + Join(rare, ", ") +
          (n > static_cast<int64_t>(rare.size()) ? ", ..." : ""),
      "collect more of them, merge them with a class that means nearly the same, or leave them "
      "out: their scores would be guesses");
  finding.detail = {{"classes", detail}};
}

void Run(const AuditContext& context, Findings& findings) {
  const Dataset& data = context.data;
  if (!IsClassTarget(data)) {
    findings.Skip(TargetIndex(data) < 0 ? "no column is the target" : "the target is a number");
    return;
  }
  const int target = TargetIndex(data);
  const ValueCounts classes = AllValues(context, target);
  const std::vector<int64_t>& counts = classes.counts;
  if (counts.size() < 2) {
    findings.Add(Severity::kError, PlaceOfColumn(data, target),
                 counts.empty() ? "every label is missing"
                                : "every row has the label " + Quote(classes.Text(0)),
                 "add rows of another class: there is nothing to tell apart");
    return;
  }
  const size_t top = static_cast<size_t>(std::ranges::max_element(counts) - counts.begin());
  const size_t low = static_cast<size_t>(std::ranges::min_element(counts) - counts.begin());
  const double ratio = static_cast<double>(counts[top]) / static_cast<double>(counts[low]);
  double total = 0;
  Json shares = Json::object();
  for (const int64_t count : counts) total += static_cast<double>(count);
  for (size_t c = 0; c < counts.size(); ++c) shares[classes.Text(c)] = counts[c];
  AddRareClasses(context, classes, findings);
  if (ratio < 3) return;
  const double share = static_cast<double>(counts[top]) / total;
  Finding& finding = findings.Add(
      ratio >= context.settings.at("ratio").get<double>() ? Severity::kWarning : Severity::kInfo,
      PlaceOfColumn(data, target),
      Quote(classes.Text(top)) + " has " + CountOf(data, counts[top]) + ", " +
          FormatNumber(ratio, 3) + " times as many as " + Quote(classes.Text(low)) + " (" +
          FormatCount(counts[low]) + "): always answering " + Quote(classes.Text(top)) +
          " would be right in " + Percent(share),
      "judge by recall and F1 of each class rather than accuracy; `bottega train --set "
      "train.balance=weights` makes classes count alike; or collect more of the rare class");
  finding.detail = {{"counts", shares}, {"ratio", ratio}};
}

}  // namespace

const Check& ClassBalance() {
  static const Check check = {&ClassBalanceSpec, &Run};
  return check;
}

}  // namespace bottega
