#include "profile/lawful_use.h"

#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "base/clock.h"
#include "base/text.h"

namespace bottega {
namespace {

const Spec& LawfulUseSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "lawful_use",
      .one_line = "rows without consent, withdrawn, past retention, or given for other purposes",
      .text =
          "Holds each row against what the recipe tells of it: data.legal_basis, data.purposes and "
          "data.retention for the source, data.sources for several, data.people for columns that "
          "say it person by person, use.purposes for what the model is for. Such rows are set "
          "aside before training, whatever the recipe's repairs are; this check tells which. "
          "Severity: error for withdrawn consent and passed retention, warning for the other "
          "rows, for what is told and cannot be judged, and for a licence that forbids changed "
          "copies or commercial use. A column that looks like consent and is not declared is an "
          "error when it says no for some row.",
      .synonyms = {"consent", "licence", "license", "retention", "legal_basis",
                   "purpose_limitation"},
      .source = "Regulation (EU) 2016/679, articles 5, 6, 7 (3) and 17",
  };
  return spec;
}

Severity SeverityOf(const std::string& kind) {
  return kind == "withdrawn" || kind == "past_retention" ? Severity::kError : Severity::kWarning;
}

void ReportRows(const AuditContext& context, const Exclusion& exclusion, std::vector<float>* scores,
                Findings* findings) {
  constexpr size_t kMostRows = 1000;
  const Dataset& data = context.data;
  const auto count = static_cast<int64_t>(exclusion.rows.size());
  Finding& finding = findings->Add(
      SeverityOf(exclusion.kind),
      {.file = data.source.filename().string(), .row = exclusion.rows[0]},
      CountOf(data, count) + " may not be learned from: " + exclusion.reason,
      "nothing to do for training, which never sees them; take them out of the source as well");
  std::vector<int64_t> shown = exclusion.rows;
  if (shown.size() > kMostRows) shown.resize(kMostRows);
  finding.detail = {{"kind", exclusion.kind}, {"count", count}, {"rows", shown}};
  size_t next = 0;
  for (size_t i = 0; i < data.rows.size(); ++i) {
    if (next < exclusion.rows.size() && data.rows[i] == exclusion.rows[next]) {
      (*scores)[i] = 0;
      ++next;
    }
  }
}

void ReportProposal(const AuditContext& context, const ConsentColumn& proposed,
                    Findings* findings) {
  const Dataset& data = context.data;
  const std::string& name = data.columns[static_cast<size_t>(proposed.column)].name;
  const std::string key = proposed.withdrawal ? "withdrawn" : "consent";
  Finding& finding = findings->Add(
      proposed.against > 0 ? Severity::kError : Severity::kInfo,
      PlaceOfColumn(data, proposed.column),
      "'" + name + "' seems to say who " + (proposed.withdrawal ? "withdrew" : "consented") +
          ", and nothing heeds it" +
          (proposed.against > 0 ? ": " + CountOf(data, proposed.against) +
                                      " without consent would "
                                      "be learned from"
                                : ""),
      "tell the recipe: data.people: {" + key + ": " + name + "}");
  finding.confidence = 0.85;
  finding.detail = {{"kind", "undeclared"}, {"count", proposed.against}};
}

// Creative Commons' terms, and phrases that reserve all rights.
void ReportLicence(const AuditContext& context, const Json& recipe_data, Findings* findings) {
  if (!recipe_data.contains("licence") || !recipe_data["licence"].is_string()) return;
  const std::string licence = recipe_data["licence"].get<std::string>();
  const std::string lower = LowerAscii(licence);
  std::string forbids;
  if (lower.find("-nd") != std::string::npos) forbids = "changed copies";
  if (lower.find("-nc") != std::string::npos || lower.find("non-commercial") != std::string::npos ||
      lower.find("noncommercial") != std::string::npos) {
    forbids += (forbids.empty() ? "" : " and ") + std::string("commercial use");
  }
  if (lower.find("all rights reserved") != std::string::npos || lower == "proprietary") {
    forbids = "any use without permission";
  }
  if (forbids.empty()) return;
  Finding& finding =
      findings->Add(Severity::kWarning, {.file = context.data.source.filename().string()},
                    "the licence " + Quote(licence) + " forbids " + forbids,
                    "make sure that training, and what is published of it, is permitted; note it "
                    "in data.consent");
  finding.detail = {{"kind", "licence"}};
  finding.confidence = 0.8;
}

void Run(const AuditContext& context, Findings& findings) {
  constexpr int64_t kSecondsOfDay = 86'400;
  const Dataset& data = context.data;
  const LawfulUse use = JudgeRows(data, context.recipe, NowUnixSeconds() / kSecondsOfDay);
  std::vector<float> scores(data.rows.size(), 1.0F);
  for (const Exclusion& exclusion : use.exclusions) {
    ReportRows(context, exclusion, &scores, &findings);
  }
  for (const std::string& open : use.open) {
    Finding& finding =
        findings.Add(Severity::kWarning, {.file = data.source.filename().string()}, open,
                     "tell it in the recipe: `bottega list section data` shows how");
    finding.detail = {{"kind", "not_told"}};
  }
  const Json& recipe = context.recipe;
  const Json recipe_data = recipe.contains("data") ? recipe["data"] : Json::object();
  ReportLicence(context, recipe_data, &findings);
  const Json people = recipe_data.contains("people") ? recipe_data["people"] : Json();
  const bool heeded =
      people.is_object() && (people.contains("consent") || people.contains("withdrawn"));
  const std::vector<ConsentColumn> proposed =
      heeded ? std::vector<ConsentColumn>() : ProposeConsentColumns(data);
  for (const ConsentColumn& column : proposed) ReportProposal(context, column, &findings);
  if (!use.declared && proposed.empty() && findings.items().empty()) {
    findings.Skip(
        "the recipe tells no legal basis, purposes, retention or columns of people, and no column "
        "looks like consent");
    return;
  }
  findings.Score(std::move(scores));
}

}  // namespace

const Check& LawfulRows() {
  static const Check check = {&LawfulUseSpec, &Run};
  return check;
}

}  // namespace bottega
