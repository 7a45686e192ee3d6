#include "cli/print.h"

#include <algorithm>

#include "base/text.h"

namespace bottega {

namespace {

// Ids of runs and dates begin with a digit too: they have two dashes.
bool LooksNumeric(const std::string& cell) {
  if (cell.empty() || std::ranges::count(cell, '-') > 1) return false;
  return std::isdigit(static_cast<unsigned char>(cell[0])) != 0 || cell == "–" ||
         (cell[0] == '-' && cell.size() > 1);
}

bool RightAligned(const std::vector<std::vector<std::string>>& rows, size_t column) {
  bool any = false;
  for (size_t i = 1; i < rows.size(); ++i) {
    if (column >= rows[i].size() || rows[i][column].empty()) continue;
    if (!LooksNumeric(rows[i][column])) return false;
    any = true;
  }
  return any;
}

}  // namespace

void PrintTable(std::ostream& out, const std::vector<std::vector<std::string>>& rows, int width) {
  std::vector<int> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], DisplayWidth(row[c]));
  }
  int total = 2 * static_cast<int>(widths.size());
  for (const int w : widths) total += w;
  if (total > width && !widths.empty()) {
    int& widest = *std::ranges::max_element(widths);
    widest = std::max(12, widest - (total - width));
  }
  std::vector<bool> right;
  for (size_t c = 0; c < widths.size(); ++c) right.push_back(RightAligned(rows, c));
  for (size_t r = 0; r < rows.size(); ++r) {
    std::string line;
    for (size_t c = 0; c < rows[r].size(); ++c) {
      const std::string cell = Shorten(rows[r][c], widths[c]);
      const std::string space(static_cast<size_t>(std::max(0, widths[c] - DisplayWidth(cell))),
                              ' ');
      line += (c == 0 ? "" : "  ") + (right[c] ? space + cell : cell + space);
    }
    while (line.ends_with(' ')) line.pop_back();
    out << line << "\n";
  }
}

}  // namespace bottega
