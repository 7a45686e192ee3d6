#include "report/sarif.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>

#include "audit/check.h"
#include "audit/waivers.h"
#include "base/json.h"
#include "base/text.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

constexpr int64_t kMostOfACheck = 1000;
constexpr size_t kMost = 25'000, kMostRelated = 5;

const char* LevelOf(Severity severity) {
  if (severity == Severity::kError) return "error";
  return severity == Severity::kWarning ? "warning" : "note";
}

std::string Sentence(const std::string& text) {
  return text.empty() || text.back() == '.' ? text : text + ".";
}

// "missing_values" -> "MissingValues".
std::string PascalCase(const std::string& name) {
  std::string out;
  for (std::string word : Split(name, '_')) {
    if (!word.empty() && word[0] >= 'a' && word[0] <= 'z') word[0] += 'A' - 'a';
    out += word;
  }
  return out;
}

Json RuleOf(const CheckOutcome& check) {
  Json rule = {{"id", check.name}, {"name", PascalCase(check.name)}};
  for (const Spec* spec : CheckSpecs()) {
    if (spec->name != check.name) continue;
    const std::string more = "`bottega list check " + check.name + "` shows its settings.";
    const std::string text =
        Sentence(spec->one_line) + "\n\n" + (spec->text.empty() ? "" : spec->text + "\n\n") + more;
    rule["shortDescription"] = {{"text", Sentence(spec->one_line)}};
    rule["fullDescription"] = {
        {"text", spec->text.empty() ? Sentence(spec->one_line) : spec->text}};
    rule["help"] = {{"text", text}, {"markdown", text}};
  }
  rule["defaultConfiguration"] = {{"level", "warning"}};
  rule["properties"] = {{"tags", {"data", std::string(ThemeOf(check.name))}}};
  return rule;
}

// Everything that RFC 3986 does not allow in a path is escaped; relative paths stay so.
std::string Uri(const fs::path& path) {
  const std::string plain_path = path.lexically_normal().generic_string();
  std::string uri = path.is_absolute() ? "file://" : "";
  for (const char c : plain_path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || IsDigit(c) || c == '/' ||
                       c == '.' || c == '-' || c == '_' || c == '~';
    if (plain) {
      uri += c;
      continue;
    }
    char escaped[4];
    std::snprintf(escaped, sizeof escaped, "%%%02X",
                  static_cast<unsigned>(static_cast<unsigned char>(c)));
    uri += escaped;
  }
  return uri;
}

class Results {
 public:
  Results(const AuditResult& result, const SarifFacts& facts) : facts_(facts) {
    for (size_t k = 0; k < result.checks.size(); ++k) rules_[result.checks[k].name] = k;
  }

  Json Of(const Finding& finding) const {
    std::string text = Sentence(finding.message + RowText(finding));
    if (!finding.fix.empty()) text += " Fix: " + Sentence(finding.fix);
    Json result = {{"ruleId", finding.check},
                   {"level", LevelOf(finding.severity)},
                   {"message", {{"text", text}}},
                   {"locations", {LocationOf(finding.place)}},
                   {"partialFingerprints",
                    {{"bottega/v2", finding.id}, {"primaryLocationLineHash", finding.id + ":1"}}},
                   {"rank", std::clamp(finding.confidence, 0.0, 1.0) * 100},
                   {"properties", {{"id", finding.id}, {"confidence", finding.confidence}}}};
    if (const auto rule = rules_.find(finding.check); rule != rules_.end()) {
      result["ruleIndex"] = rule->second;
    }
    if (finding.detail.is_object() && finding.detail.contains("policy")) {
      result["properties"]["policy"] = finding.detail["policy"];
    }
    if (finding.place.row >= 0) result["properties"]["row"] = finding.place.row;
    if (const Json related = RelatedTo(finding); !related.empty()) {
      result["relatedLocations"] = related;
    }
    if (facts_.baseline) result["baselineState"] = finding.known ? "unchanged" : "new";
    if (finding.waived) {
      const Waived& waived = *finding.waived;
      result["suppressions"] = {
          {{"kind", "external"},
           {"status", "accepted"},
           {"justification", waived.reason + " (" + waived.by +
                                 (waived.until.empty() ? ")" : ", until " + waived.until + ")")},
           {"properties", {{"by", waived.by}, {"until", waived.until}}}}};
    }
    return result;
  }

 private:
  int64_t LineOf(const Place& place) const {
    if (place.line > 0) return place.line;
    if (place.row < 0) return place.column.empty() ? -1 : facts_.header_line;
    const auto at = facts_.lines.find(place.row);
    return at == facts_.lines.end() ? -1 : at->second;
  }

