// What a training says when the audit of its data was due before it began.
#pragma once

#include "audit/finding.h"
#include "audit/history.h"

namespace bottega {

// Adds the finding of the check overdue_audit to `audit`, with the id that is the same each time.
void AddOverdue(const Due& due, Severity severity, const std::string& file, AuditResult* audit);

}  // namespace bottega
