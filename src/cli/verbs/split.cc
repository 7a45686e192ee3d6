#include "base/files.h"
#include "base/terminal.h"
#include "base/text.h"
#include "cli/output.h"
#include "cli/print.h"
#include "cli/project.h"
#include "cli/split_remarks.h"
#include "cli/verbs/verbs.h"

namespace bottega {

const Spec& SplitVerbSpec() {
  static const Spec spec = {
      .kind = "verb",
      .name = "split",
      .one_line = "say which rows train, validate and test; near-duplicates never part",
      .params = {{.name = "out",
                  .what = "also write the row plan here (.parquet)",
                  .unit = "FILE",
                  .letter = 'o'}},
      .examples = {"bottega split",
                   "bottega split --set split.validation=0.1 --set split.test=0.2"},
      .sets = {"*"}};
  return spec;
}

Json RunSplit(Invocation& call) {
  Project project = Project::Open(call.sets);
  CheckOutput({.path = call.Text("out"),
               .endings = {".parquet"},
               .inputs = {SourceOf(project)},
               .command = "bottega split --out "});
  const SplitOutcome& outcome = project.split();
  NoteSplitRemarks(project.recipe(), project.repaired(), outcome);
  const std::filesystem::path file = project.StageFolder("split") / "split.parquet";
  if (!call.Text("out").empty()) WriteRowPlan(call.Text("out"), outcome.plan);
  Json summary = SplitSummary(project.repaired(), outcome);
  summary["file"] = file.string();
  if (call.json) return summary;
  std::vector<std::vector<std::string>> rows = {{"part", "rows", "share", "classes"}};
  for (const auto& [part, facts] : summary["parts"].items()) {
    std::vector<std::string> classes;
    const Json counts = facts.value("classes", Json::object());
    for (const auto& [name, count] : counts.items()) {
      classes.push_back(name + " " + FormatCount(count.get<int64_t>()));
    }
    rows.push_back({part, FormatCount(facts["rows"].get<int64_t>()),
                    FormatPercent(facts["fraction"].get<double>()), Join(classes, ", ")});
  }
  *call.out << "method: " << outcome.method << ", " << FormatCount(outcome.units)
            << " units that may not be parted\n";
  PrintTable(*call.out, rows, TerminalWidth(1));
  for (const std::string& note : outcome.notes) *call.out << note << "\n";
  *call.out << "wrote " << file.string() << "\n";
  return summary;
}

}  // namespace bottega
