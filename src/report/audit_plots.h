// Small plots of what was audited: the target, where cells are missing, the columns that findings
// name.
#pragma once

#include <string>
#include <vector>

#include "audit/finding.h"
#include "data/dataset.h"

namespace bottega {

// Figures (report/plot.h), the most telling first: the target's classes or values; a matrix of
// missing cells, rows in 48 bins, of the at most 20 columns with most of them; and up to 8 columns
// with the gravest open findings as histograms or bars of their commonest values. Columns in which
// a check found personal data are not drawn: bars would show it. At most 200,000 evenly spaced rows
// are drawn of a number. A few milliseconds a column and 100,000 rows.
std::vector<std::string> AuditPlots(const Dataset& data, const AuditResult& result);

}  // namespace bottega
