#include "audit/run_audit.h"
#include "audit/waivers.h"
#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "cli/audit_modes.h"
#include "cli/person.h"
#include "spec/emit.h"
#include "spec/source_node.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

constexpr const char* kHead =
    "# Findings of `bottega audit` that were looked at and accepted, until a day. A key is the id "
    "of "
    "a\n# finding, or CHECK:COLUMN in which * stands for any text.\n";

std::string BlockOf(const Waiver& waiver) {
  return YamlScalar(waiver.target) + ":\n  reason: " + YamlScalar(waiver.reason) +
         "\n  until: " + waiver.until + "\n  by: " + YamlScalar(waiver.by) + "\n";
}

// The file's text with the waiver in the place of an older one of the same target, or at its end;
// everything else stays as it is.
std::string WithWaiver(const std::string& text, const Waiver& waiver) {
  const SourceNode source = ParseYaml(text, kWaiversName);
  std::vector<std::string> lines = Split(text, '\n');
  const SourceNode* old = source.Field(waiver.target);
  if (old == nullptr) {
    std::string all = text.empty() ? kHead : text;
    if (!all.ends_with('\n')) all += '\n';
    return all + BlockOf(waiver);
  }
  const auto begin = static_cast<size_t>(old->key_line - 1);
  size_t end = begin + 1;
  while (end < lines.size() && lines[end].starts_with(' ')) ++end;
  std::string all;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (i == begin) all += BlockOf(waiver);
    if (i >= begin && i < end) continue;
    all += lines[i] + (i + 1 < lines.size() ? "\n" : "");
  }
  return all;
}

Waiver WaiverOf(const Invocation& call) {
  Waiver waiver{.target = call.Text("waive"),
                .reason = call.Text("reason"),
                .by = call.Text("by").empty() ? LoginName() : call.Text("by"),
                .until = call.Text("until"),
                .file = kWaiversName};
  for (const auto& [flag, text] : {std::pair{"--reason REASON", waiver.reason},
                                   {"--until DAY", waiver.until},
                                   {"--by NAME", waiver.by}}) {
    if (!text.empty()) continue;
    throw Error(ErrorKind::kUsage, "a waiver needs " + std::string(flag), {},
                "bottega audit --help");
  }
  const std::string wrong = WrongWaiver(
      waiver.target, {{"reason", waiver.reason}, {"until", waiver.until}, {"by", waiver.by}});
  if (!wrong.empty()) throw Error(ErrorKind::kUsage, wrong, {}, "bottega audit --help");
  return waiver;
}

[[noreturn]] void FailNothing(const Invocation& call, const AuditResult& audit,
                              const std::string& target) {
  std::vector<std::string> ids;
  for (const Finding& finding : audit.findings) ids.push_back(finding.id);
  const std::vector<std::string> near = NearestNames(target, ids, 2);
  throw Error(ErrorKind::kUsage,
              "no finding is " + target +
                  (near.empty() ? "" : "; did you mean " + Join(near, " or ") + "?"),
              {}, "`" + AuditCommand(call) + " --all` shows ids");
}

}  // namespace

Json Waive(const Invocation& call, Project& project) {
  const Waiver waiver = WaiverOf(call);
  const AuditMemory& memory = project.memory();
  if (HasExpired(waiver, memory.today)) {
    throw Error(ErrorKind::kUsage, "the day " + waiver.until + " has passed", {},
                "bottega audit --help");
  }
  if (project.recipe()["audit"]["waivers"].contains(waiver.target)) {
    throw Error(ErrorKind::kUsage,
                "the recipe has a waiver of " + waiver.target + ": change it there",
                {.file = kRecipeName}, "bottega recipe show");
  }
  const AuditResult audit = RunAudit(project.audited(), project.recipe()["audit"],
                                     {.recipe = &project.recipe().value, .memory = &memory});
  int64_t covered = 0;
  const Finding* first = nullptr;
  for (const Finding& finding : audit.findings) {
    if (!Covers(waiver, finding)) continue;
    if (covered++ == 0) first = &finding;
  }
  if (covered == 0) FailNothing(call, audit, waiver.target);
  const fs::path file = project.folder() / kWaiversName;
  std::error_code ignored;
  WriteFileAtomic(file, WithWaiver(fs::exists(file, ignored) ? ReadFile(file) : "", waiver));
  if (!call.json) {
    *call.out << "waived until " << waiver.until << ": " << first->message;
    if (covered > 1) *call.out << " (and " << FormatCount(covered - 1) << " more)";
    *call.out << "\nwrote " << kWaiversName << "\n";
  }
  return {{"waiver", waiver.target},
          {"findings", covered},
          {"until", waiver.until},
          {"by", waiver.by},
          {"file", file.string()}};
}

}  // namespace bottega
