// One picture of fruit: background, light, fruit, what stands in the way, and the camera.
#pragma once

#include <cstdint>
#include <string>

#include "data/image/picture.h"

namespace bottega {

enum class FruitKind { kApple, kBanana, kCherry };

struct FruitScene {
  Picture picture;
  double ripeness = 0;     // 0 unripe to 1 overripe
  double size = 0;         // of the fruit, as a share of the picture's side
  int pieces = 1;          // fruits in the picture
  std::string background;  // "wood", "cloth", "stripes", "marble", "plain", "garden", "plate"
  int64_t session = 0;     // pictures of one session share background and light
};

// Picture `index` of a kind; depends on its arguments alone. Each five in a row are a session.
FruitScene DrawFruit(FruitKind kind, int64_t index, uint64_t seed, int side);

}  // namespace bottega
