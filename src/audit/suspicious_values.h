// The half of suspicious_labels that judges targets that are numbers.
#pragma once

#include "audit/check.h"

namespace bottega {

// Reports values that are further from their out-of-fold prediction than chance explains
// (learn/residuals.h), scores all rows. `context.settings` are those of suspicious_labels. Skips
// data with fewer than 100 rows or without columns to predict from.
void FindSuspiciousValues(const AuditContext& context, Findings& findings);

}  // namespace bottega
