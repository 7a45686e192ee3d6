#include <algorithm>
#include <array>

#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "audit/privacy/people_columns.h"
#include "base/error.h"
#include "base/text.h"
#include "profile/anonymity.h"

namespace bottega {
namespace {

const Spec& KAnonymitySpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "k_anonymity",
      .one_line = "people who are alone, or nearly, with their age, sex, place ...",
      .text =
          "Quasi-identifiers are columns that name nobody alone and somebody together. Rows that "
          "are equal in all of them form a class; k is the size of the smallest. Of confidential "
          "columns: in how many values a class differs (l-diversity, distinct and by entropy) and "
          "how far a class is from the whole (t-closeness). Each way of coarsening or dropping one "
          "column is tried, and the most helpful is told. Quasi-identifiers are proposed by name "
          "and content where none are given, and only where age, sex or birth is among them. "
          "Severity: warning when rows are in classes below `k`; info when a class of `k` rows or "
          "more gives away a confidential value, or lies farther than `t` from the whole.",
      .params =
          {{.name = "columns",
            .type = ParamType::kTextList,
            .what = "quasi-identifiers (proposed when empty)",
            .fallback = Json::array()},
           {.name = "confidential",
            .type = ParamType::kTextList,
            .what =
                "columns whose values nobody may learn from a class (the target, and columns of "
                "health, religion and the like, when empty)",
            .fallback = Json::array()},
           {.name = "k",
            .type = ParamType::kInt,
            .what = "rows that a class must have",
            .fallback = 5,
            .min = 2,
            .larger = "hides people better and asks for coarser columns"},
           {.name = "l",
            .type = ParamType::kInt,
            .what = "different values of a confidential column that a class must hold",
            .fallback = 2,
            .min = 1},
           {.name = "t",
            .type = ParamType::kFloat,
            .what = "distance of a class from the whole from which on it is reported",
            .fallback = 0.5,
            .min = 0,
            .max = 1,
            .smaller = "reports more classes"}},
      .synonyms = {"l_diversity", "t_closeness", "reidentification", "quasi_identifiers"},
      .source = "Sweeney 2002; Machanavajjhala et al. 2007; Li et al. 2007",
  };
  return spec;
}

std::vector<int> NamedColumns(const AuditContext& context, const char* key) {
  std::vector<int> columns;
  for (const Json& name : context.settings.at(key)) {
    const int column = context.data.Find(name.get<std::string>());
    if (column < 0) {
      std::vector<std::string> names;
      for (const Column& c : context.data.columns) names.push_back(c.name);
      const std::vector<std::string> near = NearestNames(name.get<std::string>(), names, 1);
      throw Error(
          ErrorKind::kRecipe,
          "k_anonymity." + std::string(key) + ": there is no column '" + name.get<std::string>() +
              "'",
          {}, near.empty() ? "name one of " + Join(names, ", ") : "did you mean " + near[0] + "?");
    }
    columns.push_back(column);
  }
  return columns;
}

bool IsPersonal(const std::string& attribute) {
  return attribute == "age" || attribute == "birth" || attribute == "sex";
}

struct Columns {
  std::vector<int> quasi, confidential;
};

// Proposals: what others can know of a person, and what they must not learn.
Columns ProposeColumns(const AuditContext& context) {
  constexpr std::array<std::string_view, 10> kQuasi = {
      "age",         "birth", "sex",     "ethnicity", "nationality", "marital status",
      "postal code", "town",  "country", "occupation"};
  constexpr std::array<std::string_view, 7> kConfidential = {
      "health",           "disability", "religion", "political opinion", "sexual orientation",
      "union membership", "pregnancy"};
  Columns columns;
  bool personal = false;
  for (int i = 0; i < static_cast<int>(context.data.columns.size()); ++i) {
    const Column& column = context.data.columns[static_cast<size_t>(i)];
    const bool learned = column.role == Role::kFeature || column.role == Role::kTarget;
    if (!learned || column.type == FeatureType::kPicture) continue;
    const std::string attribute = PeopleAttribute(context, i);
    const bool target = column.role == Role::kTarget;
    if (target || std::ranges::find(kConfidential, attribute) != kConfidential.end()) {
      columns.confidential.push_back(i);
    } else if (std::ranges::find(kQuasi, attribute) != kQuasi.end()) {
      columns.quasi.push_back(i);
      personal = personal || IsPersonal(attribute);
    }
  }
  if (!personal || columns.quasi.size() < 2) columns.quasi.clear();
  return columns;
}

