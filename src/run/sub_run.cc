#include "run/sub_run.h"

#include <string_view>

namespace bottega {

std::optional<SubRunKind> KindOf(const Json& manifest) {
  if (manifest.contains("extended")) return std::nullopt;
  for (const SubRunKind& kind : {kSearch, kAblation}) {
    if (manifest.contains(kind.mark)) return kind;
  }
  return std::nullopt;
}

std::optional<RunFolder> NewestUnfinished(const std::filesystem::path& project,
                                          const SubRunKind& kind) {
  for (const RunFolder& run : ListRuns(project)) {
    const Json manifest = run.Read("manifest.json");
    const std::optional<SubRunKind> own = KindOf(manifest);
    if (!own || std::string_view(own->mark) != kind.mark) continue;
    if (!manifest.value("outputs", Json::object()).contains(kind.report)) return run;
  }
  return std::nullopt;
}

}  // namespace bottega
