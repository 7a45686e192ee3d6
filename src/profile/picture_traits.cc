#include "profile/picture_traits.h"

#include <algorithm>
#include <cmath>

namespace bottega {
namespace {

constexpr int kLevels = 32;

struct Moments {
  double n = 0, sum = 0, squares = 0;
  void Add(double x) {
    n += 1;
    sum += x;
    squares += x * x;
  }
  double mean() const { return sum / n; }
  double deviation() const { return std::sqrt(std::max(0.0, squares / n - mean() * mean())); }
};

// Mean absolute change along rows, along columns, and of both twice.
struct Detail {
  double across = 0, down = 0, fine = 0;
};

Detail DetailOf(const GrayThumbnail& gray) {
  const auto at = [&](int y, int x) {
    return static_cast<double>(gray[static_cast<size_t>(y * kGraySide + x)]);
  };
  Moments across, down, fine;
  for (int y = 1; y + 1 < kGraySide; ++y) {
    for (int x = 1; x + 1 < kGraySide; ++x) {
      across.Add(std::abs(at(y, x + 1) - at(y, x)));
      down.Add(std::abs(at(y + 1, x) - at(y, x)));
      fine.Add(std::abs(at(y, x - 1) + at(y, x + 1) + at(y - 1, x) + at(y + 1, x) - 4 * at(y, x)));
    }
  }
  return {across.mean(), down.mean(), fine.mean()};
}

double Entropy(const GrayThumbnail& gray) {
  std::array<double, kLevels> count{};
  for (const uint8_t value : gray) count[value * kLevels / 256] += 1;
  double bits = 0;
  for (const double n : count) {
    const double share = n / static_cast<double>(gray.size());
    if (share > 0) bits -= share * std::log2(share);
  }
  return bits;
}

}  // namespace

std::array<double, kPictureTraits> PictureTraits(const GrayThumbnail& gray,
                                                 const ColorLayout& layout) {
  Moments brightness, colour;
  for (const uint8_t value : gray) brightness.Add(value);
  for (size_t i = 0; i < layout.size(); i += 3) {
    const auto [low, high] = std::minmax({layout[i], layout[i + 1], layout[i + 2]});
    colour.Add(high - low);
  }
  const Detail detail = DetailOf(gray);
  return {brightness.mean(),
          std::log(1 + brightness.deviation()),
          std::log((1 + detail.fine) / (1 + brightness.deviation())),
          std::log((1 + detail.across) / (1 + detail.down)),
          colour.mean(),
          colour.deviation(),
          Entropy(gray)};
}

}  // namespace bottega
