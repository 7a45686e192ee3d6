// Bootstrap draws, many at a time.
#pragma once

#include <cstdint>
#include <vector>

namespace bottega {

// counts[i] = how often row i is drawn when as many rows as there are counts are drawn with
// replacement. The k-th drawn row is floor(bits * n / 2^32), bits being the k-th draw of
// Random(seed, Purpose::kBootstrap, 0, resample): the chances of rows differ by less than n / 2^32
// of themselves. n below 2^31.
void DrawCounts(uint64_t seed, int64_t resample, std::vector<uint16_t>* counts);

}  // namespace bottega
