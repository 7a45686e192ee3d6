#include "profile/picture_features.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace bottega {
namespace {

constexpr int kSide = 64;  // gradients and colours are taken at this size

using GrayImage = std::array<float, kSide * kSide>;

float Gray(const uint8_t* rgb) { return 0.299F * rgb[0] + 0.587F * rgb[1] + 0.114F * rgb[2]; }

void ScaleToLength(float* values, int n, float length) {
  float squares = 0;
  for (int i = 0; i < n; ++i) squares += values[i] * values[i];
  const float scale = length / std::sqrt(squares + 1e-6F);
  for (int i = 0; i < n; ++i) values[i] *= scale;
}

// Magnitudes voted into 9 unsigned orientations of cells x cells squares.
void AddGradients(const GrayImage& gray, int cells, float length, std::vector<float>* out) {
  const size_t start = out->size();
  out->resize(start + static_cast<size_t>(cells * cells * 9), 0);
  float* histogram = out->data() + start;
  const int step = kSide / cells;
  for (int y = 1; y + 1 < kSide; ++y) {
    for (int x = 1; x + 1 < kSide; ++x) {
      const float* p = &gray[static_cast<size_t>(y * kSide + x)];
      const float dx = p[1] - p[-1];
      const float dy = p[kSide] - p[-kSide];
      const float magnitude = std::sqrt(dx * dx + dy * dy);
      float angle = std::atan2(dy, dx) / std::numbers::pi_v<float> * 9;
      if (angle < 0) angle += 9;
      const int low = static_cast<int>(angle);
      const float part = angle - static_cast<float>(low);
      float* cell = histogram + ((y / step) * cells + x / step) * 9;
      cell[low % 9] += magnitude * (1 - part);
      cell[(low + 1) % 9] += magnitude * part;
    }
  }
  for (int c = 0; c < cells * cells; ++c) {  // clip as in the paper, so that one edge rules none
    float* cell = histogram + c * 9;
    ScaleToLength(cell, 9, 1);
    for (int i = 0; i < 9; ++i) cell[i] = std::min(cell[i], 0.4F);
  }
  ScaleToLength(histogram, cells * cells * 9, length);
}

// Mean and deviation of brightness, red-green and yellow-blue on a 3 x 3 grid.
void AddColorMoments(const Picture& small, std::vector<float>* out) {
  std::array<std::array<double, 7>, 9> sums{};
  for (int y = 0; y < kSide; ++y) {
    for (int x = 0; x < kSide; ++x) {
      const uint8_t* p = &small.rgb[static_cast<size_t>(y * kSide + x) * 3];
      const double opponent[3] = {(p[0] + p[1] + p[2]) / 765.0, (p[0] - p[1]) / 255.0,
                                  (p[0] + p[1] - 2 * p[2]) / 510.0};
      auto& cell = sums[static_cast<size_t>(y * 3 / kSide * 3 + x * 3 / kSide)];
      cell[6] += 1;
      for (size_t c = 0; c < 3; ++c) {
        cell[c] += opponent[c];
        cell[3 + c] += opponent[c] * opponent[c];
      }
    }
  }
  for (const auto& cell : sums) {
    for (size_t c = 0; c < 3; ++c) {
      const double mean = cell[c] / cell[6];
      const double variance = std::max(0.0, cell[3 + c] / cell[6] - mean * mean);
      out->push_back(static_cast<float>(mean));
      out->push_back(static_cast<float>(std::sqrt(variance)));
    }
  }
}

struct HueSaturation {
  float hue = 0, saturation = 0, value = 0;  // hue 0 .. 6
};

HueSaturation ToHsv(const uint8_t* p) {
  const float r = p[0] / 255.0F, g = p[1] / 255.0F, b = p[2] / 255.0F;
  const float high = std::max({r, g, b}), range = high - std::min({r, g, b});
  HueSaturation out{.value = high};
  if (range <= 0) return out;
  out.saturation = range / high;
  if (high == r) {
    out.hue = (g - b) / range;
  } else {
    out.hue = high == g ? 2 + (b - r) / range : 4 + (r - g) / range;
  }
  if (out.hue < 0) out.hue += 6;
  return out;
}

// Square roots of shares (Hellinger), the middle of the picture counting more than its border.
void AddHues(const Picture& small, std::vector<float>* out) {
  std::array<float, 40> bins{};
  float total = 0;
  for (int y = 0; y < kSide; ++y) {
    for (int x = 0; x < kSide; ++x) {
      const HueSaturation hsv = ToHsv(&small.rgb[static_cast<size_t>(y * kSide + x) * 3]);
      const float dx = (static_cast<float>(x) + 0.5F) / kSide - 0.5F;
      const float dy = (static_cast<float>(y) + 0.5F) / kSide - 0.5F;
      const float weight = std::exp(-(dx * dx + dy * dy) * 6);
      total += weight;
      const bool gray = hsv.saturation < 0.15F || hsv.value < 0.1F;
      const size_t saturation = hsv.saturation < 0.45F ? 0 : (hsv.saturation < 0.75F ? 1 : 2);
      const size_t hue = std::min<size_t>(11, static_cast<size_t>(hsv.hue * 2));
      const size_t level = std::min<size_t>(3, static_cast<size_t>(hsv.value * 4));
      bins[gray ? 36 + level : saturation * 12 + hue] += weight;
    }
  }
  for (const float bin : bins) out->push_back(1.5F * std::sqrt(bin / total));
}

template <size_t N>
std::array<uint8_t, N> TurnedSquare(const std::array<uint8_t, N>& in, int side, int channels,
                                    int turn) {
  std::array<uint8_t, N> out;
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) {
      int from_x = (turn & 2) != 0 ? side - 1 - x : x;
      int from_y = (turn & 4) != 0 ? side - 1 - y : y;
      if ((turn & 1) != 0) std::swap(from_x, from_y);
      for (int c = 0; c < channels; ++c) {
        out[static_cast<size_t>((y * side + x) * channels + c)] =
            in[static_cast<size_t>((from_y * side + from_x) * channels + c)];
      }
    }
  }
  return out;
}

}  // namespace

