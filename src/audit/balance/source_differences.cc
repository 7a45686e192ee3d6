#include <algorithm>
#include <cmath>
#include <map>

#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/groups.h"
#include "audit/nuisance.h"
#include "audit/source_rates.h"
#include "base/text.h"
#include "data/open.h"

namespace bottega {
namespace {

const Spec& SourceDifferencesSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "source_differences",
      .one_line = "sources whose rows are missing, wrong, labelled or mixed differently",
      .text =
          "Compares the sources of the rows: the values of a column (source, site, hospital, "
          "batch, device and the like, or `column`), or this file and `files`. Compared are, per "
          "source, the rates of missing cells of each column, of reading errors, of exact "
          "duplicates, of each label, of each sensitive group, and of labels that the other "
          "columns contradict (out of fold). A source is named when its rate differs from that of "
          "the others by at least `effect` (Cohen's h) and beyond chance, with at most a share `q` "
          "of false discoveries over all comparisons (Benjamini and Hochberg; Fisher's exact test "
          "for small counts). Label rates that all but name the source are left to "
          "spurious_columns. Severity: warning from an effect of `strong`, else info.",
      .params = {{.name = "column",
                  .what = "column that names the source (by its name when not set)"},
                 {.name = "files",
                  .type = ParamType::kTextList,
                  .what = "further files with the same columns, each a source beside these data",
                  .fallback = Json::array()},
                 {.name = "effect",
                  .type = ParamType::kFloat,
                  .what = "difference of rates (Cohen's h) from which on it is reported: 2 % "
                          "against 6 %, 50 % against 60 %",
                  .fallback = 0.2,
                  .min = 0,
                  .max = 3.1},
                 {.name = "strong",
                  .type = ParamType::kFloat,
                  .what = "difference from which on it is a warning: 2 % against 15 %, 50 % "
                          "against 74 %",
                  .fallback = 0.5,
                  .min = 0,
                  .max = 3.2},
                 {.name = "q",
                  .type = ParamType::kFloat,
                  .what = "share of false discoveries",
                  .fallback = 0.01,
                  .min = 0,
                  .max = 1},
                 {.name = "rows",
                  .type = ParamType::kInt,
                  .what = "sources with fewer rows are left out",
                  .fallback = 30,
                  .min = 5}},
      .synonyms = {"site_effects", "batch_effects", "provenance"},
      .source = "Benjamini & Hochberg 1995; Cohen, Statistical Power Analysis, 1988",
  };
  return spec;
}

std::string Subject(const RateKey& key) {
  if (key.kind == "missing") return "'" + key.column + "' is missing in";
  if (key.kind == "error") return "cells could not be read in";
  if (key.kind == "duplicate") return "rows repeat an earlier one in";
  if (key.kind == "misfit")
    return "the label '" + key.column + "' is not what the other columns suggest in";
  return "'" + key.column + "' is " + Quote(key.value) + " in";
}

std::string Advice(const RateKey& key) {
  if (key.kind == "missing") {
    return "find out why this source leaves it out; a model can take the gap for a sign of the "
           "source: fill it in, or judge the model per source";
  }
  if (key.kind == "misfit") {
    return "have a sample of this source labelled again: its labels may be wrong, or its rows may "
           "need columns that are not recorded";
  }
  if (key.kind == "error" || key.kind == "duplicate") {
    return "mend how this source is exported, and clean its rows";
  }
  return "collect the sources alike, or weigh them; split by source (group) to see what a model is "
         "worth on a new one";
}

struct Judge {
  const AuditContext& context;
  const SourceRates& rates;
  std::string column;  // of the sources; "" for files

  Json Detail(const Departure& departure) const {
    const Rate& rate = rates.rates.at(departure.key);
    Json sources = Json::object(), named = Json::array();
    for (size_t s = 0; s < rates.sources.size() && s < 50; ++s) {
      if (rate.rows[s] <= 0) continue;
      const Estimate share = ShareOf(rate.hits[s], rate.rows[s], context.level);
      sources[rates.sources[s]] = {
          {"rows", rate.rows[s]}, {"value", share.value}, {"low", share.low}, {"high", share.high}};
    }
    for (const Departure::Source& source : departure.sources) {
      named.push_back(rates.sources[source.source]);
    }
    return {{"kind", departure.key.kind},
            {"column", departure.key.column},
            {"value", departure.key.value},
            {"source_column", column},
            {"named", named},
            {"sources", sources},
            {"p", departure.sources[0].p},
            {"effect", std::abs(departure.sources[0].h)}};
  }

