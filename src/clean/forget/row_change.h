// Which records of a source are forgotten, and what becomes of the numbers of the others.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace bottega {

struct RowChange {
  std::vector<int64_t> gone;  // record numbers, rising
  // Whether the source itself loses them, so that later records move up.
  bool cut = false;

  bool empty() const { return gone.empty(); }
  bool Gone(int64_t row) const { return std::ranges::binary_search(gone, row); }
  // The number of a record that stays.
  int64_t Now(int64_t row) const {
    if (!cut) return row;
    return row - (std::ranges::lower_bound(gone, row) - gone.begin());
  }
};

// Whether a sentence speaks of "row N" for an N that is gone.
bool NamesGoneRow(const std::string& text, const RowChange& change);
// The sentence with the numbers that rows have now; one that speaks of a row which is gone, and may
// tell what it held, says only that.
std::string SentenceNow(const std::string& text, const RowChange& change);

}  // namespace bottega
