#include "base/files.h"
#include "report/report.h"
#include "run/manifest.h"

namespace bottega {

Json WriteReport(const RunFolder& run) {
  const FolderLock lock = run.Lock();
  Json facts = GatherFacts(run);
  WriteFileAtomic(run.File("report.html"), RenderReport(facts));
  SealOutputs(run, {"report.html"});
  return facts;
}

}  // namespace bottega
