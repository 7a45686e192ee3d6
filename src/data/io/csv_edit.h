// Editing delimited text so that every byte outside the edited cells and records stays as it is.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "data/io/dialect.h"

namespace bottega {

struct TextEdits {
  // Record number -> (column by place, what is to stand there; "" for missing).
  std::map<int64_t, std::vector<std::pair<int, std::string>>> cells;
  std::vector<int64_t> removed;  // records, rising
};

// `text` is UTF-8 without byte order mark; records are counted as ReadCsv does. A new cell is
// quoted where the old one was or where it must be. A record of one empty cell is written "",
// because readers skip blank lines.
std::string EditCsv(std::string_view text, const Dialect& dialect, const TextEdits& edits);

}  // namespace bottega
