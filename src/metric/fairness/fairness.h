// From predictions to fairness.json (doc/formats/metrics.md): scores per group of each sensitive
// column, and the gaps between groups as Fairlearn defines them.
//
// Two classes: demographic_parity_gap and _ratio (of the selection rate, the share predicted
// positive), equal_opportunity_gap (of recall), equalized_odds_gap (the larger of the gaps of
// recall and of the false positive rate), accuracy_gap. More classes: accuracy_gap and
// balanced_accuracy_gap. Numbers: mae_gap and mean_error_gap.
#pragma once

#include "base/json.h"
#include "metric/predictions.h"

namespace bottega {

// At the top level each gap of the validation part, the worst over the columns, with the column's
// name; below `validation` and `test` every column with its groups and gaps. Without sensitive
// columns `columns` is empty and there are no gaps. `section` is the resolved `fairness` section.
Json EvaluateFairness(const Predictions& predictions, const Json& section);

}  // namespace bottega