GrayThumbnail GrayOf(const Picture& picture) {
  const Picture small = Resize(picture, kGraySide, kGraySide);
  GrayThumbnail gray;
  for (size_t i = 0; i < gray.size(); ++i) {
    gray[i] = static_cast<uint8_t>(std::lround(Gray(&small.rgb[i * 3])));
  }
  return gray;
}

ColorLayout LayoutOf(const Picture& picture) {
  const Picture small = Resize(picture, 8, 8);
  ColorLayout layout;
  std::copy(small.rgb.begin(), small.rgb.end(), layout.begin());
  return layout;
}

GrayThumbnail Turned(const GrayThumbnail& gray, int turn) {
  return TurnedSquare(gray, kGraySide, 1, turn);
}

ColorLayout Turned(const ColorLayout& layout, int turn) { return TurnedSquare(layout, 8, 3, turn); }

uint64_t CosineHash(const GrayThumbnail& gray) {
  static const std::array<float, 9 * kGraySide> basis = [] {
    std::array<float, 9 * kGraySide> b{};
    for (int k = 0; k < 9; ++k) {
      for (int i = 0; i < kGraySide; ++i) {
        b[static_cast<size_t>(k * kGraySide + i)] =
            static_cast<float>(std::cos(std::numbers::pi * k * (2 * i + 1) / (2.0 * kGraySide)));
      }
    }
    return b;
  }();
  std::array<float, 8 * kGraySide> rows{};  // frequency down, then across
  for (int k = 0; k < 8; ++k) {
    for (int y = 0; y < kGraySide; ++y) {
      const float weight = basis[static_cast<size_t>(k * kGraySide + y)];
      for (int x = 0; x < kGraySide; ++x) {
        rows[static_cast<size_t>(k * kGraySide + x)] +=
            weight * gray[static_cast<size_t>(y * kGraySide + x)];
      }
    }
  }
  std::array<float, 64> low{};
  for (int k = 0; k < 8; ++k) {
    for (int l = 0; l < 8; ++l) {
      float sum = 0;
      const int across = k == 0 && l == 0 ? 8 : l;  // the constant's place takes the next frequency
      for (int x = 0; x < kGraySide; ++x) {
        sum += rows[static_cast<size_t>(k * kGraySide + x)] *
               basis[static_cast<size_t>(across * kGraySide + x)];
      }
      low[static_cast<size_t>(k * 8 + l)] = sum;
    }
  }
  std::array<float, 64> sorted = low;
  std::nth_element(sorted.begin(), sorted.begin() + 32, sorted.end());
  uint64_t hash = 0;
  for (size_t i = 0; i < 64; ++i) hash |= static_cast<uint64_t>(low[i] >= sorted[32]) << i;
  return hash;
}

uint64_t GradientHash(const GrayThumbnail& gray) {
  std::array<int, 8 * 9> cells{};  // 9 columns of 3.6 pixels, 8 rows of 4
  for (int y = 0; y < 8; ++y) {
    for (int x = 0; x < 9; ++x) {
      int sum = 0, n = 0;
      for (int j = y * 4; j < y * 4 + 4; ++j) {
        for (int i = x * kGraySide / 9; i < (x + 1) * kGraySide / 9; ++i, ++n) {
          sum += gray[static_cast<size_t>(j * kGraySide + i)];
        }
      }
      cells[static_cast<size_t>(y * 9 + x)] = sum * 256 / n;
    }
  }
  uint64_t hash = 0;
  for (size_t y = 0; y < 8; ++y) {
    for (size_t x = 0; x < 8; ++x) {
      hash |= static_cast<uint64_t>(cells[y * 9 + x] > cells[y * 9 + x + 1]) << (y * 8 + x);
    }
  }
  return hash;
}

std::vector<float> PictureFeatures(const Picture& picture) {
  const Picture small = Resize(picture, kSide, kSide);
  GrayImage gray;
  for (size_t i = 0; i < gray.size(); ++i) gray[i] = Gray(&small.rgb[i * 3]);
  std::vector<float> out;
  out.reserve(kPictureFeatures);
  AddGradients(gray, 4, 1.0F, &out);
  AddGradients(gray, 2, 0.7F, &out);
  AddColorMoments(small, &out);
  AddHues(small, &out);
  return out;
}

}  // namespace bottega
