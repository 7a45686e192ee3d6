// A small painter: float pixels, soft edges, value noise. For generated pictures only.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include "data/image/picture.h"

namespace bottega {

struct Color {
  float r = 0, g = 0, b = 0;
};
inline Color operator*(Color c, float k) { return {c.r * k, c.g * k, c.b * k}; }
inline Color operator*(Color a, Color b) { return {a.r * b.r, a.g * b.g, a.b * b.b}; }
inline Color operator+(Color a, Color b) { return {a.r + b.r, a.g + b.g, a.b + b.b}; }
inline Color Mix(Color a, Color b, float t) { return a * (1 - t) + b * t; }
// Through evenly spaced stops, t in [0, 1].
Color Ramp(const std::vector<Color>& stops, float t);

struct Point {
  float x = 0, y = 0;
};
inline Point operator+(Point a, Point b) { return {a.x + b.x, a.y + b.y}; }
inline Point operator-(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
inline Point operator*(Point a, float k) { return {a.x * k, a.y * k}; }
inline float Length(Point p) { return std::hypot(p.x, p.y); }
Point Turned(Point p, float angle);

// 0 below a, 1 above b, smooth between.
float Smooth(float a, float b, float x);

// Smooth noise in [0, 1], cell size 1, of unlimited extent; and the sum of four octaves of it.
float Noise(float x, float y, uint32_t seed);
float Clouds(float x, float y, uint32_t seed);

// Unit vector towards the light (y downwards as on the screen, z to the viewer), and its strength.
struct Light {
  std::array<float, 3> direction = {-0.4f, -0.6f, 0.7f};
  float ambient = 0.35f;
  Color tint = {1, 1, 1};
};
// Diffuse and Blinn's specular light on a surface with the unit normal (x, y, z). `gloss` 0 to 1.
Color Shade(Color base, const Light& light, float x, float y, float z, float gloss, float hardness);

// A square of colours, 0 is black and 1 white; coordinates are in units of the side, (0, 0) the
// upper left corner.
class Canvas {
 public:
  explicit Canvas(int side) : side_(side), pixels_(static_cast<size_t>(side) * side) {}

  int side() const { return side_; }
  float pixel() const { return 1.0f / static_cast<float>(side_); }
  Color& At(int x, int y) { return pixels_[static_cast<size_t>(y) * side_ + x]; }

  // Calls paint(Point, Color*) -> opacity for every pixel within `radius` of `center`.
  template <class Paint>
  void Fill(Point center, float radius, Paint paint) {
    const auto low = [&](float v) { return std::max(0, static_cast<int>((v - radius) * side_)); };
    const auto high = [&](float v) {
      return std::min(side_, static_cast<int>((v + radius) * side_) + 2);
    };
    for (int y = low(center.y); y < high(center.y); ++y) {
      for (int x = low(center.x); x < high(center.x); ++x) {
        Color color;
        const float opacity = paint(Point{(x + 0.5f) * pixel(), (y + 0.5f) * pixel()}, &color);
        if (opacity > 0) At(x, y) = Mix(At(x, y), color, std::min(1.0f, opacity));
      }
    }
  }

  void Blur(float radius);  // Gaussian, standard deviation in units of the side
  // Tone curve for what is brighter than white, and 8 bits.
  Picture ToPicture() const;

 private:
  int side_;
  std::vector<Color> pixels_;
};

// A line of round brush strokes along a quadratic curve, lit from one side.
void DrawStem(Canvas* canvas, Point from, Point bend, Point to, float width, Color color,
              const Light& light);
// An almond-shaped leaf with a midrib.
void DrawLeaf(Canvas* canvas, Point from, Point to, float width, Color color, const Light& light);
// Darkens an ellipse with soft edges.
void DrawShadow(Canvas* canvas, Point center, Point radii, float angle, float strength);

}  // namespace bottega
