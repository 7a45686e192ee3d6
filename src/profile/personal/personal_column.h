// Personal data of a column: kinds that its cells are, and kinds that its texts mention.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "profile/cells.h"
#include "profile/personal/personal_data.h"

namespace bottega {

struct PersonalInColumn {
  PersonalKind kind = PersonalKind::kEmail;
  std::string_view form;       // of most of the cells: "ES DNI"
  bool whole = false;          // the cells are of the kind, rather than texts that mention it
  int64_t rows = 0;            // with at least one
  double confidence = 0;       // of the surest cell; of a whole column, of the column
  std::vector<int32_t> codes;  // cells that hold it, rising
  std::string example;         // the first, masked
};

struct PersonalColumn {
  std::vector<PersonalInColumn> found;  // most rows first
  int64_t cells = 0;                    // distinct cells that were read
  bool cut = false;                     // there are more bytes than `most_bytes`
};

// Looks at the distinct cells of the column `name`, in parallel, at `most_bytes` of them at most
// (evenly spread over the column). Numbers are read when the name says that they are of a kind, or
// when they are whole and of at least eight digits.
//
// What a single cell cannot tell, the column does: a form whose check digits hold in at least nine
// of ten distinct cells (20 of them or more) is of that kind whatever the column's name; one whose
// check digits hold in as few cells of that shape as chance alone would let pass (below three in
// ten) is not. Cells that are nothing but a name count where one in ten of the column's is; in a
// column that is called one of names, names that no list knows count where three in ten are known.
PersonalColumn FindPersonalInColumn(std::string_view name, const CellColumn& cells,
                                    int64_t most_bytes);

}  // namespace bottega
