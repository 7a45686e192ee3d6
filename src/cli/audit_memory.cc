#include "cli/audit_memory.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "base/progress.h"
#include "cli/project.h"
#include "spec/resolve.h"
#include "spec/source_node.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

std::vector<Waiver> WaiversIn(const fs::path& file) {
  std::error_code ignored;
  if (!fs::exists(file, ignored)) return {};
  const SourceNode source = ParseYaml(ReadFile(file), file.filename().string());
  std::vector<Problem> problems;
  if (source.kind == SourceNode::Kind::kScalar || source.kind == SourceNode::Kind::kList) {
    problems.push_back({{.file = file.filename().string(), .line = 1},
                        "it must be a mapping of waivers, as in {missing_values:age: {reason: ..., "
                        "until: 2027-01-31, by: ...}}"});
  }
  for (const auto& [target, value] : source.fields) {
    const std::string wrong = WrongWaiver(target, ToJson(value));
    if (wrong.empty()) continue;
    problems.push_back({{.file = file.filename().string(),
                         .line = value.key_line,
                         .column = std::to_string(value.key_column)},
                        wrong});
  }
  ThrowProblems(problems, ErrorKind::kRecipe, "bottega audit --help");
  return WaiversOf(source.fields.empty() ? Json::object() : ToJson(source), kWaiversName);
}

std::string TextOr(const Json& value, const std::string& fallback) {
  return value.is_string() ? value.get<std::string>() : fallback;
}

}  // namespace

AuditMemory ReadMemory(const fs::path& folder, const Recipe& recipe) {
  AuditMemory memory{.waivers = WaiversOf(recipe["audit"]["waivers"], kRecipeName),
                     .history = ReadHistory(folder, recipe["data"]["source"]),
                     .every = TextOr(recipe["audit"]["every"], ""),
                     .now = NowUnixSeconds()};
  memory.today = FormatUtc(memory.now).substr(0, 10);
  for (Waiver& waiver : WaiversIn(folder / kWaiversName)) memory.waivers.push_back(waiver);
  return memory;
}

Due JudgeDue(Project& project) {
  const Json& section = project.recipe()["audit"];
  std::vector<std::string> checks;
  for (const Json& check : section["checks"]) {
    const Json& skip = section["skip"];
    if (std::ranges::find(skip, check["name"]) == skip.end()) checks.push_back(check["name"]);
  }
  const AuditMemory& memory = project.memory();
  return JudgeDue(memory.history, project.HashSource().sha256, checks, memory.every, memory.now);
}

DueTraining JudgeTraining(Project& project) {
  DueTraining training;
  const Json& recipe = project.recipe().value;
  const std::string gate = TextOr(recipe["gates"].value("audit_due", Json("warning")), "warning");
  if (recipe["audit"]["every"].is_null() || gate == "none") return training;
  training.due = JudgeDue(project);
  if (!training.due.due) return training;
  if (gate == "error") {
    throw Error(ErrorKind::kGate, "an audit is due: " + training.due.reason,
                {.file = (project.folder() / kRecipeName).string()}, "bottega audit");
  }
  Note("note: an audit is due: " + training.due.reason + "; run `bottega audit`");
  training.severity = Severity::kWarning;
  return training;
}

}  // namespace bottega
