#include "cli/recipe_check.h"

#include <algorithm>
#include <cmath>

#include "audit/history.h"
#include "audit/waivers.h"
#include "base/quantity.h"
#include "base/text.h"
#include "cli/catalog.h"
#include "cli/score_names.h"
#include "data/io/encoding.h"
#include "data/row_condition.h"
#include "metric/condition.h"
#include "metric/cross_validation.h"

namespace bottega {

namespace {

using Names = std::vector<std::string>;

std::string WrongGate(const std::string& key, const Json& value) {
  const Names severities = {"none", "info", "warning", "error"};
  const std::string text(Trim(GateText(value)));
  if (IsAuditGate(key)) {
    return std::ranges::count(severities, text) > 0 ? ""
                                                    : UnknownName("severity", text, severities);
  }
  if (IsDueGate(key)) {
    const Names answers = {"none", "warning", "error"};
    return std::ranges::count(answers, text) > 0 ? "" : UnknownName("answer", text, answers);
  }
  try {
    return WrongPath(ParseCondition(key, text).path);
  } catch (const Error& error) {
    return error.message();
  }
}

// Of a valid gate: whether it asks for a score of folds.
bool OfFolds(const std::string& key, const Json& value) {
  if (IsAuditGate(key) || IsDueGate(key)) return false;
  const std::string path = ParseCondition(key, std::string(Trim(GateText(value)))).path;
  return path.starts_with("cv.") || path.starts_with(std::string(kOutOfFold) + ".");
}

bool IsKnownEncoding(const std::string& name) {
  const std::string lower = LowerAscii(name);
  if (lower.starts_with("utf-8") || lower == "utf8" || lower == "utf16") return true;
  try {
    std::vector<ReadIssue> issues;
    ToUtf8("", lower, "", &issues);
    return true;
  } catch (const Error&) {
    return false;
  }
}

bool IsDeviceName(const std::string& name) {
  if (name == "auto" || name == "cpu" || name == "cuda") return true;
  return name.starts_with("cuda:") && name.size() > 5 && name.size() < 9 &&
         name.find_first_not_of("0123456789", 5) == std::string::npos;
}

class Checker {
 public:
  explicit Checker(const Resolved& resolved)
      : value_(resolved.value),
        origin_(resolved.origin),
        problems_before_(resolved.problems.size()) {}
  std::vector<Problem> problems;

  void Complain(const std::string& path, const std::string& message) {
    if (!message.empty()) problems.push_back({PlaceIn(origin_, path), message});
  }

  void CheckGates(const SourceNode& source) {
    const SourceNode* written = source.Field("gates");
    for (const auto& [key, value] : value_["gates"].items()) {
      std::string wrong = WrongGate(key, value);
      if (wrong.empty() && value_["split"]["folds"].is_null() && OfFolds(key, value)) {
        wrong = "there is no cross-validation: split.folds is not set";
      }
      if (wrong.empty()) continue;
      const SourceNode* gate = written == nullptr ? nullptr : written->Field(key);
      problems.push_back({gate == nullptr ? PlaceIn(origin_, "gates") : PlaceOf(gate->origin),
                          "gate '" + key + "': " + wrong});
    }
  }

  void CheckAudit(const SourceNode& source) {
    const Json& audit = value_["audit"];
    if (audit["every"].is_string() && ParseInterval(audit["every"]) == 0) {
      Complain("audit.every", "'audit.every' must be an interval as 12h, 30d or 2w, not '" +
                                  audit["every"].get<std::string>() + "'");
    }
    const SourceNode* section = source.Field("audit");
    const SourceNode* written = section == nullptr ? nullptr : section->Field("waivers");
    for (const auto& [target, settings] : audit["waivers"].items()) {
      const std::string wrong = WrongWaiver(target, settings);
      if (wrong.empty()) continue;
      const SourceNode* waiver = written == nullptr ? nullptr : written->Field(target);
      problems.push_back(
          {waiver == nullptr ? PlaceIn(origin_, "audit.waivers") : PlaceOf(waiver->origin), wrong});
    }
  }

  void CheckScenarios(const SourceNode& source) {
    const SourceNode* audit = source.Field("audit");
    const SourceNode* written = audit == nullptr ? nullptr : audit->Field("scenarios");
    for (const auto& [key, value] : value_["audit"]["scenarios"].items()) {
      std::string wrong = "its condition must be a text, as in 'age >= 65'";
      try {
        if (value.is_string()) {
          RowCondition::Parse(value.get<std::string>());
          continue;
        }
      } catch (const Error& error) {
        wrong = error.message();
      }
      const SourceNode* scenario = written == nullptr ? nullptr : written->Field(key);
      problems.push_back(
          {scenario == nullptr ? PlaceIn(origin_, "audit.scenarios") : PlaceOf(scenario->origin),
           "scenario '" + key + "': " + wrong});
    }
  }

