// Texts as sparse rows: hashed words and pairs of words.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace bottega {

// Row r holds the features start[r] .. start[r + 1] - 1; `feature` is below `width`.
struct SparseRows {
  std::vector<int64_t> start = {0};
  std::vector<uint32_t> feature;
  std::vector<float> value;
  uint32_t width = 1;

  int64_t rows() const { return static_cast<int64_t>(start.size()) - 1; }
};

// Words (letters and digits, ASCII folded to lower case) and pairs of neighbouring words, each
// hashed to 1 of 2^bits places ("feature hashing", Weinberger et al., ICML 2009). Words outside
// ASCII, which may be whole sentences of a script without spaces, give their pairs of letters as
// well. Present or not, each row scaled to length 1. At most the first `most_words` words count.
SparseRows HashTexts(const std::vector<std::string_view>& texts, int bits = 18,
                     int64_t most_words = 2000);

}  // namespace bottega
