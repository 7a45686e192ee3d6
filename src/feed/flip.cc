#include <algorithm>
#include <cstring>

#include "feed/augmentation.h"

namespace bottega {

namespace {

class Flip : public Augmentation {
 public:
  explicit Flip(const Json& settings)
      : horizontal_(settings.at("horizontal").get<double>()),
        vertical_(settings.at("vertical").get<double>()) {}

  void Apply(Picture* picture, Random& random) const override {
    const bool x = random.Chance(horizontal_), y = random.Chance(vertical_);
    const ptrdiff_t row = 3 * static_cast<ptrdiff_t>(picture->width);
    uint8_t* first = picture->rgb.data();
    for (int i = 0; x && i < picture->height; ++i) {
      for (uint8_t *left = first + i * row, *right = left + row - 3; left < right;
           left += 3, right -= 3) {
        std::swap_ranges(left, left + 3, right);
      }
    }
    for (int i = 0; y && i < picture->height / 2; ++i) {
      std::swap_ranges(first + i * row, first + (i + 1) * row,
                       first + (picture->height - 1 - i) * row);
    }
  }

 private:
  const double horizontal_, vertical_;
};

}  // namespace

std::unique_ptr<Augmentation> MakeFlip(const Json& settings) {
  return std::make_unique<Flip>(settings);
}

}  // namespace bottega
