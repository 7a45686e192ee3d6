// A datasheet of a data set (Gebru et al., "Datasheets for datasets", Communications of the ACM
// 64(12), 2021) as Markdown: the paper's seven headings, filled with what is known.
#pragma once

#include <string>

#include "audit/finding.h"
#include "base/json.h"
#include "data/dataset.h"

namespace bottega {

struct DatasheetFacts {
  std::string source;  // as the recipe names it
  std::string sha256;
  std::string version;  // of the program
  std::string time;     // UTC
};

// `recipe`: resolved; what its `use` and `data` sections leave open is said to be open. Values of
// cells are not shown, except those of classes.
std::string Datasheet(const Dataset& data, const Json& recipe, const AuditResult& audit,
                      const DatasheetFacts& facts);

}  // namespace bottega
