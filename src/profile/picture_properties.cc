#include "profile/picture_properties.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <vector>

namespace bottega {
namespace {

Picture AtPropertySide(const Picture& picture) {
  const int shorter = std::min(picture.width, picture.height);
  const int longer = std::max(picture.width, picture.height);
  const double scale =
      std::min({1.0, static_cast<double>(kPropertySide) / shorter, 4.0 * kPropertySide / longer});
  if (scale == 1) return picture;
  const auto scaled = [&](int side) { return std::max(1, static_cast<int>(side * scale + 0.5)); };
  return Resize(picture, scaled(picture.width), scaled(picture.height));
}

struct Luma {
  int width = 0, height = 0;
  std::vector<float> value;

  const float* row(int y) const {
    return value.data() + static_cast<size_t>(y) * static_cast<size_t>(width);
  }
};

Luma LumaOf(const Picture& picture) {
  Luma luma{picture.width, picture.height, std::vector<float>(picture.rgb.size() / 3)};
  for (size_t i = 0; i < luma.value.size(); ++i) {
    const uint8_t* p = &picture.rgb[i * 3];
    luma.value[i] = 0.299F * p[0] + 0.587F * p[1] + 0.114F * p[2];
  }
  return luma;
}

void MeasureLevels(const Luma& luma, PictureProperties* out) {
  std::array<int64_t, 256> levels{};
  double sum = 0, squares = 0;
  for (const float v : luma.value) {
    ++levels[static_cast<size_t>(v + 0.5F)];
    sum += v;
    squares += v * v;
  }
  const double n = static_cast<double>(luma.value.size());
  out->brightness = static_cast<float>(sum / n);
  out->contrast = static_cast<float>(std::sqrt(std::max(0.0, squares / n - sum / n * (sum / n))));
  double entropy = 0, below = 0;
  const std::pair<double, float*> quantiles[] = {
      {0.01, &out->p1}, {0.05, &out->p5}, {0.5, &out->p50}, {0.95, &out->p95}, {0.99, &out->p99}};
  size_t next = 0;
  for (size_t level = 0; level < levels.size(); ++level) {
    if (levels[level] == 0) continue;
    const double share = static_cast<double>(levels[level]) / n;
    entropy -= share * std::log2(share);
    below += share;
    for (; next < 5 && below >= quantiles[next].first - 1e-12; ++next) {
      *quantiles[next].second = static_cast<float>(level);
    }
  }
  out->entropy = static_cast<float>(std::max(0.0, entropy));
}

float VarianceOfLaplacian(const Luma& luma) {
  if (luma.width < 3 || luma.height < 3) return 0;
  double sum = 0, squares = 0;
  for (int y = 1; y + 1 < luma.height; ++y) {
    const float* row = luma.row(y);
    for (int x = 1; x + 1 < luma.width; ++x) {
      const float l =
          row[x - 1] + row[x + 1] + row[x - luma.width] + row[x + luma.width] - 4 * row[x];
      sum += l;
      squares += l * l;
    }
  }
  const double n = static_cast<double>(luma.width - 2) * (luma.height - 2);
  return static_cast<float>(std::max(0.0, squares / n - sum / n * (sum / n)));
}

constexpr float kRounding = 1.5F;  // levels

// Along one line of n values, `step` apart: adds how much neighbours differ, and how much of that a
// mean over 5 takes away. Steps as small as rounding makes them are left out: in a smooth picture
// they would be most of what there is, and look sharp.
void AddVariation(const float* line, int n, ptrdiff_t step, double* all, double* lost) {
  const auto smooth = [&](int i) {
    return line[(i - 2) * step] + line[(i - 1) * step] + line[i * step] + line[(i + 1) * step] +
           line[(i + 2) * step];
  };
  float before = smooth(2);
  float total = 0, taken = 0;
  for (int i = 3; i + 2 < n; ++i) {
    const float now = smooth(i);
    const float difference = std::abs(line[i * step] - line[(i - 1) * step]);
    if (difference >= kRounding) {
      total += difference;
      taken += std::max(0.0F, difference - std::abs(now - before) / 5);
    }
    before = now;
  }
  *all += total;
  *lost += taken;
}

float BlurEffect(const Luma& luma) {
  double across = 0, across_lost = 0, down = 0, down_lost = 0;
  for (int y = 0; y < luma.height && luma.width >= 6; ++y) {
    AddVariation(luma.row(y), luma.width, 1, &across, &across_lost);
  }
  for (int x = 0; x < luma.width && luma.height >= 6; ++x) {
    AddVariation(luma.row(0) + x, luma.height, luma.width, &down, &down_lost);
  }
  if (across <= 0 && down <= 0) return 0;
  const double a = across > 0 ? (across - across_lost) / across : 0;
  const double d = down > 0 ? (down - down_lost) / down : 0;
  return static_cast<float>(std::max(a, d));
}

void MeasureColors(const Picture& picture, PictureProperties* out) {
  double rg = 0, rg2 = 0, yb = 0, yb2 = 0, spread = 0;
  int64_t colored = 0;
  const size_t n = picture.rgb.size() / 3;
  for (size_t i = 0; i < n; ++i) {
    const int r = picture.rgb[i * 3], g = picture.rgb[i * 3 + 1], b = picture.rgb[i * 3 + 2];
    const double red_green = r - g, yellow_blue = 0.5 * (r + g) - b;
    rg += red_green;
    rg2 += red_green * red_green;
    yb += yellow_blue;
    yb2 += yellow_blue * yellow_blue;
    const int range = std::max({r, g, b}) - std::min({r, g, b});
    spread += range;
    colored += range > 16;
  }
  const double count = static_cast<double>(n);
  rg /= count;
  yb /= count;
  const double deviation =
      std::sqrt(std::max(0.0, rg2 / count - rg * rg) + std::max(0.0, yb2 / count - yb * yb));
  out->colorfulness = static_cast<float>(deviation + 0.3 * std::sqrt(rg * rg + yb * yb));
  out->grayscale = spread / count <= 4 && static_cast<double>(colored) <= 0.002 * count;
}

void MeasureBorder(const Luma& luma, PictureProperties* out) {
  const int across = std::max(1, luma.width / 20), down = std::max(1, luma.height / 20);
  double sum = 0, squares = 0, n = 0;
  for (int y = 0; y < luma.height; ++y) {
    const bool whole = y < down || y >= luma.height - down;
    const float* row = luma.row(y);
    for (int x = 0; x < luma.width; ++x) {
      if (!whole && x == across && luma.width > 2 * across) x = luma.width - across;
      sum += row[x];
      squares += row[x] * row[x];
      n += 1;
    }
  }
  out->border_brightness = static_cast<float>(sum / n);
  out->border_contrast =
      static_cast<float>(std::sqrt(std::max(0.0, squares / n - sum / n * (sum / n))));
}

float GrayBottom(const Picture& picture) {
  int rows = 0;
  for (int y = picture.height - 1; y >= 0; --y, ++rows) {
    const uint8_t* row =
        &picture.rgb[static_cast<size_t>(y) * static_cast<size_t>(picture.width) * 3];
    const bool gray = std::all_of(row, row + picture.width * 3, [](uint8_t v) {
      return std::abs(static_cast<int>(v) - 128) <= 4;
    });
    if (!gray) break;
  }
  return static_cast<float>(rows) / static_cast<float>(picture.height);
}

}  // namespace

void MeasurePixels(const Picture& picture, PictureProperties* out) {
  const Picture small = AtPropertySide(picture);
  const Luma luma = LumaOf(small);
  MeasureLevels(luma, out);
  out->sharpness = VarianceOfLaplacian(luma);
  out->blur = BlurEffect(luma);
  MeasureColors(small, out);
  MeasureBorder(luma, out);
  out->gray_bottom = GrayBottom(small);
}

}  // namespace bottega
