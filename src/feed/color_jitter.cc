#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "feed/augmentation.h"

namespace bottega {

namespace {

constexpr std::array<double, 3> kGray = {0.299, 0.587, 0.114};
constexpr int kBits = 12;  // of the map's coefficients

// value -> matrix * value + offset, values 0 to 255.
struct ColorMap {
  std::array<std::array<double, 3>, 3> matrix = {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
  double offset = 0;

  void Scale(double factor) {
    for (auto& row : matrix) {
      for (double& value : row) value *= factor;
    }
    offset *= factor;
  }
  void Then(const std::array<std::array<double, 3>, 3>& next) {
    auto product = matrix;
    for (size_t i = 0; i < 3; ++i) {
      for (size_t j = 0; j < 3; ++j) {
        product[i][j] = 0;
        for (size_t k = 0; k < 3; ++k) product[i][j] += next[i][k] * matrix[k][j];
      }
    }
    matrix = product;
  }
};

std::array<std::array<double, 3>, 3> Saturation(double factor) {
  std::array<std::array<double, 3>, 3> out;
  for (size_t i = 0; i < 3; ++i) {
    for (size_t j = 0; j < 3; ++j) out[i][j] = (1 - factor) * kGray[j] + (i == j ? factor : 0);
  }
  return out;
}

// To YIQ, a turn of the I-Q plane, and back.
std::array<std::array<double, 3>, 3> Hue(double turn) {
  const double c = std::cos(2 * std::numbers::pi * turn), s = std::sin(2 * std::numbers::pi * turn);
  constexpr std::array<std::array<double, 3>, 3> to = {
      {{0.299, 0.587, 0.114}, {0.595716, -0.274453, -0.321263}, {0.211456, -0.522591, 0.311135}}};
  constexpr std::array<std::array<double, 3>, 3> back = {
      {{1, 0.9563, 0.6210}, {1, -0.2721, -0.6474}, {1, -1.1070, 1.7046}}};
  std::array<std::array<double, 3>, 3> out{};
  for (size_t i = 0; i < 3; ++i) {
    for (size_t j = 0; j < 3; ++j) {
      const double y = to[0][j], in_phase = to[1][j], quadrature = to[2][j];
      out[i][j] = back[i][0] * y + back[i][1] * (c * in_phase - s * quadrature) +
                  back[i][2] * (s * in_phase + c * quadrature);
    }
  }
  return out;
}

double MeanGray(const Picture& picture) {
  std::array<int64_t, 3> sums{};
  for (size_t i = 0; i < picture.rgb.size(); i += 3) {
    for (size_t c = 0; c < 3; ++c) sums[c] += picture.rgb[i + c];
  }
  double gray = 0;
  for (size_t c = 0; c < 3; ++c) gray += kGray[c] * static_cast<double>(sums[c]);
  return gray / (static_cast<double>(picture.rgb.size()) / 3);
}

void ApplyMap(const ColorMap& map, Picture* picture) {
  std::array<int, 9> m;
  for (size_t i = 0; i < 9; ++i) {
    m[i] = static_cast<int>(std::lround(map.matrix[i / 3][i % 3] * (1 << kBits)));
  }
  const int offset = static_cast<int>(std::lround((map.offset + 0.5) * (1 << kBits)));
  uint8_t* p = picture->rgb.data();
  for (size_t i = 0; i < picture->rgb.size(); i += 3, p += 3) {
    const int r = p[0], g = p[1], b = p[2];
    p[0] = static_cast<uint8_t>(
        std::clamp((m[0] * r + m[1] * g + m[2] * b + offset) >> kBits, 0, 255));
    p[1] = static_cast<uint8_t>(
        std::clamp((m[3] * r + m[4] * g + m[5] * b + offset) >> kBits, 0, 255));
    p[2] = static_cast<uint8_t>(
        std::clamp((m[6] * r + m[7] * g + m[8] * b + offset) >> kBits, 0, 255));
  }
}

class ColorJitter : public Augmentation {
 public:
  explicit ColorJitter(const Json& settings)
      : brightness_(settings.at("brightness").get<double>()),
        contrast_(settings.at("contrast").get<double>()),
        saturation_(settings.at("saturation").get<double>()),
        hue_(settings.at("hue").get<double>()) {}

  void Apply(Picture* picture, Random& random) const override {
    const double brightness = random.Uniform(1 - brightness_, 1 + brightness_);
    const double contrast = random.Uniform(1 - contrast_, 1 + contrast_);
    const double saturation = random.Uniform(1 - saturation_, 1 + saturation_);
    const double hue = random.Uniform(-hue_, hue_);
    ColorMap map;
    map.Scale(brightness);
    if (contrast_ > 0) {
      map.Scale(contrast);
      map.offset += (1 - contrast) * brightness * MeanGray(*picture);
    }
    // Saturation and hue leave gray, and so the offset, as it is.
    map.Then(Saturation(saturation));
    if (hue_ > 0) map.Then(Hue(hue));
    ApplyMap(map, picture);
  }

 private:
  const double brightness_, contrast_, saturation_, hue_;
};

}  // namespace

std::unique_ptr<Augmentation> MakeColorJitter(const Json& settings) {
  return std::make_unique<ColorJitter>(settings);
}

}  // namespace bottega
