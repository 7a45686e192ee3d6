#include <algorithm>
#include <cmath>
#include <numeric>

#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "audit/population.h"
#include "base/text.h"
#include "profile/association.h"
#include "profile/share_tests.h"

namespace bottega {
namespace {

const Spec& ReferencePopulationSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "reference_population",
      .one_line = "groups that the data hold less of, or more of, than the population does",
      .text =
          "Compares the shares of groups with those of the people that the model is for, from the "
          "table `reference`: columns of the data and one of shares or counts (a census, a "
          "customer base), or a row for each group of a column (column, value, share); numbers are "
          "matched by ranges as in 18-24 or 65+. Chi-square test of goodness of fit, and an "
          "interval for each group widened for their number. Severity: warning for groups whose "
          "share lies beyond chance below `ratio` of the reference's, or that are absent though "
          "they would be expected; info where a group has at least 1/`ratio` times the share, or "
          "rows are in no group of the reference. All columns together are judged only where each "
          "of them alone is in order.",
      .params = {{.name = "reference",
                  .what = "table of the population's shares; a path from the recipe's folder",
                  .unit = "FILE"},
                 {.name = "ratio",
                  .type = ParamType::kFloat,
                  .what = "share in the data over share in the reference below which a group is "
                          "reported",
                  .fallback = 0.8,
                  .min = 0.01,
                  .max = 1,
                  .larger = "reports smaller departures"},
                 {.name = "p",
                  .type = ParamType::kFloat,
                  .what = "probability by chance below which the shares are said to differ",
                  .fallback = 0.01,
                  .min = 0,
                  .max = 1}},
      .synonyms = {"representativeness", "sampling_bias", "census", "goodness_of_fit"},
      .source = "Pearson 1900; Wilson 1927",
  };
  return spec;
}

struct Group {
  size_t index = 0;
  double count = 0;
  Estimate share;
};

std::string ColumnsOf(const Dataset& data, const PopulationMargin& margin) {
  std::vector<std::string> names;
  for (const int column : margin.columns) {
    names.push_back("'" + data.columns[static_cast<size_t>(column)].name + "'");
  }
  return Join(names, " and ");
}

Place PlaceOfMargin(const Dataset& data, const PopulationMargin& margin) {
  if (margin.columns.size() == 1) return PlaceOfColumn(data, margin.columns[0]);
  return {.file = data.source.filename().string()};
}

// Rows that bring a group to the reference's share when only its rows are added.
int64_t Gather(double count, double rows, double share) {
  return share >= 1
             ? 0
             : static_cast<int64_t>(std::ceil(std::max(0.0, (share * rows - count) / (1 - share))));
}

struct Judge {
  const AuditContext& context;
  const PopulationMargin& margin;
  std::vector<double> counts;
  double rows = 0;
  double p = 1;

  std::vector<Group> Departing(bool below) const {
    const double ratio = context.settings.at("ratio").get<double>();
    const double level =
        1 - (1 - context.level) / static_cast<double>(std::max<size_t>(1, margin.names.size()));
    std::vector<Group> out;
    for (size_t g = 0; g < margin.names.size(); ++g) {
      const Group group{g, counts[g], ShareOf(counts[g], rows, level)};
      const double reference = margin.shares[g];
      if (below ? group.share.high < reference && group.share.value < ratio * reference
                : group.share.low > reference && group.share.value * ratio > reference) {
        out.push_back(group);
      }
    }
    const auto distance = [&](const Group& g) {
      return std::abs(CohenH(g.share.value, margin.shares[g.index]));
    };
    std::ranges::stable_sort(out, std::greater<>(), distance);
    return out;
  }

  Json Detail(const std::vector<Group>& groups) const {
    Json list = Json::array();
    for (const Group& group : groups) {
      list.push_back({{"name", margin.names[group.index]},
                      {"condition", margin.conditions[group.index]},
                      {"rows", group.count},
                      {"share", group.share.value},
                      {"low", group.share.low},
                      {"high", group.share.high},
                      {"reference", margin.shares[group.index]},
                      {"gather", Gather(group.count, rows, margin.shares[group.index])}});
    }
    return {{"groups", list}, {"p", p}, {"rows", rows}};
  }

  void Report(bool below, const std::vector<Group>& groups, Findings& findings) const {
    if (groups.empty()) return;
    std::vector<std::string> named;
    for (const Group& group : groups) {
      if (named.size() == 4) break;
      named.push_back(Quote(margin.names[group.index]) + " " + Percent(group.share.value) + " (" +
                      Percent(group.share.low) + " to " + Percent(group.share.high) + ") against " +
                      Percent(margin.shares[group.index]));
    }
    const size_t n = groups.size();
    findings
        .Add(below ? Severity::kWarning : Severity::kInfo, PlaceOfMargin(context.data, margin),
             std::to_string(n) + (n == 1 ? " group of " : " groups of ") +
                 ColumnsOf(context.data, margin) + (n == 1 ? " has" : " have") + " too " +
                 (below ? "small" : "large") + " a share for the reference population: " +
                 Join(named, ", ") + (n > named.size() ? ", ..." : ""),
             below
                 ? "gather " +
                       FormatCount(Gather(groups[0].count, rows, margin.shares[groups[0].index])) +
                       " more rows of " + Quote(margin.names[groups[0].index]) +
                       " (detail has the others), or weigh the rows (role weight) when scoring"
                 : "weigh the rows (role weight) when scoring; more rows of the other groups are "
                   "better")
        .detail = Detail(groups);
  }

  void ReportOutside(Findings& findings) const {
    const int64_t outside = std::ranges::count(margin.code, -2);
    if (outside == 0 || margin.columns.size() > 1) return;
    const size_t first =
        static_cast<size_t>(std::ranges::find(margin.code, -2) - margin.code.begin());
    findings
        .Add(Severity::kInfo, PlaceOf(context.data, static_cast<int64_t>(first), margin.columns[0]),
             CountOf(context.data, outside) + (outside == 1 ? " is" : " are") +
                 " in no group that the reference has of " + ColumnsOf(context.data, margin),
             "add the group to the reference, or see whether its values are spelled differently")
        .detail = {{"rows", outside}};
  }
};

// Whether something departs.
bool JudgeMargin(const AuditContext& context, const PopulationMargin& margin, Findings& findings) {
  Judge judge{context, margin, std::vector<double>(margin.names.size())};
  for (const int32_t code : margin.code) {
    if (code < 0) continue;
    judge.counts[static_cast<size_t>(code)] += 1;
    judge.rows += 1;
  }
  judge.ReportOutside(findings);
  if (judge.rows <= 0) return false;
  judge.p = GoodnessOfFitP(judge.counts, margin.shares);
  if (judge.p >= context.settings.at("p").get<double>()) return false;
  const std::vector<Group> below = judge.Departing(true), above = judge.Departing(false);
  judge.Report(true, below, findings);
  judge.Report(false, above, findings);
  return !below.empty() || !above.empty();
}

void Run(const AuditContext& context, Findings& findings) {
  const Json& reference = context.settings.at("reference");
  if (!reference.is_string()) {
    findings.Skip(
        "no reference population is named (reference_population: {reference: FILE} "
        "under audit.adjust)");
    return;
  }
  bool departs = false;
  for (const PopulationMargin& margin :
       ReadPopulation(reference.get<std::string>(), context.data)) {
    if (margin.columns.size() > 1 && departs) continue;
    departs |= JudgeMargin(context, margin, findings);
  }
}

}  // namespace

const Check& ReferencePopulation() {
  static const Check check = {&ReferencePopulationSpec, &Run};
  return check;
}

}  // namespace bottega
