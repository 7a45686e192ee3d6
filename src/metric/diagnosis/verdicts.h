// From what `diagnose` measured to verdicts with their evidence and ranked changes.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"

namespace bottega {

// Shares of the loss of guessing (always the same answer): a gain of a change below kWorthwhile is
// not proposed, a gap between parts below kOpenGap not called overfitting.
inline constexpr double kWorthwhile = 0.01, kOpenGap = 0.03;
// Share of wrong labels (the lower end of its interval) from which on it is called noise.
inline constexpr double kNoise = 0.08;

// `facts`: diagnosis.json (doc/formats/diagnosis.md) but for what is added here:
//   verdicts: [{name, level: good|info|warning, title, evidence: [text, ...]}]
//   changes:  [{rank, sets, why, verdict, measured, gain: {value, low, high} or null}], those with
//             a measured gain first, the largest first
// A change counts as measured when its gain is established (Holm's adjusted p below 0.05) and worth
// while.
void AddVerdicts(Json* facts);

// The gap's lower end is above kOpenGap of guessing: fit.gap and guessing of the facts.
bool Overfits(const Json& facts);
// The run has gained less than a tenth of the loss of guessing.
bool HardlyLearned(const Json& facts);
// Surely more than kNoise of the labels are wrong, and columns that tell little do not explain
// that.
bool NoisyLabels(const Json& facts);
// Share of the hidden units that are dead, from facts.layers.
double DeadShare(const Json& facts);

}  // namespace bottega
