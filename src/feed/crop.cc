#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "feed/augmentation.h"

namespace bottega {

namespace {

constexpr int kTries = 10;  // as torchvision

class Crop : public Augmentation {
 public:
  explicit Crop(const Json& settings)
      : smallest_(settings.at("smallest").get<double>()),
        largest_(settings.at("largest").get<double>()),
        log_ratio_(std::log(settings.at("ratio").get<double>())) {
    if (smallest_ > largest_) {
      throw Error(ErrorKind::kRecipe, "crop.smallest is above crop.largest");
    }
  }

  bool ChoosesCrop() const override { return true; }

  CropBox Choose(int width, int height, Random& random) const override {
    const double area = static_cast<double>(width) * height;
    for (int i = 0; i < kTries; ++i) {
      const double part = area * random.Uniform(smallest_, largest_);
      const double ratio = std::exp(random.Uniform(-log_ratio_, log_ratio_));
      const double w = std::round(std::sqrt(part * ratio));
      const double h = std::round(std::sqrt(part / ratio));
      if (w < 1 || h < 1 || w > width || h > height) continue;
      const double left = static_cast<double>(random.Below(width - static_cast<int64_t>(w) + 1));
      const double top = static_cast<double>(random.Below(height - static_cast<int64_t>(h) + 1));
      return {left, top, w, h};
    }
    // A long picture: its middle, as near to the wanted shapes as it goes.
    const double shape = std::clamp(static_cast<double>(width) / height, std::exp(-log_ratio_),
                                    std::exp(log_ratio_));
    const double w = std::min<double>(width, std::max(1.0, std::round(height * shape)));
    const double h = std::min<double>(height, std::max(1.0, std::round(width / shape)));
    return {std::floor((width - w) / 2), std::floor((height - h) / 2), w, h};
  }

 private:
  const double smallest_, largest_, log_ratio_;
};

}  // namespace

std::unique_ptr<Augmentation> MakeCrop(const Json& settings) {
  return std::make_unique<Crop>(settings);
}

}  // namespace bottega
