// For tests of pictures: pixels that a formula tells.
#pragma once

#include "data/image/picture.h"

namespace bottega {

inline Picture Formula(int width, int height) {
  Picture picture{.width = width, .height = height};
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      for (int c = 0; c < 3; ++c) {
        picture.rgb.push_back(
            static_cast<uint8_t>((x * 7 + y * 13 + c * 31 + x * y % 17 * 5) % 256));
      }
    }
  }
  return picture;
}

}  // namespace bottega