std::string NamesOf(const AuditContext& context, const std::vector<int>& columns) {
  std::vector<std::string> names;
  for (const int column : columns) {
    names.push_back(context.data.columns[static_cast<size_t>(column)].name);
  }
  const std::string last = names.back();
  names.pop_back();
  return names.empty() ? last : Join(names, ", ") + " and " + last;
}

std::string WayText(const AuditContext& context, const std::vector<int>& quasi,
                    const Generalization& way, int64_t rows) {
  const std::string& name = context.data.columns[static_cast<size_t>(quasi[way.column])].name;
  const std::string what =
      way.how == "drop it" ? "without '" + name + "'" : "'" + name + "' by " + way.how;
  return what + " " + FormatCount(way.below) + " (" +
         Percent(static_cast<double>(way.below) / static_cast<double>(rows)) + ")";
}

// The best way that drops a column, and the best that keeps it coarser.
std::string FixOf(const AuditContext& context, const std::vector<int>& quasi,
                  const std::vector<Generalization>& ways, int64_t below) {
  std::vector<std::string> best;
  for (const bool drop : {false, true}) {
    const auto way = std::ranges::find_if(ways, [&](const Generalization& w) {
      return (w.how == "drop it") == drop && w.below < below;
    });
    if (way != ways.end()) best.push_back(WayText(context, quasi, *way, context.data.size()));
  }
  if (best.empty()) return "no single column helps: coarsen or drop several";
  return "coarsen or drop what the purpose does not need; " + Join(best, ", ") +
         " rows would be left";
}

Json WaysToJson(const AuditContext& context, const std::vector<int>& quasi,
                const std::vector<Generalization>& ways) {
  constexpr size_t kMost = 12;
  Json list = Json::array();
  for (size_t i = 0; i < std::min(kMost, ways.size()); ++i) {
    list.push_back(
        {{"column", context.data.columns[static_cast<size_t>(quasi[ways[i].column])].name},
         {"how", ways[i].how},
         {"k", ways[i].smallest},
         {"rows_below_k", ways[i].below},
         {"entropy_lost", ways[i].lost}});
  }
  return list;
}

void ReportClasses(const AuditContext& context, const std::vector<int>& quasi,
                   const Anonymity& anonymity, int64_t k, Findings* findings) {
  constexpr size_t kMostRows = 1000;
  const EquivalenceClasses& classes = anonymity.classes();
  const int64_t below = classes.RowsBelow(k), alone = classes.RowsBelow(2);
  std::vector<float> scores(context.data.rows.size(), 1.0F);
  std::vector<int64_t> positions;
  for (size_t row = 0; row < scores.size(); ++row) {
    const int64_t size = classes.size[static_cast<size_t>(classes.of_row[row])];
    if (size >= k) continue;
    scores[row] = static_cast<float>(size - 1) / static_cast<float>(k);
    positions.push_back(static_cast<int64_t>(row));
  }
  findings->Score(std::move(scores));
  if (below == 0) return;
  const std::vector<Generalization> ways = anonymity.Generalizations(k);
  const auto share = static_cast<double>(below) / static_cast<double>(context.data.size());
  std::ranges::stable_sort(positions, {}, [&](int64_t row) {
    return classes.size[static_cast<size_t>(classes.of_row[static_cast<size_t>(row)])];
  });
  if (positions.size() > kMostRows) positions.resize(kMostRows);
  Finding& finding =
      findings->Add(Severity::kWarning, {.file = context.data.source.filename().string()},
                    "k = " + std::to_string(classes.smallest()) + ": " + FormatCount(below) +
                        " rows (" + Percent(share) + ") share " + NamesOf(context, quasi) +
                        " with fewer than " + std::to_string(k - 1) + " others" +
                        (alone > 0 ? "; " + FormatCount(alone) + " with nobody" : ""),
                    FixOf(context, quasi, ways, below));
  finding.confidence = 0.9;
  Json names = Json::array();
  for (const int column : quasi) {
    names.push_back(context.data.columns[static_cast<size_t>(column)].name);
  }
  finding.detail = {{"kind", "k"},
                    {"columns", names},
                    {"k", classes.smallest()},
                    {"classes", classes.Classes()},
                    {"rows_below_k", below},
                    {"unique_rows", alone},
                    {"generalizations", WaysToJson(context, quasi, ways)}};
  finding.detail["rows"] = RecordNumbers(context.data, positions);
}