  // Where the reader cannot jump to the row, its number is told.
  std::string RowText(const Finding& finding) const {
    return finding.place.row >= 0 && LineOf(finding.place) < 0
               ? " (row " + std::to_string(finding.place.row) + ")"
               : "";
  }

  fs::path FileOf(const Place& place) const { return fs::path(facts_.inside) / FileHere(place); }

  fs::path FileHere(const Place& place) const {
    const fs::path source = facts_.source;
    if (place.file.empty() || place.file == source.filename().string()) return source;
    if (place.file == kWaiversName || place.file == "bottega.yaml") return place.file;
    return facts_.root.empty() ? fs::path(place.file) : fs::path(facts_.root) / place.file;
  }

  Json LocationOf(const Place& place) const {
    Json physical = {{"artifactLocation", {{"uri", Uri(FileOf(place))}}}};
    if (const int64_t line = LineOf(place); line > 0) physical["region"] = {{"startLine", line}};
    Json location = {{"physicalLocation", physical}};
    if (!place.column.empty()) {
      location["logicalLocations"] = {{{"name", place.column}, {"kind", "member"}}};
    }
    return location;
  }

  Json RelatedTo(const Finding& finding) const {
    Json related = Json::array();
    if (!finding.detail.is_object() || !finding.detail.contains("rows")) return related;
    const Json& rows = finding.detail["rows"];
    for (const Json& row : rows.is_array() ? rows : Json::array()) {
      if (related.size() == kMostRelated) break;
      if (!row.is_number_integer() || row == finding.place.row) continue;
      Place place{.file = fs::path(facts_.source).filename().string(), .row = row.get<int64_t>()};
      if (LineOf(place) < 0) continue;
      Json location = LocationOf(place);
      location["id"] = related.size();
      location["message"] = {{"text", "row " + std::to_string(place.row)}};
      related.push_back(location);
    }
    return related;
  }

  const SarifFacts& facts_;
  std::map<std::string, size_t> rules_;
};

// The findings that are written, in the order in which they stand; `left_out` counts the others.
std::vector<const Finding*> Chosen(const AuditResult& result, Json* left_out) {
  std::vector<const Finding*> gravest;
  for (const Finding& finding : result.findings) gravest.push_back(&finding);
  std::ranges::stable_sort(gravest, std::greater<>(), [](const Finding* f) { return f->severity; });
  std::map<std::string, int64_t> taken, left;
  std::vector<const Finding*> chosen;
  for (const Finding* finding : gravest) {
    if (chosen.size() < kMost && taken[finding->check]++ < kMostOfACheck) {
      chosen.push_back(finding);
    } else {
      ++left[finding->check];
    }
  }
  for (const auto& [check, count] : left) (*left_out)[check] = count;
  std::ranges::sort(chosen);
  return chosen;
}

Json InvocationOf(const AuditResult& result) {
  Json notifications = Json::array();
  for (const CheckOutcome& check : result.checks) {
    if (!check.fault) continue;
    notifications.push_back(
        {{"level", "error"},
         {"message", {{"text", "the check " + check.name + " did not run: " + check.reason}}},
         {"associatedRule", {{"id", check.name}}}});
  }
  Json invocation = {{"executionSuccessful", notifications.empty()}};
  if (!notifications.empty()) invocation["toolExecutionNotifications"] = notifications;
  return invocation;
}

}  // namespace

std::string AuditToSarif(const AuditResult& result, const SarifFacts& facts) {
  Json rules = Json::array(), results = Json::array(), left_out = Json::object();
  for (const CheckOutcome& check : result.checks) rules.push_back(RuleOf(check));
  const Results maker(result, facts);
  for (const Finding* finding : Chosen(result, &left_out)) results.push_back(maker.Of(*finding));
  const Json driver = {{"name", "bottega"},
                       {"version", facts.version},
                       {"semanticVersion", facts.version},
                       {"rules", rules}};
  const std::string name = fs::path(facts.source).filename().string();
  Json run = {{"tool", {{"driver", driver}}},
              {"automationDetails", {{"id", "bottega-audit/" + Uri(name) + "/"}}},
              {"invocations", {InvocationOf(result)}},
              {"columnKind", "unicodeCodePoints"},
              {"results", results}};
  if (!left_out.empty()) run["properties"]["leftOut"] = left_out;
  if (result.policy.is_object()) run["properties"]["policy"] = result.policy;
  const Json sarif = {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                      {"version", "2.1.0"},
                      {"runs", Json::array({run})}};
  return sarif.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace bottega
