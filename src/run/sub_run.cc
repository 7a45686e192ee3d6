#include "run/sub_run.h"

namespace bottega {

std::optional<SubRunKind> KindOf(const Json& manifest) {
  if (manifest.contains("extended")) return std::nullopt;
  for (const SubRunKind& kind : {kSearch, kAblation}) {
    if (manifest.contains(kind.mark)) return kind;
  }
  return std::nullopt;
}

std::optional<std::string> ContinuingVerb(const Json& manifest) {
  const std::optional<SubRunKind> kind = KindOf(manifest);
  const bool ended = kind ? manifest.value("outputs", Json::object()).contains(kind->report)
                          : manifest.contains("trained");
  if (ended) return std::nullopt;
  return kind ? kind->verb : "train";
}

std::optional<RunFolder> NewestUnfinished(const std::filesystem::path& project,
                                          const SubRunKind& kind) {
  for (const RunFolder& run : ListRuns(project)) {
    if (ContinuingVerb(run.Read("manifest.json")) == kind.verb) return run;
  }
  return std::nullopt;
}

}  // namespace bottega
