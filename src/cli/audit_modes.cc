#include "cli/audit_modes.h"

#include <algorithm>
#include <map>

#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "base/terminal.h"
#include "base/text.h"
#include "base/version.h"
#include "cli/audit_files.h"
#include "cli/audit_memory.h"
#include "cli/audit_schedule.h"
#include "cli/output.h"
#include "cli/print.h"
#include "report/audit_history_html.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

constexpr size_t kMostRows = 20;

std::string FlagName(const std::string& param) { return "--" + Replace(param, "_", "-"); }

bool Given(const Json& value) {
  return !value.is_null() && value != false && !(value.is_array() && value.empty());
}

// Flags that go with each mode; any mode takes the data.
const std::map<std::string, std::vector<std::string>>& Modes() {
  static const std::map<std::string, std::vector<std::string>> kModes = {
      {"history", {"html", "all"}},
      {"due", {}},
      {"schedule", {}},
      {"waive", {"reason", "until", "by"}}};
  return kModes;
}

Json HistoryJson(const std::vector<AuditSummary>& history) {
  Json audits = Json::array();
  for (size_t i = 0; i < history.size(); ++i) {
    const AuditSummary& summary = history[i];
    const SeverityCounts total = summary.Total();
    const bool same = i > 0 && summary.sha256 == history[i - 1].sha256;
    audits.push_back({{"time", summary.time},
                      {"rows", summary.rows},
                      {"data", i == 0 ? "first"
                               : same ? "same"
                                      : "changed"},
                      {"sha256", summary.sha256},
                      {"checks", summary.checks.size()},
                      {"errors", total[2]},
                      {"warnings", total[1]},
                      {"remarks", total[0]},
                      {"waived", summary.waived},
                      {"faults", summary.faults},
                      {"worse", i == 0 ? "" : WorseText(history[i - 1], summary)}});
  }
  return audits;
}

// The last audits as a table, and what became worse at the last of them.
void PrintHistory(const Invocation& call, const Json& audits) {
  std::vector<std::vector<std::string>> rows = {
      {"audit (UTC)", "rows", "data", "checks", "errors", "warnings", "remarks", "waived"}};
  const size_t first =
      call.Flag("all") || audits.size() <= kMostRows ? 0 : audits.size() - kMostRows;
  for (size_t i = first; i < audits.size(); ++i) {
    const std::string time = audits[i]["time"];
    std::vector<std::string> row = {Replace(time.substr(0, 16), "T", " ")};
    for (const std::string& column : rows[0]) {
      if (!audits[i].contains(column)) continue;
      const Json& value = audits[i][column];
      row.push_back(value.is_string() ? value.get<std::string>()
                                      : FormatCount(value.get<int64_t>()));
    }
    rows.push_back(row);
  }
  PrintTable(*call.out, rows, TerminalWidth(1));
  if (first > 0) {
    *call.out << "the last " << kMostRows << " of " << audits.size() << "; --all shows all\n";
  }
  const std::string worse = audits.back()["worse"];
  if (!worse.empty()) *call.out << "worse than the audit before: " << worse << "\n";
}

}  // namespace

std::string AuditMode(const Invocation& call) {
  std::string mode;
  for (const auto& [name, with] : Modes()) {
    if (!Given(call.args.at(name))) continue;
    if (!mode.empty()) {
      throw Error(ErrorKind::kUsage,
                  FlagName(mode) + " and " + FlagName(name) + " do not go together", {},
                  "bottega audit --help");
    }
    mode = name;
  }
  for (const auto& [name, value] : call.args.items()) {
    if (name == "data" || name == "target" || name == mode || !Given(value)) continue;
    std::vector<std::string> of_mode;
    for (const auto& [other, with] : Modes()) {
      if (std::ranges::count(with, name) > 0) of_mode.push_back(other);
    }
    const bool shared = name == "html" || name == "all";
    const bool fits =
        mode.empty() ? of_mode.empty() || shared : std::ranges::count(of_mode, mode) > 0;
    if (fits) continue;
    throw Error(ErrorKind::kUsage,
                mode.empty() ? FlagName(name) + " goes with " + FlagName(of_mode[0])
                             : FlagName(name) + " has no effect with " + FlagName(mode),
                {}, "bottega audit --help");
  }
  return mode;
}

std::string AuditCommand(const Invocation& call) {
  std::string command = "bottega audit";
  if (!call.Text("data").empty()) command += " " + ShellQuote(call.Text("data"));
  if (!call.Text("target").empty()) command += " --target " + ShellQuote(call.Text("target"));
  return command;
}

Json ShowHistory(const Invocation& call, Project& project) {
  const std::vector<AuditSummary>& history = project.memory().history;
  const std::string html = call.Text("html");
  CheckOutput({.path = html,
               .inputs = {SourceOf(project)},
               .command = AuditCommand(call) + " --history --html "});
  const fs::path page =
      html.empty() ? project.folder() / ".bottega" / "audits" / "history.html" : fs::path(html);
  const std::string source = project.recipe()["data"]["source"];
  WriteFileAtomic(page, AuditHistoryHtml(history, {source, kVersion, NowUtc()}));
  const Json audits = HistoryJson(history);
  if (!call.json) {
    if (history.empty()) *call.out << source << " was never audited\n";
    if (!history.empty()) PrintHistory(call, audits);
    *call.out << "page: " << page.string() << "\n";
  }
  return {{"source", source}, {"audits", audits}, {"page", page.string()}};
}

Json ShowDue(Invocation& call, Project& project) {
  const Due due = JudgeDue(project);
  const std::string source = project.recipe()["data"]["source"];
  const std::vector<AuditSummary>& history = project.memory().history;
  if (due.due) {
    call.failure = Error(ErrorKind::kGate, "an audit is due: " + due.reason, {.file = source},
                         AuditCommand(call));
  } else if (!call.json) {
    *call.out << source << ": no audit is due: " << due.reason << "\n";
  }
  return {{"due", due.due},
          {"reason", due.reason},
          {"every", project.recipe()["audit"]["every"]},
          {"last", history.empty() ? Json() : Json(history.back().time)}};
}

Json ShowSchedule(const Invocation& call, Project& project) {
  if (!call.Text("data").empty()) {
    throw Error(ErrorKind::kUsage, "a job audits the data of a recipe", {},
                "bottega init " + ShellQuote(call.Text("data")) + " --help");
  }
  const Json& every = project.recipe()["audit"]["every"];
  std::error_code ignored;
  const ScheduleFacts facts{.program = fs::read_symlink("/proc/self/exe", ignored),
                            .project = fs::canonical(project.folder()),
                            .inside = InsideCheckout(project.folder()),
                            .source = project.recipe()["data"]["source"],
                            .folder = fs::is_directory(SourceOf(project), ignored),
                            .every = every.is_string() ? every.get<std::string>() : "",
                            .version = kVersion};
  const std::string kind = call.Text("schedule");
  const std::string job = kind == "cron"      ? CronJob(facts)
                          : kind == "systemd" ? SystemdJob(facts)
                                              : GithubJob(facts);
  if (!call.json) *call.out << job;
  return {{"schedule", kind}, {"job", job}};
}

}  // namespace bottega
