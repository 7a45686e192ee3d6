#include <algorithm>

#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/coverage.h"
#include "audit/groups.h"
#include "base/text.h"
#include "profile/association.h"

namespace bottega {
namespace {

const Spec& IntersectionCoverageSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "intersection_coverage",
      .one_line = "combinations of groups with no or too few rows",
      .text =
          "Counts the rows of every combination of two, and of up to `order`, of the columns "
          "(numbers and dates in four ranges). A combination is named when it holds fewer than "
          "`rows` rows while each of its parts holds at least that many, so that nothing is told "
          "twice. Severity: warning when a combination has no row at all though `rows` would be "
          "expected if the columns were independent, and the columns say little of each other "
          "otherwise (Cramer's V below 0.3: 'divorced' and 'husband' exclude each other), else "
          "info. What a model does for such people cannot be measured.",
      .params = {{.name = "columns",
                  .type = ParamType::kTextList,
                  .what = "columns to combine (none: the sensitive ones)",
                  .fallback = Json::array()},
                 {.name = "rows",
                  .type = ParamType::kInt,
                  .what = "fewest rows of a combination",
                  .fallback = 50,
                  .min = 1},
                 {.name = "order",
                  .type = ParamType::kInt,
                  .what = "most columns that are combined",
                  .fallback = 2,
                  .min = 2,
                  .max = 4,
                  .larger = "finds gaps that show only in three or four columns together"}},
      .synonyms = {"intersectional_groups", "subgroups", "coverage"},
      .source =
          "Asudeh, Jin & Jagadish, Assessing and remedying coverage for a given dataset, "
          "ICDE 2019",
  };
  return spec;
}

// The names of the columns that a pattern fixes: "'a' and 'b'".
std::string ColumnsOf(const Dataset& data, const std::vector<int>& columns,
                      const CoveragePattern& pattern) {
  std::vector<std::string> names;
  for (size_t i = 0; i < columns.size(); ++i) {
    if (pattern.group[i] < 0) continue;
    names.push_back("'" + data.columns[static_cast<size_t>(columns[i])].name + "'");
  }
  const std::string last = names.back();
  names.pop_back();
  return Join(names, ", ") + " and " + last;
}

struct Reporter {
  const AuditContext& context;
  const std::vector<int>& columns;
  const std::vector<const ValueGroups*>& groups;
  const int64_t least;

  // Patterns that fix the same two columns; more than two are not judged.
  bool IsGrave(const std::vector<CoveragePattern>& patterns) const {
    const auto unexpected = [&](const CoveragePattern& p) {
      return p.rows == 0 && p.expected >= static_cast<double>(least);
    };
    if (std::ranges::none_of(patterns, unexpected)) return false;
    std::vector<const ValueGroups*> fixed;
    for (size_t i = 0; i < groups.size(); ++i) {
      if (patterns[0].group[i] >= 0) fixed.push_back(groups[i]);
    }
    if (fixed.size() != 2) return false;
    return CramersVCorrected(
               CountPairs(fixed[0]->code, static_cast<int64_t>(fixed[0]->names.size()),
                          fixed[1]->code, static_cast<int64_t>(fixed[1]->names.size()))) < 0.3;
  }

  // Patterns that fix the same columns.
  void Report(std::vector<CoveragePattern> patterns, Findings& findings) const {
    const Dataset& data = context.data;
    const int64_t needed = RowsForMargin(context.section.at("margin").get<double>(), context.level);
    const bool grave = IsGrave(patterns);
    // The most surprising first.
    std::ranges::stable_sort(patterns, std::greater<>(), [](const CoveragePattern& p) {
      return p.expected - static_cast<double>(p.rows);
    });
    std::vector<std::string> named;
    Json cells = Json::array();
    for (const CoveragePattern& pattern : patterns) {
      const std::string name = PatternName(data, columns, groups, pattern);
      if (named.size() < 4) {
        named.push_back(name + " (" + (pattern.rows == 0 ? "none" : FormatCount(pattern.rows)) +
                        ", " + FormatCount(std::llround(pattern.expected)) + " expected)");
      }
      cells.push_back({{"name", name},
                       {"condition", PatternCondition(data, columns, groups, pattern)},
                       {"rows", pattern.rows},
                       {"expected", pattern.expected},
                       {"gather", needed - std::min(needed, pattern.rows)}});
    }
    const size_t n = patterns.size();
    findings
        .Add(grave ? Severity::kWarning : Severity::kInfo,
             {.file = data.source.filename().string()},
             std::to_string(n) + (n == 1 ? " combination of " : " combinations of ") +
                 ColumnsOf(data, columns, patterns[0]) + (n == 1 ? " has" : " have") +
                 " fewer than " + FormatCount(least) + " rows: " + Join(named, "; ") +
                 (n > named.size() ? "; ..." : ""),
             "collect more where the combination is possible (bottega audit --collect rows.csv: " +
                 FormatCount(needed) + " rows of each), or say that the model was not tested there")
        .detail = {{"cells", cells}, {"needed", needed}};
  }
};

void Run(const AuditContext& context, Findings& findings) {
  const std::vector<int> columns = IntersectionColumns(context, context.settings);
  if (columns.size() < 2) {
    findings.Skip(context.settings.at("columns").empty()
                      ? "fewer than two columns are sensitive (data.sensitive in the recipe)"
                      : "fewer than two of the columns have 2 to 200 groups");
    return;
  }
  std::vector<const ValueGroups*> groups;
  for (const int column : columns) groups.push_back(&context.shared.GroupsOfColumn(column));
  const int64_t least = context.settings.at("rows").get<int64_t>();
  const CoveragePatterns found =
      UncoveredPatterns(groups, least, context.settings.at("order").get<int>());
  const Reporter reporter{context, columns, groups, least};
  const auto fixed = [](const CoveragePattern& p) {
    std::vector<bool> out;
    for (const int32_t code : p.group) out.push_back(code >= 0);
    return out;
  };
  for (size_t begin = 0; begin < found.patterns.size();) {
    size_t end = begin;
    while (end < found.patterns.size() &&
           fixed(found.patterns[end]) == fixed(found.patterns[begin])) {
      ++end;
    }
    reporter.Report({found.patterns.begin() + static_cast<std::ptrdiff_t>(begin),
                     found.patterns.begin() + static_cast<std::ptrdiff_t>(end)},
                    findings);
    begin = end;
  }
}

}  // namespace

const Check& IntersectionCoverage() {
  static const Check check = {&IntersectionCoverageSpec, &Run};
  return check;
}

}  // namespace bottega
