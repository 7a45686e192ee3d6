// Wrong labels, or columns that tell little: which of them explains disagreement better.
#pragma once

#include <cstdint>
#include <vector>

#include "learn/matrix.h"

namespace bottega {

// Log likelihood ratio, less half the log of the rows for the one parameter more (Schwarz,
// "Estimating the dimension of a model", Annals of Statistics 1978), of how often labels agree with
// the likeliest class of the surest tenth of the rows, of the next three tenths and of the others:
//
//   noise:     the surest four tenths agree at one rate, whatever how sure they are;
//   ignorance: labels are drawn from softmax(b + s z), z normal or uniform, with the classes'
//   shares;
//              the surer, the more they agree. s as fits best.
//
// Above 3, twenty times as likely: noise. `probability` must come from models that did not see the
// rows; rows with label -1 are left out. Columns that take few values agree at few rates too: that
// looks like noise.
double EvidenceOfNoise(const std::vector<int32_t>& label, const Matrix& probability);

}  // namespace bottega
