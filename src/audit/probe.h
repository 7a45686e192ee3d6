// Regression of the target, and of other columns' groups, on the features: out of fold, so that
// what is left over says something of rows and groups.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "audit/check.h"
#include "learn/matrix.h"

namespace bottega {

// One indicator or number per row of the data; NaN is unknown.
using ProbeTarget = std::vector<float>;

struct Residuals {
  std::vector<int64_t> positions;  // a sample of the rows whose first target is known
  Matrix left;                     // positions x targets: target less prediction; NaN where unknown
  std::vector<double> variance;    // per target, of the target itself
  int64_t features = 0;            // columns of the encoded rows; 0: nothing to learn from
};

// Ridge regression over the encoded features without the columns `leave_out`; numbers also bent at
// their quartiles, so that what is monotone but not linear is not taken for a difference between
// groups. At most `most` rows, a fixed sample. Rows whose other targets are unknown count as 0 in
// learning those.
Residuals ProbeResiduals(const AuditContext& context, const std::vector<ProbeTarget>& targets,
                         const std::vector<int>& leave_out, int64_t most = 20'000);

}  // namespace bottega