  void CheckScores() {
    const Json& primary = value_["evaluate"]["primary"];
    if (primary.is_string()) {
      Complain("evaluate.primary", WrongScore(primary.get<std::string>(), {"auto"}));
    }
    const Json& stopping = value_["train"]["early_stopping"];
    if (!stopping.is_object() || !stopping["metric"].is_array()) return;
    if (stopping["metric"].empty()) {
      Complain("train.early_stopping.metric", "names no score to watch");
    }
    for (const Json& metric : stopping["metric"]) CheckWatched(metric.get<std::string>());
  }

  void CheckWatched(const std::string& metric) {
    const std::string path = "train.early_stopping.metric";
    const size_t dot = metric.find('.');
    const std::string part = metric.substr(0, dot);
    if (dot == std::string::npos || (part != "train" && part != "validation")) {
      Complain(path, "'" + metric + "' is no score to watch: write validation.NAME or train.NAME");
    } else if (part == "train" && metric != "train.loss" && metric != "train.accuracy") {
      Complain(path, "of the training rows only train.loss and train.accuracy can be watched");
    } else {
      Complain(path, WrongScore(metric.substr(dot + 1), {"loss"}));
    }
  }

  void CheckNames() {
    const Json& encoding = value_["data"]["encoding"];
    if (encoding.is_string() && !IsKnownEncoding(encoding.get<std::string>())) {
      Complain("data.encoding", "'" + GateText(encoding) +
                                    "' is no known character encoding; utf-8, utf-16-le, "
                                    "windows-1252 are some");
    }
    const Json& limit = value_["train"]["max_rss"];
    if (limit.is_string() && !ParseBytes(limit.get<std::string>())) {
      Complain("train.max_rss",
               "'" + GateText(limit) + "' is no amount of memory: write 8G or 512M");
    }
    const Json& device = value_["train"]["device"];
    if (device.is_string() && !IsDeviceName(device.get<std::string>())) {
      Complain("train.device",
               "there is no device '" + GateText(device) + "': write auto, cpu, cuda or cuda:N");
    }
  }

  void CheckTogether() {
    for (const char* path : {"model", "train.loss", "train.optimizer", "train.schedule"}) {
      const Json* setting = &value_;
      for (const std::string& key : Split(path, '.')) setting = &setting->at(key);
      const bool said_none = setting->is_null() && problems_before_ == 0;
      if (said_none) Complain(path, "'" + std::string(path) + "' cannot be none");
    }
    const Json& split = value_["split"];
    double sum = 0;
    for (const char* part : {"train", "validation", "test"}) {
      if (split[part].is_number()) sum += split[part].get<double>();
    }
    if (std::abs(sum - 1) > 1e-6) {
      Complain("split.train", "split.train, split.validation and split.test sum to " +
                                  FormatNumber(sum, 6) + ", not to 1");
    }
    const Json& optimizer = value_["train"]["optimizer"];
    const bool nesterov = optimizer.is_object() && optimizer.value("nesterov", false);
    if (nesterov && (optimizer["momentum"] <= 0.0 || optimizer["dampening"] != 0.0)) {
      Complain("train.optimizer.nesterov", "nesterov needs a momentum above 0 and dampening 0");
    }
    if (optimizer.is_object() && optimizer["name"] == "lbfgs") {
      for (const char* setting : {"groups", "layer_decay"}) {
        const Json& given = value_["train"][setting];
        if (given.is_null() || given == Json::array()) continue;
        Complain("train." + std::string(setting),
                 "lbfgs takes one step for all parameters and knows no " + std::string(setting));
      }
      if (value_["train"]["sam"].is_object()) {
        Complain("train.sam.rho",
                 "lbfgs searches along a line and takes no gradient from another point");
      }
    }
    for (size_t i = 0; i < value_["augment"].size(); ++i) {
      const Json& change = value_["augment"][i];
      if (!change.is_object() || change["name"] != "crop") continue;
      if (change["smallest"] > change["largest"]) {
        Complain("augment." + std::to_string(i) + ".smallest",
                 "the crop's smallest share is above its largest");
      }
    }
  }

 private:
  const Json& value_;
  const std::map<std::string, std::string>& origin_;
  const size_t problems_before_;  // where there are some, a null may be a mistake told already
};

}  // namespace

std::vector<Problem> CheckRecipe(const Resolved& resolved, const SourceNode& source) {
  Checker checker(resolved);
  checker.CheckGates(source);
  checker.CheckAudit(source);
  checker.CheckScenarios(source);
  checker.CheckScores();
  checker.CheckNames();
  checker.CheckTogether();
  return std::move(checker.problems);
}

}  // namespace bottega
