// Wrong labels among the training rows, from trainings on their halves.
#pragma once

#include "train/diagnosis/trials.h"

namespace bottega {

// How likely a label must be wrong for its row to be doubted.
inline constexpr float kDoubted = 0.5F;

struct NoiseEvidence {
  Json facts;                    // label_noise of diagnosis.json; null where nothing can be said
  std::vector<int64_t> trusted;  // of `rows` those whose label is likelier right than wrong
};

// `results`: of trainings with judge_rest; their probabilities are averaged over each row.
// `rows`: that trials are trained on.
NoiseEvidence LabelEvidence(const TrainSetup& setup, const std::vector<TrialResult>& results,
                            const std::vector<int64_t>& rows);

}  // namespace bottega
