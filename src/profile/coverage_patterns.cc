#include "profile/coverage_patterns.h"

#include <algorithm>
#include <map>

#include "base/interrupt.h"

namespace bottega {
namespace {

using Columns = std::vector<int>;

// Rows per combination of codes, the last column running fastest.
struct Counted {
  std::vector<int64_t> rows;
  bool skipped = false;
};

class Search {
 public:
  Search(const std::vector<const ValueGroups*>& columns, int64_t least, int64_t most_cells)
      : columns_(columns), least_(least), most_cells_(most_cells) {}

  CoveragePatterns Run(int order) {
    std::vector<Columns> sets;
    for (int c = 0; c < static_cast<int>(columns_.size()); ++c) {
      sets.push_back({c});
      counted_[{c}] = {columns_[static_cast<size_t>(c)]->count};
    }
    for (int size = 2; size <= order; ++size) {
      std::vector<Columns> larger;
      for (const Columns& set : sets) {
        for (int c = set.back() + 1; c < static_cast<int>(columns_.size()); ++c) {
          Columns grown = set;
          grown.push_back(c);
          LookAt(grown);
          larger.push_back(std::move(grown));
        }
      }
      sets = std::move(larger);
    }
    return std::move(out_);
  }

 private:
  int64_t Size(int column) const {
    return static_cast<int64_t>(columns_[static_cast<size_t>(column)]->count.size());
  }

  void LookAt(const Columns& set) {
    ThrowIfInterrupted();
    int64_t cells = 1;
    for (const int c : set)
      cells = std::min(cells * std::max<int64_t>(1, Size(c)), most_cells_ + 1);
    Counted& counted = counted_[set];
    if (cells > most_cells_) {
      counted.skipped = true;
      out_.skipped.push_back(set);
      return;
    }
    counted.rows = CountRows(set, cells);
    std::vector<CoveragePattern> found;
    for (int64_t cell = 0; cell < cells; ++cell) {
      if (!ParentsCovered(set, cell)) continue;
      ++out_.looked_at;
      const int64_t rows = counted.rows[static_cast<size_t>(cell)];
      if (rows < least_) found.push_back(PatternOf(set, cell, rows));
    }
    std::ranges::stable_sort(found, {}, &CoveragePattern::rows);
    std::ranges::move(found, std::back_inserter(out_.patterns));
  }

  std::vector<int64_t> CountRows(const Columns& set, int64_t cells) const {
    std::vector<int64_t> rows(static_cast<size_t>(cells));
    const size_t n = columns_[0]->code.size();
    for (size_t i = 0; i < n; ++i) {
      int64_t cell = 0;
      for (const int c : set) {
        const int32_t code = columns_[static_cast<size_t>(c)]->code[i];
        cell = code < 0 || cell < 0 ? -1 : cell * Size(c) + code;
      }
      if (cell >= 0) ++rows[static_cast<size_t>(cell)];
    }
    return rows;
  }

  std::vector<int32_t> CodesOf(const Columns& set, int64_t cell) const {
    std::vector<int32_t> codes(set.size());
    for (size_t i = set.size(); i-- > 0;) {
      codes[i] = static_cast<int32_t>(cell % Size(set[i]));
      cell /= Size(set[i]);
    }
    return codes;
  }

  bool ParentsCovered(const Columns& set, int64_t cell) const {
    const std::vector<int32_t> codes = CodesOf(set, cell);
    for (size_t left_out = 0; left_out < set.size(); ++left_out) {
      Columns parent;
      int64_t at = 0;
      for (size_t i = 0; i < set.size(); ++i) {
        if (i == left_out) continue;
        parent.push_back(set[i]);
        at = at * Size(set[i]) + codes[i];
      }
      const Counted& counted = counted_.at(parent);
      if (counted.skipped || counted.rows[static_cast<size_t>(at)] < least_) return false;
    }
    return true;
  }

  CoveragePattern PatternOf(const Columns& set, int64_t cell, int64_t rows) const {
    const double n = static_cast<double>(columns_[0]->code.size());
    CoveragePattern pattern{std::vector<int32_t>(columns_.size(), -1), rows, n};
    const std::vector<int32_t> codes = CodesOf(set, cell);
    for (size_t i = 0; i < set.size(); ++i) {
      const size_t column = static_cast<size_t>(set[i]);
      pattern.group[column] = codes[i];
      pattern.expected *=
          static_cast<double>(columns_[column]->count[static_cast<size_t>(codes[i])]) / n;
    }
    return pattern;
  }

  const std::vector<const ValueGroups*>& columns_;
  const int64_t least_, most_cells_;
  std::map<Columns, Counted> counted_;
  CoveragePatterns out_;
};

}  // namespace

CoveragePatterns UncoveredPatterns(const std::vector<const ValueGroups*>& columns, int64_t least,
                                   int order, int64_t most_cells) {
  if (columns.empty()) return {};
  return Search(columns, least, most_cells).Run(order);
}

}  // namespace bottega
