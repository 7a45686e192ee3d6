#include "report/sarif.h"

#include <cstdio>

#include "audit/check.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/text.h"

namespace bottega {

namespace {

const char* LevelOf(Severity severity) {
  if (severity == Severity::kError) return "error";
  return severity == Severity::kWarning ? "warning" : "note";
}

std::string Sentence(const std::string& text) {
  return text.empty() || text.back() == '.' ? text : text + ".";
}

Json RuleOf(const CheckOutcome& check) {
  Json rule = {{"id", check.name}};
  for (const Spec* spec : CheckSpecs()) {
    if (spec->name != check.name) continue;
    rule["shortDescription"] = {{"text", Sentence(spec->one_line)}};
    if (!spec->text.empty()) rule["fullDescription"] = {{"text", spec->text}};
    rule["help"] = {{"text", "bottega list checks " + check.name}};
  }
  return rule;
}

// A relative reference: everything that RFC 3986 does not allow in a path is escaped.
std::string Uri(const std::string& path) {
  std::string uri;
  for (const char c : path) {
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

Json LocationsOf(const Finding& finding) {
  if (finding.place.file.empty()) return Json::array();
  Json physical = {{"artifactLocation", {{"uri", Uri(finding.place.file)}}}};
  if (finding.place.line > 0) physical["region"] = {{"startLine", finding.place.line}};
  Json location = {{"physicalLocation", physical}};
  if (!finding.place.column.empty()) {
    location["logicalLocations"] = {{{"name", finding.place.column}, {"kind", "member"}}};
  }
  return Json::array({location});
}

std::string Fingerprint(const Finding& finding) {
  const std::string key = finding.check + "\n" + finding.place.ToString() + "\n" + finding.message;
  return Sha256Hex(key).substr(0, 32);
}

Json ResultOf(const Finding& finding, int rule) {
  const std::string row = finding.place.row >= 0 && finding.place.line < 0
                              ? " (row " + std::to_string(finding.place.row) + ")"
                              : "";
  std::string text = Sentence(finding.message + row);
  if (!finding.fix.empty()) text += " Fix: " + Sentence(finding.fix);
  Json result = {{"ruleId", finding.check},
                 {"level", LevelOf(finding.severity)},
                 {"message", {{"text", text}}},
                 {"locations", LocationsOf(finding)},
                 {"partialFingerprints", {{"bottega/v1", Fingerprint(finding)}}},
                 {"rank", finding.confidence * 100},
                 {"properties", {{"id", finding.id}, {"confidence", finding.confidence}}}};
  if (rule >= 0) result["ruleIndex"] = rule;
  if (finding.place.row >= 0) result["properties"]["row"] = finding.place.row;
  return result;
}

}  // namespace

std::string AuditToSarif(const AuditResult& result, const std::string& version) {
  Json rules = Json::array(), results = Json::array();
  for (const CheckOutcome& check : result.checks) rules.push_back(RuleOf(check));
  for (const Finding& finding : result.findings) {
    int rule = -1;
    for (size_t k = 0; k < result.checks.size(); ++k) {
      if (result.checks[k].name == finding.check) rule = static_cast<int>(k);
    }
    results.push_back(ResultOf(finding, rule));
  }
  const Json driver = {{"name", "bottega"}, {"version", version}, {"rules", rules}};
  const Json run = {
      {"tool", {{"driver", driver}}}, {"columnKind", "unicodeCodePoints"}, {"results", results}};
  const Json sarif = {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                      {"version", "2.1.0"},
                      {"runs", Json::array({run})}};
  return sarif.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace bottega
