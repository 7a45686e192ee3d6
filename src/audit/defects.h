// Where the findings of an audit lie in the data: rows and cells by class of defect.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "audit/finding.h"
#include "data/dataset.h"

namespace bottega {

struct Defect {
  std::string check, theme;
  std::vector<int64_t> rows;                   // positions, ascending: as a whole, or their label
  std::vector<std::pair<int, int64_t>> cells;  // column and position, ascending
};

// One entry for each check that names rows or cells; findings about whole columns or the whole data
// are left out, and so are the themes in which a finding is no flaw of the record itself (privacy,
// balance, bias, leakage, governance). A finding names its row; the rows of its `detail.rows`, of
// which the first stays where it is about copies (theme redundancy); and with a column other than
// the target the cells in these rows, or those that hold `detail.value`.
std::vector<Defect> LocateDefects(const Dataset& data, const AuditResult& audit);

}  // namespace bottega
