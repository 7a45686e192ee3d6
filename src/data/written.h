// What cells said in the source where their values do not tell: spellings of "missing", signs and
// units that most cells of a column lack, dates in another format, and what could not be read.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace bottega {

struct WrittenCell {
  int64_t row = 0;  // record number
  std::string text;
  bool read = false;  // the cell has a value all the same
};

// Cells that were read as missing because of how they are spelled, blank ones aside.
struct MissingSpelling {
  static constexpr size_t kMostRows = 5'000;
  std::string text;
  int64_t count = 0;
  std::vector<int64_t> rows;  // of the first kMostRows; record numbers in a Dataset
};

// Collects spellings while a column is read; `row` are positions then.
class MissingMarks {
 public:
  void Add(int64_t position, std::string_view text);
  // What was read behind this; its positions begin at `offset`.
  void Append(const MissingMarks& later, int64_t offset);
  const std::vector<MissingSpelling>& spellings() const { return spellings_; }

 private:
  MissingSpelling* At(std::string_view text);
  std::vector<MissingSpelling> spellings_;  // few
};

// Of one column.
struct Written {
  static constexpr int64_t kMostCells = 200'000;
  std::vector<WrittenCell> cells;  // in order of rows, the first kMostCells
  int64_t count = 0;               // all of them
  std::string usual;               // of a number column: the signs of most of its cells ("%", "$")
  std::vector<MissingSpelling> missing;

  void Add(int64_t row, std::string_view text, bool read) {
    if (++count <= kMostCells) cells.push_back({row, std::string(text), read});
  }
  bool empty() const { return count == 0 && usual.empty() && missing.empty(); }
};

// By column name; columns with nothing to tell are left out.
using WrittenByColumn = std::map<std::string, Written>;

}  // namespace bottega