  void Report(const Departure& departure, Findings& findings) const {
    const Rate& rate = rates.rates.at(departure.key);
    std::vector<std::string> named;
    for (const Departure::Source& source : departure.sources) {
      if (named.size() == 3) break;
      const Estimate share =
          ShareOf(rate.hits[source.source], rate.rows[source.source], context.level);
      named.push_back(Percent(share.value) + " (" + Percent(share.low) + " to " +
                      Percent(share.high) + ") of " + Quote(rates.sources[source.source]));
    }
    double hits = 0, rows = 0;
    for (size_t s = 0; s < departure.usual.size(); ++s) {
      if (!departure.usual[s]) continue;
      hits += rate.hits[s];
      rows += rate.rows[s];
    }
    const bool cut = departure.sources.size() > named.size();
    Place place{.file = context.data.source.filename().string(), .column = departure.key.column};
    if (place.column.empty()) place.column = column;
    Finding& finding =
        findings.Add(std::abs(departure.sources[0].h) >= context.settings.at("strong").get<double>()
                         ? Severity::kWarning
                         : Severity::kInfo,
                     place,
                     Subject(departure.key) + " " + Join(named, ", ") + (cut ? ", ..." : "") +
                         " but in " + Percent(rows > 0 ? hits / rows : 0) +
                         " of the other sources" + (column.empty() ? "" : " ('" + column + "')"),
                     Advice(departure.key));
    finding.confidence = 1 - departure.sources[0].p;
    finding.detail = Detail(departure);
  }
};

double Furthest(const Departure& departure) { return std::abs(departure.sources[0].h); }

// Of labels and groups, whose shares depend on each other, the one that differs most speaks for its
// column.
void ReportAll(const Judge& judge, bool labels, Findings& findings) {
  const Json& settings = judge.context.settings;
  std::vector<Departure> found =
      FindDepartures(judge.rates, static_cast<double>(settings.at("rows").get<int64_t>()),
                     settings.at("effect").get<double>(), settings.at("q").get<double>());
  if (!labels) std::erase_if(found, [](const Departure& d) { return d.key.kind == "label"; });
  std::map<std::pair<std::string, std::string>, const Departure*> of_column;
  for (const Departure& departure : found) {
    const Departure*& best = of_column[{departure.key.kind, departure.key.column}];
    if (best == nullptr || Furthest(departure) > Furthest(*best)) best = &departure;
  }
  std::vector<const Departure*> order;
  for (const auto& [key, departure] : of_column) order.push_back(departure);
  std::ranges::stable_sort(order, std::greater<>(),
                           [](const Departure* d) { return Furthest(*d); });
  for (const Departure* departure : order) judge.Report(*departure, findings);
}

void CompareColumn(const AuditContext& context, int column, Findings& findings) {
  const Codes& codes = context.shared.CodesOfColumn(column);
  SourceRates rates{codes.values, {}};
  AddRates(context, codes.code, 0, codes.values.size(), column, &rates);
  AddMisfits(context, codes.code, column, &rates);
  const TargetClasses classes = ClassesOfTarget(context);
  bool labels = true;
  if (classes.names.size() >= 2 && classes.names.size() <= 1000) {
    labels = LabelAssociation(context, {"", codes.values, codes.code}, classes).low <
             kSpuriousAssociation;
  }
  ReportAll({context, rates, context.data.columns[static_cast<size_t>(column)].name}, labels,
            findings);
}

void CompareFiles(const AuditContext& context, const Json& files, Findings& findings) {
  std::vector<Dataset> others;
  SourceRates rates{{context.data.source.filename().string()}, {}};
  const std::vector<std::string> classes =
      IsClassTarget(context.data) ? context.shared.CodesOfColumn(TargetIndex(context.data)).values
                                  : std::vector<std::string>();
  for (const Json& file : files) {
    others.push_back(
        OpenLike(file.get<std::string>(), context.data.columns, classes, context.data.reading));
    rates.sources.push_back(others.back().source.filename().string());
  }
  AddRates(context, std::vector<int32_t>(static_cast<size_t>(context.data.size())), 0, 1, -1,
           &rates);
  for (size_t i = 0; i < others.size(); ++i) {
    AuditShared shared(others[i]);
    const AuditContext other{.data = others[i],
                             .settings = context.settings,
                             .section = context.section,
                             .recipe = context.recipe,
                             .split = nullptr,
                             .shared = shared,
                             .level = context.level};
    AddRates(other, std::vector<int32_t>(static_cast<size_t>(others[i].size())), i + 1, 1, -1,
             &rates);
  }
  ReportAll({context, rates, ""}, true, findings);
}

void Run(const AuditContext& context, Findings& findings) {
  const Json& column = context.settings.at("column");
  const Json& files = context.settings.at("files");
  std::vector<int> columns;
  if (column.is_string()) {
    columns = {NamedColumn(context.data, column.get<std::string>(), "source_differences.column")};
  } else if (files.empty()) {
    columns = SourceColumns(context);
  }
  if (columns.empty() && files.empty()) {
    findings.Skip(
        "no column names the source of the rows (source_differences: {column: ...} "
        "under audit.adjust)");
    return;
  }
  for (const int source : columns) CompareColumn(context, source, findings);
  if (!files.empty()) CompareFiles(context, files, findings);
}

}  // namespace

const Check& SourceDifferences() {
  static const Check check = {&SourceDifferencesSpec, &Run};
  return check;
}

}  // namespace bottega
