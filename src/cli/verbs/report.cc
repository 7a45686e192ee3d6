#include "report/report.h"

#include "base/files.h"
#include "base/text.h"
#include "cli/output.h"
#include "cli/stale_note.h"
#include "cli/verbs/verbs.h"
#include "run/run_folder.h"

namespace bottega {

const Spec& ReportSpec() {
  static const Spec spec = {
      .kind = "verb",
      .name = "report",
      .one_line = "write the report of a run anew: one HTML file that needs no network",
      .params = {{.name = "run",
                  .what = "a run: its id, a part of it, its folder, or latest",
                  .fallback = "latest",
                  .positional = true},
                 {.name = "out", .what = "write it here too", .unit = "FILE", .letter = 'o'}},
      .examples = {"bottega report latest", "bottega report latest --out report.html"}};
  return spec;
}

Json RunReport(Invocation& call) {
  const RunFolder run = FindRun(".", call.Text("run"));
  NoteStale(run);
  CheckOutput({.path = call.Text("out"),
               .endings = {".html", ".htm"},
               .inputs = {SourceOf(run)},
               .command = "bottega report " + ShellQuote(call.Text("run")) + " --out "});
  const Json facts = WriteReport(run);
  if (!call.Text("out").empty()) {
    WriteFileAtomic(call.Text("out"), ReadFile(run.File("report.html")));
  }
  if (!call.json) {
    *call.out << SummaryText(facts) << "report: " << run.File("report.html").string() << "\n";
  }
  return {{"run", run.id()}, {"report", run.File("report.html").string()}, {"facts", facts}};
}

}  // namespace bottega
