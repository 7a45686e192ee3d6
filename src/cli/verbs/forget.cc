#include <unistd.h>

#include <iostream>
#include <map>

#include "base/error.h"
#include "base/files.h"
#include "base/progress.h"
#include "base/terminal.h"
#include "base/text.h"
#include "cli/forget_task.h"
#include "cli/output.h"
#include "cli/retrain.h"
#include "cli/verbs/verbs.h"
#include "report/report.h"

namespace bottega {

namespace fs = std::filesystem;

const Spec& ForgetSpec() {
  static const Spec spec = {
      .kind = "verb",
      .name = "forget",
      .one_line = "remove a person's rows from everything that the project keeps",
      .text =
          "The rows that the condition chooses leave versions of the data, undo logs, quarantine, "
          "plans, splits, predictions, reports and caches, and what else names the person there is "
          "blotted out. A receipt in receipts/ says what was done, with the hashes of every file "
          "before and after, and no value of theirs. Models that learned from the rows are stale; "
          "`--retrain` replaces them. The source stays as it is, and later stages leave the rows "
          "aside, also when they come back in a newer source; `--source FILE` takes them out of "
          "the source itself. A process that was killed is ended by the same command.",
      .params =
          {{.name = "where",
            .what = "the condition that the rows meet, as in \"email = 'a.rossi@example.org'\"",
            .unit = "EXPR"},
           {.name = "source",
            .what = "take the rows out of the source as well, which has to be named: the project's "
                    "own file or folder",
            .unit = "FILE"},
           {.name = "retrain",
            .type = ParamType::kBool,
            .what = "train each stale model anew without the rows and remove what it had learned",
            .fallback = false},
           {.name = "dry_run",
            .type = ParamType::kBool,
            .what = "show what would change, file by file, and change nothing",
            .fallback = false},
           {.name = "yes",
            .type = ParamType::kBool,
            .what = "do not ask, also where the condition chooses many rows",
            .fallback = false}},
      .examples = {"bottega forget --where \"application_id = 'L-100007'\" --dry-run",
                   "bottega forget --where \"application_id = 'L-100007'\""},
      .sets = {"*"}};
  return spec;
}

namespace {

constexpr int64_t kManyRows = 1000, kFewRows = 3;
constexpr double kManyShare = 0.1;

std::string Counted(int64_t n, const char* one, const char* many) {
  return FormatCount(n) + " " + (n == 1 ? one : many);
}

// --source names the project's own source, or it is an error.
bool FromSource(const Invocation& call, const Project& project) {
  const std::string named = call.Text("source");
  if (named.empty()) return false;
  std::error_code ignored;
  const fs::path source = SourceOf(project);
  if (fs::equivalent(named, source, ignored)) return true;
  throw Error(ErrorKind::kUsage, "this is not the source of this project", {.file = named},
              "bottega forget --where " + ShellQuote(call.Text("where")) + " --source " +
                  ShellQuote(source.string()) + " --dry-run");
}

// Errors: kData when no row would be left; kUsage when many rows are chosen and nobody said yes.
void RequireFew(const Invocation& call, const Forgetting& found) {
  const SourceState& present = found.states()[0];
  const auto rows = static_cast<int64_t>(present.chosen.size());
  if (rows > 0 && rows == present.data.size()) {
    throw Error(ErrorKind::kData, "the condition chooses every row of the data",
                {.file = present.data.source.string()}, "bottega forget --help");
  }
  const bool many = rows > kManyRows ||
                    (rows > kFewRows && static_cast<double>(rows) >
                                            kManyShare * static_cast<double>(present.data.size()));
  if (!many || call.Flag("yes") || call.Flag("dry_run")) return;
  throw Error(ErrorKind::kUsage,
              "the condition chooses " + FormatCount(rows) + " of " +
                  FormatCount(present.data.size()) + " rows: say --yes if you mean it",
              {}, call.typed + " --dry-run");
}

void PrintFound(std::ostream& out, const Forgetting& found) {
  for (const SourceState& state : found.states()) {
    if (state.chosen.empty()) continue;
    out << Counted(static_cast<int64_t>(state.chosen.size()), "row", "rows") << " of "
        << FormatCount(state.data.size()) << " in "
        << (state.present ? "the data" : "an earlier state of the data, which a version keeps")
        << "\n";
  }
  out << Counted(static_cast<int64_t>(found.person().values.size()), "text", "texts")
      << " that only they hold";
  if (found.person().common > 0) {
    out << "; " << FormatCount(found.person().common)
        << " more are not looked for elsewhere: other rows hold them, or they are too short";
  }
  out << "\n";
}

void PrintFiles(std::ostream& out, const std::map<std::string, StagedFile>& files) {
  for (const auto& [path, file] : files) out << path << ": " << file.what << "\n";
}

void PrintReceipt(std::ostream& out, const Receipt& receipt) {
  int64_t gone = 0;
  for (const ReceiptFile& file : receipt.files) gone += file.after.empty() ? 1 : 0;
  const auto all = static_cast<int64_t>(receipt.files.size());
  out << Counted(all - gone, "file", "files") << " changed, " << FormatCount(gone) << " removed\n";
  for (const StaleRun& stale : receipt.stale) {
    out << "stale: run " << stale.run
        << (stale.training > 0 ? " learned from " + Counted(stale.training, "row", "rows")
                               : " was judged on " + Counted(stale.judging, "row", "rows"))
        << (stale.replaced_by.empty() ? "" : "; run " + stale.replaced_by + " takes its place")
        << "\n";
  }
  for (const std::string& line : receipt.out_of_reach) out << "out of reach: " << line << "\n";
  out << "receipt: " << ReceiptFilePath("", receipt.id).string() << "\n";
}

bool Confirmed(const Invocation& call) {
  if (call.Flag("yes") || call.json || !IsTerminal(1) || isatty(STDIN_FILENO) == 0) return true;
  std::cerr << "Forget them? This cannot be undone. [y/N] " << std::flush;
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "y" || answer == "Y" || answer == "yes";
}

Json FilesJson(const std::map<std::string, StagedFile>& files) {
  Json list = Json::array();
  for (const auto& [path, file] : files) list.push_back({{"path", path}, {"what", file.what}});
  return list;
}

Forgot Finish() {
  return FinishForgetting(
      ".", [](const fs::path& run) { return RenderReport(GatherFacts(RunFolder(run))); });
}

// Errors: kInternal when a file still names the person.
void RequireClean(const Forgot& forgot) {
  if (forgot.left.empty()) return;
  throw Error(ErrorKind::kInternal, "these files still name the person: " + Join(forgot.left, ", "),
              {.file = forgot.left[0]}, "look at them, and remove what is left by hand");
}

// What a Forgetting came to; nullopt: it was shown, refused or done before.
struct Staged {
  Json summary;
  bool committed = false;
  fs::path plan;  // the stage folder of repairs, before
};

Staged StageAll(Invocation& call) {
  Project project = Project::Open(call.sets);
  const bool from_source = FromSource(call, project);
  Forgetting found = FindForForgetting(call, &project, from_source);
  RequireFew(call, found);
  const auto& files = found.Stage();
  Staged staged{.summary = {{"rows", found.chosen()},
                            {"values", found.person().values.size()},
                            {"files", FilesJson(files)},
                            {"receipt", nullptr}}};
  if (!call.json) PrintFound(*call.out, found);
  if (files.empty()) {
    if (!call.json) *call.out << "nothing else of the project holds them: they are forgotten\n";
  } else if (call.Flag("dry_run")) {
    if (!call.json) PrintFiles(*call.out, files);
    for (const std::string& line : found.receipt().out_of_reach) {
      if (!call.json) *call.out << "out of reach: " << line << "\n";
    }
  } else if (Confirmed(call)) {
    staged.plan = project.StageFolder("clean");
    found.Commit();
    staged.committed = true;
    return staged;
  } else if (!call.json) {
    *call.out << "nothing was changed\n";
  }
  found.Discard();
  return staged;
}

// The plan of repairs with what a person decided goes with the source to its new hash.
void MovePlan(const Invocation& call, const fs::path& from) {
  if (call.Text("source").empty()) return;
  Project project = Project::Open(call.sets);
  const fs::path to = project.StageFolder("clean");
  std::error_code ignored;
  if (fs::exists(from, ignored) && !fs::exists(to, ignored)) fs::rename(from, to, ignored);
}

Json Forget(Invocation& call, bool ended) {
  Staged staged;
  try {
    staged = StageAll(call);
    if (!staged.committed) return staged.summary;
  } catch (const Error& error) {
    // What was ended may have taken the rows out of the source.
    if (!ended || error.kind() != ErrorKind::kData) throw;
    return {{"rows", 0}, {"receipt", nullptr}};
  }
  const Forgot forgot = Finish();
  MovePlan(call, staged.plan);
  if (!call.json) PrintReceipt(*call.out, forgot.receipt);
  RequireClean(forgot);
  Json result = {{"rows", forgot.receipt.rows}, {"receipt", forgot.receipt.ToJson()}};
  return result;
}

}  // namespace

Json RunForget(Invocation& call) {
  if (call.Text("where").empty() && !call.Flag("retrain")) {
    throw Error(ErrorKind::kUsage, "say whom to forget: --where EXPR", {}, "bottega forget --help");
  }
  LoadRecipe(kRecipeName, call.sets);  // says that there is no project before anything is made
  const FolderLock lock("receipts", "wait for the other `bottega forget`");
  const bool ended = Staging::IsPending(".");
  if (ended) {
    const Forgot forgot = Finish();
    Note("ended what a killed process had begun: " +
         ReceiptFilePath("", forgot.receipt.id).string());
    RequireClean(forgot);
  }
  Json result = Json::object();
  if (!call.Text("where").empty()) result = Forget(call, ended);
  if (call.Flag("retrain") && !call.Flag("dry_run")) result["retrained"] = RetrainStale(call);
  return result;
}

}  // namespace bottega
