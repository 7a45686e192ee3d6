// What a trained model makes of each row before its last layer, in place of built-in features.
#pragma once

#include <cmath>
#include <cstdint>
#include <string>

#include "learn/matrix.h"

namespace bottega {

struct Embedding {
  Matrix of_row;   // as many rows as the data; NaN: none, as of pictures that cannot be decoded
  std::string by;  // "run 20260102-030405-abcd"

  bool has(int64_t position) const { return !std::isnan(of_row.at(position, 0)); }
};

}  // namespace bottega
