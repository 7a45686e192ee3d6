#include <algorithm>

#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "base/progress.h"
#include "base/terminal.h"
#include "base/text.h"
#include "base/version.h"
#include "clean/fixes.h"
#include "clean/repaired_file.h"
#include "cli/data_argument.h"
#include "cli/output.h"
#include "cli/print.h"
#include "cli/verbs/verbs.h"
#include "report/clean_html.h"

namespace bottega {

namespace {

// What flags without a value stand for.
constexpr const char* kOwnPlan = "(the stage's own)";
constexpr const char* kNewest = "newest";

std::vector<Param> Params() {
  return {
      {.name = "data",
       .what = "a table or folder of pictures (default: that of bottega.yaml)",
       .positional = true},
      {.name = "target", .what = "the column to predict, with DATA", .unit = "COLUMN"},
      {.name = "plan",
       .what =
           "plan, label corrections included, and write the plan as JSON and as a page (default: "
           "into the project)",
       .unit = "FILE",
       .bare = kOwnPlan},
      {.name = "apply",
       .what = "write a new version of the data from the plan, or from one that you edited",
       .unit = "PLAN",
       .bare = kOwnPlan},
      {.name = "accept",
       .type = ParamType::kTextList,
       .what = "apply these suggestions: numbers of repairs, ids of fixes or names of components",
       .fallback = Json::array(),
       .unit = "ID"},
      {.name = "undo",
       .type = ParamType::kTextList,
       .what = "take back these repairs of the plan, or a version (default: the newest); with "
               "--out, the version's source is written to the byte",
       .fallback = Json::array(),
       .unit = "ID",
       .bare = kNewest},
      {.name = "redo",
       .type = ParamType::kBool,
       .what = "forget what was accepted and undone",
       .fallback = false},
      {.name = "sure",
       .type = ParamType::kFloat,
       .what = "apply what is at least so sure (default: clean.sure of the recipe)",
       .min = 0,
       .max = 1,
       .unit = "SHARE"},
      {.name = "list",
       .type = ParamType::kBool,
       .what = "show every single repair with its number",
       .fallback = false},
      {.name = "versions",
       .type = ParamType::kBool,
       .what = "list the versions that --apply wrote",
       .fallback = false},
      {.name = "out",
       .what = "also write the repaired table here; the source's own ending keeps every byte that "
               "no repair touched",
       .unit = "FILE",
       .letter = 'o'},
  };
}

}  // namespace

const Spec& CleanSpec() {
  static const Spec spec = {
      .kind = "verb",
      .name = "clean",
      .one_line = "plan, apply and undo repairs",
      .text =
          "Your files are never changed. The plan lists fixes with their evidence and how sure "
          "they "
          "are; what is sure enough acts on what later stages read, the rest is suggested. "
          "`--accept` and `--undo` decide otherwise, fix by fix. `--apply` writes the result as a "
          "version below .bottega/versions/, with the plan, the rows that were set aside and an "
          "undo "
          "log; from then on later stages read the newest version (clean.version). `--undo` "
          "without more takes it back.",
      .params = Params(),
      .examples = {"bottega clean", "bottega clean --plan", "bottega clean --list",
                   "bottega clean --undo 0", "bottega clean --apply", "bottega clean --versions",
                   "bottega clean --undo", "bottega clean --out repaired.csv"},
      .sets = {"*"}};
  return spec;
}

namespace {

std::string Sure(const Fix& fix) {
  const std::string least = FormatPercent(fix.least, 0), most = FormatPercent(fix.most, 0);
  return least == most ? least : least + " - " + most;
}

std::string Applied(const Fix& fix) {
  if (fix.applied == fix.cells) return "yes";
  if (fix.applied > 0) return FormatCount(fix.applied);
  return fix.told ? "when told" : "no";
}

void PrintFixes(std::ostream& out, const RepairPlan& plan) {
  std::vector<std::vector<std::string>> rows = {{"fix", "changes", "sure", "applied", "example"}};
  for (const Fix& fix : FixesOf(plan)) {
    rows.push_back({fix.id, FormatCount(fix.cells), Sure(fix), Applied(fix),
                    ChangeText(plan.repairs[fix.members[0]])});
  }
  PrintTable(out, rows, TerminalWidth(1));
}

void PrintRepairs(std::ostream& out, const RepairPlan& plan) {
  std::vector<std::vector<std::string>> rows = {
      {"number", "repair", "column", "change", "rows", "sure", "applied", "why"}};
  for (size_t i = 0; i < plan.repairs.size(); ++i) {
    const Repair& repair = plan.repairs[i];
    rows.push_back({std::to_string(i), repair.repair, repair.column, ChangeText(repair),
                    FormatCount(static_cast<int64_t>(repair.rows.size())),
                    FormatPercent(repair.confidence, 0),
                    repair.apply  ? "yes"
                    : repair.told ? "when told"
                                  : "no",
                    repair.reason});
  }
  PrintTable(out, rows, TerminalWidth(1));
}

Json FixesJson(const RepairPlan& plan) {
  Json fixes = Json::array();
  for (const Fix& fix : FixesOf(plan)) {
    fixes.push_back({{"id", fix.id},
                     {"changes", fix.cells},
                     {"applied", fix.applied},
                     {"confidence", {fix.least, fix.most}},
                     {"only_when_told", fix.told}});
  }
  return fixes;
}

Json VersionJson(const Version& version) {
  return {{"name", version.name},
          {"folder", version.folder.string()},
          {"file", version.file.empty() ? "" : (version.folder / version.file).string()},
          {"source", version.source},
          {"time", version.time},
          {"rows_before", version.rows_before},
          {"rows_after", version.rows_after},
          {"cells", version.cells},
          {"undone", version.undone}};
}

Json ShowVersions(Invocation& call, const std::vector<Version>& versions,
                  const std::string& in_use) {
  Json list = Json::array();
  std::vector<std::vector<std::string>> rows = {
      {"version", "made", "of", "rows", "cells changed", "state"}};
  for (const Version& version : versions) {
    list.push_back(VersionJson(version));
    rows.push_back({version.name, version.time, version.source,
                    FormatCount(version.rows_before) + " -> " + FormatCount(version.rows_after),
                    FormatCount(version.cells),
                    version.undone           ? "undone"
                    : version.name == in_use ? "in use"
                                             : ""});
  }
  if (!call.json && versions.empty()) {
    *call.out << "there is no version yet: `bottega clean --apply` writes one\n";
  } else if (!call.json) {
    PrintTable(*call.out, rows, TerminalWidth(1));
  }
  return {{"versions", list}, {"in_use", in_use}};
}

// Words of --undo that name versions; the others name repairs of the plan.
bool NamesVersion(const std::string& word, const std::vector<Version>& versions) {
  if (word == kNewest) return true;
  return std::ranges::any_of(versions, [&](const Version& v) { return v.name == word; });
}

Json UndoVersion(Invocation& call, const std::string& name) {
  const Version version = FindVersion(".", name);
  const std::string out = call.Text("out");
  CheckOutput({.path = out,
               .inputs = {version.source, version.folder / version.file},
               .command = "bottega clean --undo " + version.name + " --out "});
  if (!out.empty() || !version.file.empty()) {
    const std::string bytes = RestoreSource(version);  // checks that the undo log holds
    if (!out.empty()) WriteFileAtomic(out, bytes);
  }
  MarkUndone(version, true);
  if (!call.json) {
    *call.out << "version " << version.name << " is undone: later stages no longer read it\n";
    if (!out.empty()) {
      const bool whole = version.restores_sha256 == version.source_sha256;
      *call.out << "wrote " << out << ", the bytes of " << version.source
                << (whole ? "" : " without the rows that were forgotten") << " (SHA-256 "
                << version.restores_sha256.substr(0, 16) << "...)\n";
    }
  }
  return {{"undone", VersionJson(version)}, {"out", out}};
}

// Errors: kUsage for flags that say different things.
void RequireOneTask(const Invocation& call) {
  std::vector<std::string> tasks;
  for (const char* flag : {"plan", "apply"}) {
    if (!call.Text(flag).empty()) tasks.push_back(std::string("--") + flag);
  }
  for (const char* flag : {"list", "versions"}) {
    if (call.Flag(flag)) tasks.push_back(std::string("--") + flag);
  }
  if (tasks.size() < 2) return;
  throw Error(ErrorKind::kUsage, Join(tasks, " and ") + " are two things: ask for one", {},
              "bottega clean --help");
}

void Decide(const Invocation& call, Project* project) {
  const auto accept = call.args.at("accept").get<std::vector<std::string>>();
  const auto undo = call.args.at("undo").get<std::vector<std::string>>();
  if (accept.empty() && undo.empty() && !call.Flag("redo")) return;
  RepairPlan& plan = project->PlanToDecide();
  if (call.Flag("redo")) {
    ForgetDecisions(&plan);
    for (const Version& version : ListVersions(project->folder())) {
      if (version.undone) MarkUndone(version, false);
    }
  }
  SetApplied(accept, true, &plan);
  SetApplied(undo, false, &plan);
  project->SavePlan();
}

std::filesystem::path WritePlan(const Invocation& call, Project* project) {
  project->SuggestLabelRepairs();
  const std::string asked = call.Text("plan");
  const auto file = asked == kOwnPlan ? project->StageFolder("clean") / "repairs.json"
                                      : std::filesystem::path(asked);
  if (asked != kOwnPlan) WriteRepairs(file, project->plan());
  auto page = file;
  WriteFileAtomic(page.replace_extension(".html"),
                  CleanHtml(project->plan(), {.version = kVersion, .time = NowUtc()}));
  return file;
}

RepairPlan PlanToApply(const Invocation& call, Project* project) {
  const std::string asked = call.Text("apply");
  return asked == kOwnPlan ? project->plan() : ReadRepairs(asked);
}

void WriteOut(const std::string& out, Project* project, const RepairPlan& plan) {
  const Dataset repaired = ApplyRepairs(project->data(), plan);
  const bool same_kind = HasRepairedFile(project->data()) &&
                         std::filesystem::path(out).extension() ==
                             std::filesystem::path(RepairedFileName(project->data())).extension();
  if (same_kind) {
    WriteRepairedFile(out, project->data(), repaired, Chosen(plan));
  } else {
    WriteTable(out, *repaired.table);
  }
}

std::vector<std::string> EndingsFor(const Project& project) {
  std::vector<std::string> endings = {".csv", ".parquet"};
  const std::string own = SourceOf(project).extension().string();
  if (std::ranges::count(endings, own) == 0 && !own.empty()) endings.push_back(own);
  return endings;
}

Json ApplyPlan(Invocation& call, Project* project) {
  const RepairPlan plan = PlanToApply(call, project);
  const Version version = project->Apply(plan);
  if (!call.Text("out").empty()) WriteOut(call.Text("out"), project, plan);
  if (!call.json) {
    *call.out << "version " << version.name << ": " << FormatCount(version.cells)
              << (version.cells == 1 ? " cell" : " cells") << " changed, "
              << FormatCount(version.rows_before) << " rows before, "
              << FormatCount(version.rows_after) << " after\n";
    if (!version.file.empty()) {
      *call.out << "wrote " << (version.folder / version.file).string() << "\n";
    }
    *call.out << "plan, undo log and quarantine: " << version.folder.string() << "\n";
  }
  return {{"version", VersionJson(version)}};
}

Json ShowPlan(Invocation& call, Project* project, const std::filesystem::path& file) {
  const RepairPlan& plan = project->plan();
  const Dataset repaired = ApplyRepairs(project->data(), plan);
  const std::string out = call.Text("out");
  if (!out.empty()) WriteOut(out, project, plan);
  const std::vector<int64_t> decided = Decisions(plan);
  const std::string in_use = project->version() ? project->version()->name : "";
  Json summary = {
      {"fixes", FixesJson(plan)},      {"decided", decided},
      {"count", plan.repairs.size()},  {"rows_before", project->data().size()},
      {"rows_after", repaired.size()}, {"folder", project->StageFolder("clean").string()},
      {"plan", file.string()},         {"version", in_use}};
  if (call.json) return summary;
  call.Flag("list") ? PrintRepairs(*call.out, plan) : PrintFixes(*call.out, plan);
  *call.out << FormatCount(project->data().size()) << " rows before, "
            << FormatCount(repaired.size()) << " after";
  if (!decided.empty()) {
    *call.out << "; " << decided.size() << " decided by hand";
  }
  *call.out << "\n";
  if (!in_use.empty()) {
    *call.out << "later stages read version " << in_use
              << "; `bottega clean --apply` makes a new one of this plan\n";
  }
  if (!call.Text("plan").empty()) {
    auto page = file;
    *call.out << "plan: " << file.string() << "\npage: " << page.replace_extension(".html").string()
              << "\n";
  } else {
    *call.out << "plan and quarantine: " << project->StageFolder("clean").string() << "\n";
  }
  return summary;
}

Invocation WithSure(Invocation call) {
  const Json& sure = call.args.at("sure");
  if (sure.is_number()) call.sets.push_back("clean.sure=" + sure.dump());
  return call;
}

}  // namespace

Json RunClean(Invocation& call) {
  RequireOneTask(call);
  const auto undo = call.args.at("undo").get<std::vector<std::string>>();
  if (undo.size() == 1 && NamesVersion(undo[0], ListVersions("."))) {
    return UndoVersion(call, undo[0]);
  }
  Project project = ProjectFor(WithSure(call), "clean", Guess::kNoTarget);
  CheckOutput({.path = call.Text("out"),
               .endings = EndingsFor(project),
               .inputs = {SourceOf(project)},
               .command = "bottega clean --out "});
  if (call.Flag("versions")) {
    return ShowVersions(call, ListVersions(project.folder()),
                        project.version() ? project.version()->name : "");
  }
  Decide(call, &project);
  if (!call.Text("apply").empty()) return ApplyPlan(call, &project);
  std::filesystem::path file = project.StageFolder("clean") / "repairs.json";
  if (!call.Text("plan").empty()) file = WritePlan(call, &project);
  return ShowPlan(call, &project, file);
}

}  // namespace bottega
