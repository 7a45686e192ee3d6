#include "cli/engine/engine_verbs.h"
#include "cli/engine/stages.h"

namespace bottega {

Json RunEvaluate(Invocation& call) {
  const RunFolder run = FindRun(".", call.Text("run"));
  const Json metrics = EvaluateRun(run, LoadRunData(run));
  const std::string summary = FinishRun(run);
  if (!call.json) {
    *call.out << summary << "report: " << run.File("report.html").string() << "\n";
  }
  return {{"run", run.id()}, {"metrics", metrics}};
}

}  // namespace bottega
