#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "metric/condition.h"

namespace bottega {

bool IsAuditGate(const std::string& key) { return Trim(key) == "audit"; }
bool IsDueGate(const std::string& key) { return Trim(key) == "audit_due"; }

namespace {

constexpr const char* kSeverities[] = {"info", "warning", "error"};

int SeverityRank(const std::string& name) {
  for (int i = 0; i < 3; ++i) {
    if (name == kSeverities[i]) return i;
  }
  return -1;
}

std::string TextOf(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

// Walks `path` down; keys may themselves hold dots (class names), the longest fitting key wins.
const Json* Walk(const Json& node, std::string_view path, std::vector<std::string>* keys) {
  if (path.empty()) return &node;
  if (!node.is_object()) return nullptr;
  std::vector<std::string> fitting;
  keys->clear();
  for (const auto& [key, value] : node.items()) {
    keys->push_back(key);
    const bool fits =
        path.starts_with(key) && (path.size() == key.size() || path[key.size()] == '.');
    if (fits) fitting.push_back(key);
  }
  std::sort(fitting.begin(), fitting.end(),
            [](const auto& a, const auto& b) { return a.size() > b.size(); });
  std::vector<std::string> here = *keys;
  for (const std::string& key : fitting) {
    const std::string_view rest = path.size() == key.size() ? "" : path.substr(key.size() + 1);
    if (const Json* found = Walk(node.at(key), rest, keys)) return found;
  }
  if (fitting.empty()) *keys = here;
  return nullptr;
}

// The file's part of the path: "fairness.x" -> "x" in fairness.json.
struct Target {
  const Json* file;
  std::string path;
};

Target TargetOf(const Condition& condition, const ResultFiles& files) {
  if (condition.path.starts_with("fairness.")) return {files.fairness, condition.path.substr(9)};
  if (condition.path.starts_with("audit.")) return {files.audit, condition.path.substr(6)};
  return {files.metrics, condition.path};
}

Error NoPath(const std::string& path, const std::vector<std::string>& keys) {
  const std::vector<std::string> near = NearestNames(Split(path, '.').back(), keys);
  return Error(ErrorKind::kRecipe, "there is no result '" + path + "'", {},
               "there are: " + Join(near.empty() ? keys : near, ", "));
}

std::optional<double> CheckCount(const Json& audit, const std::string& check,
                                 const std::string& path) {
  std::vector<std::string> names;
  for (const Json& outcome : audit.at("checks")) {
    names.push_back(outcome.at("name"));
    if (names.back() != check) continue;
    if (!outcome.value("ran", true)) return std::nullopt;
    return outcome.at("count").get<double>() - outcome.at("waived").get<double>();
  }
  throw NoPath(path, names);
}

GateOutcome AuditGate(const std::string& wanted, const Json& audit) {
  GateOutcome outcome{.gate = "audit: " + wanted};
  const int least = SeverityRank(wanted);
  int64_t count = 0;
  for (const Json& check : audit.at("checks")) {
    for (int rank = std::max(least, 0); rank < 3; ++rank) {
      count += check.at("open").at(kSeverities[rank]).get<int64_t>();
    }
  }
  if (wanted == "none") count = 0;
  outcome.actual = count;
  outcome.passed = count == 0;
  const std::string graver = wanted == "error" ? "" : " or graver";
  outcome.message = count == 0 ? "no finding of severity " + wanted + graver
                               : FormatCount(count) + (count == 1 ? " finding" : " findings") +
                                     " of severity " + wanted + graver;
  if (wanted == "none") outcome.message = "findings are not gated";
  return outcome;
}

void CheckAuditGate(const std::string& wanted) {
  if (wanted == "none" || SeverityRank(wanted) >= 0) return;
  throw Error(ErrorKind::kRecipe, "gate 'audit: " + wanted + "' names no severity", {},
              "use one of none, info, warning, error");
}

void CheckDueGate(const std::string& wanted) {
  if (wanted == "none" || wanted == "warning" || wanted == "error") return;
  throw Error(ErrorKind::kRecipe, "gate 'audit_due: " + wanted + "' is none", {},
              "use one of none, warning, error");
}

GateOutcome ConditionGate(const Condition& condition, const ResultFiles& files) {
  GateOutcome outcome{.gate = condition.ToString()};
  const std::optional<double> actual = Lookup(condition, files);
  if (!actual) {
    outcome.passed = false;
    outcome.message = condition.What() + " is undefined, needed " + condition.Needed();
    return outcome;
  }
  outcome.actual = *actual;
  outcome.passed = Holds(condition, *actual);
  outcome.message =
      condition.What() + " is " + FormatNumber(*actual) + ", needed " + condition.Needed();
  return outcome;
}

}  // namespace

bool IsKnown(const Condition& condition, const ResultFiles& files) {
  return TargetOf(condition, files).file != nullptr;
}

std::optional<double> Lookup(const Condition& condition, const ResultFiles& files) {
  const Target target = TargetOf(condition, files);
  if (!target.file) {
    throw Error(ErrorKind::kMissing, "no results for '" + condition.path + "' yet", {},
                "bottega run");
  }
  if (target.file == files.audit) return CheckCount(*target.file, target.path, condition.path);
  std::vector<std::string> keys;
  const Json* node = Walk(*target.file, target.path, &keys);
  if (!node) throw NoPath(condition.path, keys);
  const bool value = condition.bound == Condition::Bound::kValue;
  if (node->is_object()) {
    const char* key = value                                         ? "value"
                      : condition.bound == Condition::Bound::kLower ? "low"
                                                                    : "high";
    if (!node->contains(key)) {
      const std::string lacks = value ? "' is no number" : "' has no interval";
      throw Error(ErrorKind::kRecipe, "'" + condition.path + lacks, {},
                  "see doc/formats/metrics.md");
    }
    node = &node->at(key);
  } else if (!value) {
    throw Error(ErrorKind::kRecipe, "'" + condition.path + "' has no interval", {},
                "leave out lower() or upper()");
  }
  if (node->is_null()) return std::nullopt;
  if (!node->is_number()) {
    throw Error(ErrorKind::kRecipe, "'" + condition.path + "' is no number", {},
                "see doc/formats/metrics.md");
  }
  return node->get<double>();
}

void CheckGates(const Json& gates) {
  std::vector<std::string> wrong;
  std::string hint;
  for (const auto& [key, value] : gates.items()) {
    try {
      if (IsDueGate(key)) {
        CheckDueGate(TextOf(value));
      } else if (IsAuditGate(key)) {
        CheckAuditGate(TextOf(value));
      } else {
        ParseCondition(key, TextOf(value));
      }
    } catch (const Error& error) {
      wrong.push_back(error.message());
      hint = error.hint();
    }
  }
  if (!wrong.empty()) throw Error(ErrorKind::kRecipe, Join(wrong, "\n"), {}, hint);
}

std::vector<GateOutcome> EvaluateGates(const Json& gates, const ResultFiles& files) {
  CheckGates(gates);
  std::vector<GateOutcome> outcomes;
  for (const auto& [key, value] : gates.items()) {
    if (IsDueGate(key)) continue;  // judged before a training begins
    if (IsAuditGate(key)) {
      if (files.audit) outcomes.push_back(AuditGate(TextOf(value), *files.audit));
      continue;
    }
    const Condition condition = ParseCondition(key, TextOf(value));
    if (IsKnown(condition, files)) outcomes.push_back(ConditionGate(condition, files));
  }
  return outcomes;
}

}  // namespace bottega
