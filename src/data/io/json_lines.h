// JSON Lines as a RawTable.
#pragma once

#include <string>

#include "base/json.h"
#include "data/io/raw_table.h"
#include "data/io/source_bytes.h"

namespace bottega {

// One object a line (blank lines are skipped), or one array of objects over the whole text. Columns
// in order of first appearance; objects inside become "outer.inner" columns, arrays their JSON
// text; numbers keep their text, true and false are text. A line that is no object is set aside
// with an issue "ragged_row". Errors kData: more than half of the lines are no objects, no keys at
// all.
RawTable ReadJsonLines(const SourceBytes& source, const std::string& file, const Json& settings);

// Whether `text` begins like JSON Lines or an array of objects.
bool LooksLikeJsonLines(std::string_view text);

}  // namespace bottega
