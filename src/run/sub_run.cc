#include "run/sub_run.h"

namespace bottega {

std::optional<RunFolder> NewestUnfinishedSubRun(const std::filesystem::path& project,
                                                const std::string& mark) {
  for (const RunFolder& run : ListRuns(project)) {
    const Json manifest = run.Read("manifest.json");
    if (!manifest.contains("trained") && manifest.contains(mark)) return run;
  }
  return std::nullopt;
}

}  // namespace bottega