void ReportDiversity(const AuditContext& context, const EquivalenceClasses& classes, int column,
                     int64_t k, Findings* findings) {
  const Diversity diversity = DiversityOf(classes, context.shared.CellsOfColumn(column), k);
  if (diversity.distinct == 0) return;  // no class of k rows
  const std::string& name = context.data.columns[static_cast<size_t>(column)].name;
  const bool gives_away = diversity.distinct < context.settings.at("l").get<int64_t>();
  if (!gives_away && diversity.distance <= context.settings.at("t").get<double>()) return;
  std::string message;
  if (diversity.distinct == 1) {
    message = "who finds a person's class knows '" + name + "' in " +
              FormatCount(diversity.uniform_rows) + " rows: all of a class of " +
              std::to_string(k) + " or more hold one value";
  } else {
    message = "'" + name + "' tells classes apart: one of " + std::to_string(k) +
              " rows or more holds " + FormatCount(diversity.distinct) + " different values";
  }
  message += " (l = " + FormatCount(diversity.distinct) + ", by entropy " +
             FormatNumber(diversity.entropy, 3) + "; t = " + FormatNumber(diversity.distance, 3) +
             ")";
  Finding& finding = findings->Add(
      Severity::kInfo, PlaceOfColumn(context.data, column), std::move(message),
      "coarsen the quasi-identifiers until classes hold several values, before the table is "
      "published or shared");
  finding.confidence = 0.9;
  finding.detail = {{"kind", "diversity"},
                    {"distinct_l", diversity.distinct},
                    {"entropy_l", diversity.entropy},
                    {"t", diversity.distance},
                    {"uniform_rows", diversity.uniform_rows}};
}

void Run(const AuditContext& context, Findings& findings) {
  Columns columns{NamedColumns(context, "columns"), NamedColumns(context, "confidential")};
  if (columns.quasi.empty() || columns.confidential.empty()) {
    Columns proposed = ProposeColumns(context);
    if (columns.quasi.empty()) columns.quasi = std::move(proposed.quasi);
    if (columns.confidential.empty()) columns.confidential = std::move(proposed.confidential);
  }
  if (columns.quasi.empty()) {
    findings.Skip("no columns such as age, sex and place of people are given or were recognized");
    return;
  }
  std::vector<const CellColumn*> cells;
  for (const int column : columns.quasi) cells.push_back(&context.shared.CellsOfColumn(column));
  const Anonymity anonymity(cells, context.data.size());
  const auto k = context.settings.at("k").get<int64_t>();
  ReportClasses(context, columns.quasi, anonymity, k, &findings);
  for (const int column : columns.confidential) {
    if (std::ranges::find(columns.quasi, column) != columns.quasi.end()) continue;
    ReportDiversity(context, anonymity.classes(), column, k, &findings);
  }
}

}  // namespace

const Check& KAnonymity() {
  static const Check check = {&KAnonymitySpec, &Run};
  return check;
}

}  // namespace bottega
