// Plain tables for the terminal.
#pragma once

#include <ostream>
#include <string>
#include <vector>

namespace bottega {

// Columns aligned by display width; cells that look like numbers to the right. The first row is the
// header. Cells are cut so that a line fits `width` columns (the widest column gives way).
void PrintTable(std::ostream& out, const std::vector<std::vector<std::string>>& rows, int width);

}  // namespace bottega
