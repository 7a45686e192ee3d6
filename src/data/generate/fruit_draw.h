// Apples, bananas and cherries on a Canvas.
#pragma once

#include "base/random.h"
#include "data/generate/canvas.h"

namespace bottega {

// One fruit, or one bunch of bananas or cherries. `ripeness` in [0, 1]; `size` is the radius of the
// whole in units of the canvas' side; `angle` in radians, 0 is upright.
struct FruitPose {
  Point center;
  float size = 0.3f;
  float angle = 0;
  float ripeness = 0.6f;
  int pieces = 1;  // of a bunch
};

void DrawApple(Canvas* canvas, const FruitPose& pose, const Light& light, Random& random);
void DrawBanana(Canvas* canvas, const FruitPose& pose, const Light& light, Random& random);
void DrawCherry(Canvas* canvas, const FruitPose& pose, const Light& light, Random& random);

}  // namespace bottega
