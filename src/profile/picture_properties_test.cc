#include "profile/picture_properties.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <functional>

namespace bottega {
namespace {

using Color = std::array<uint8_t, 3>;

Picture Draw(int width, int height, const std::function<Color(int, int)>& color) {
  Picture picture{.width = width, .height = height};
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const Color c = color(x, y);
      picture.rgb.insert(picture.rgb.end(), c.begin(), c.end());
    }
  }
  return picture;
}

Picture Gray(int width, int height, const std::function<int(int, int)>& level) {
  return Draw(width, height, [&](int x, int y) {
    const uint8_t v = static_cast<uint8_t>(level(x, y));
    return Color{v, v, v};
  });
}

PictureProperties Measure(const Picture& picture) {
  PictureProperties out;
  MeasurePixels(picture, &out);
  return out;
}

TEST(PicturePropertiesTest, PlainPictureTellsNothing) {
  const PictureProperties plain = Measure(Gray(40, 30, [](int, int) { return 77; }));
  EXPECT_FLOAT_EQ(plain.brightness, 77);
  EXPECT_FLOAT_EQ(plain.contrast, 0);
  EXPECT_FLOAT_EQ(plain.entropy, 0);
  EXPECT_FLOAT_EQ(plain.sharpness, 0);
  EXPECT_FLOAT_EQ(plain.blur, 0);
  EXPECT_FLOAT_EQ(plain.colorfulness, 0);
  EXPECT_TRUE(plain.grayscale);
  EXPECT_FLOAT_EQ(plain.gray_bottom, 0);
}

TEST(PicturePropertiesTest, LevelsOfHalfBlackHalfWhite) {
  const PictureProperties half = Measure(Gray(40, 30, [](int x, int) { return x < 20 ? 0 : 255; }));
  EXPECT_FLOAT_EQ(half.brightness, 127.5F);
  EXPECT_FLOAT_EQ(half.contrast, 127.5F);
  EXPECT_FLOAT_EQ(half.entropy, 1);
  EXPECT_FLOAT_EQ(half.p5, 0);
  EXPECT_FLOAT_EQ(half.p50, 0);
  EXPECT_FLOAT_EQ(half.p95, 255);
  // The Laplacian is 255 in one of 38 inner columns and -255 in the next.
  EXPECT_NEAR(half.sharpness, 2.0 / 38 * 255 * 255, 0.1);
}

TEST(PicturePropertiesTest, ColoursAndGray) {
  const auto colored = [](Color color) {
    return Measure(Draw(20, 20, [&](int, int) { return color; }));
  };
  // One colour: no deviation; 0.3 of the length of (r - g, (r + g) / 2 - b).
  EXPECT_NEAR(colored({200, 100, 50}).colorfulness, 0.3 * std::hypot(100, 100), 1e-3);
  EXPECT_NEAR(colored({200, 100, 50}).brightness, 0.299 * 200 + 0.587 * 100 + 0.114 * 50, 1e-3);
  EXPECT_FALSE(colored({200, 100, 50}).grayscale);
  EXPECT_TRUE(colored({101, 100, 99}).grayscale);
  // A small red spot is a colour.
  const PictureProperties spot = Measure(Draw(100, 100, [](int x, int y) {
    return x < 10 && y < 10 ? Color{255, 0, 0} : Color{90, 90, 90};
  }));
  EXPECT_FALSE(spot.grayscale);
}

TEST(PicturePropertiesTest, SmoothingRaisesBlurAndLowersSharpness) {
  const auto wave = [](double period) {
    return Measure(Gray(128, 128, [&](int x, int y) {
      return static_cast<int>(128 + 100 * std::sin(6.2831853 * (x + 0.6 * y) / period));
    }));
  };
  const PictureProperties fine = wave(4), middle = wave(16), coarse = wave(64);
  EXPECT_GT(fine.sharpness, 5 * middle.sharpness);
  EXPECT_GT(middle.sharpness, 5 * coarse.sharpness);
  EXPECT_LT(fine.blur, 0.35);
  EXPECT_GT(middle.blur, 0.7);
  EXPECT_GT(coarse.blur, middle.blur);
  EXPECT_LE(coarse.blur, 1);
}

TEST(PicturePropertiesTest, ScaleOfThePictureMattersLittle) {
  const auto wave = [](int scale) {
    return Measure(Gray(128 * scale, 160 * scale, [&](int x, int y) {
      return static_cast<int>(128 + 90 * std::sin(0.5 * x / scale) * std::cos(0.3 * y / scale));
    }));
  };
  const PictureProperties one = wave(1), four = wave(4);
  EXPECT_NEAR(one.blur, four.blur, 0.05);
  EXPECT_NEAR(one.sharpness / four.sharpness, 1, 0.15);
  EXPECT_NEAR(one.entropy, four.entropy, 0.1);
}

TEST(PicturePropertiesTest, BorderIsTheOutermostTwentieth) {
  const PictureProperties framed = Measure(Gray(100, 100, [](int x, int y) {
    return x < 5 || y < 5 || x >= 95 || y >= 95 ? 240 : (x * y) % 200;
  }));
  EXPECT_FLOAT_EQ(framed.border_brightness, 240);
  EXPECT_NEAR(framed.border_contrast, 0, 0.1);
}

TEST(PicturePropertiesTest, GrayBottomOfACutPicture) {
  const PictureProperties cut =
      Measure(Gray(60, 100, [](int x, int y) { return y >= 70 ? 128 : x * 3; }));
  EXPECT_FLOAT_EQ(cut.gray_bottom, 0.3F);
}

TEST(PicturePropertiesTest, StrangeShapes) {
  for (const auto& [width, height] : {std::pair(1, 1), std::pair(1, 900), std::pair(5000, 2)}) {
    const PictureProperties p =
        Measure(Gray(width, height, [](int x, int y) { return (x + y) % 256; }));
    for (const float value : {p.brightness, p.contrast, p.entropy, p.sharpness, p.blur,
                              p.colorfulness, p.border_brightness, p.border_contrast}) {
      EXPECT_TRUE(std::isfinite(value)) << width << " x " << height;
    }
  }
}

}  // namespace
}  // namespace bottega
