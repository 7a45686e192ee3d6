// Editing JSON Lines so that lines without an edit stay as they are to the byte.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "data/io/csv_edit.h"

namespace bottega {

// `names` are the columns that edits go by ("outer.inner" for what lies in an object); records are
// counted as ReadJsonLines does. "" becomes null; what was a number or true or false stays one
// where the new text is one. An array of objects is written with one object a line.
std::string EditJsonLines(std::string_view text, const std::vector<std::string>& names,
                          const TextEdits& edits);

}  // namespace bottega
