#include "cli/sample_weights.h"

#include "base/progress.h"

namespace bottega {

namespace fs = std::filesystem;

std::optional<LabelWeights> SampleWeightsOf(Project& project, const std::vector<int64_t>& train) {
  if (project.recipe()["train"]["sample_weights"] != "audit") return std::nullopt;
  const std::vector<fs::path> audits = project.AuditFolders();
  std::error_code ignored;
  for (const fs::path& folder : audits) {
    const fs::path judged = folder / "probabilities.parquet";
    if (!fs::exists(judged, ignored)) continue;
    LabelWeights weights = WeighLabels(judged, project.repaired(), train);
    Note("sample weights: " + LabelWeightsText(weights));
    return weights;
  }
  const std::string source = project.recipe()["data"]["source"].get<std::string>();
  if (audits.empty()) {
    throw Error(ErrorKind::kMissing,
                "train.sample_weights takes weights from an audit of these data, and there is none",
                {.file = source}, "bottega audit --fail-on none");
  }
  throw Error(ErrorKind::kMissing,
              "no audit of these data judged their labels: the check suspicious_labels was left "
              "out, skipped, or kept no probabilities",
              {.file = source},
              "bottega audit --fail-on none --set audit.checks=[suspicious_labels]");
}

}  // namespace bottega
