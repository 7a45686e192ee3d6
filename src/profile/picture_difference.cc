#include <algorithm>
#include <cmath>

#include "profile/picture_features.h"

namespace bottega {
namespace {

// b seen through a window: pixel p of a meets centre + zoom * (p - centre) + shift of b.
struct Window {
  float zoom = 1, dx = 0, dy = 0;
};

// 1 - correlation over the pixels that both have; every `step`-th one.
double Difference(const GrayThumbnail& a, const GrayThumbnail& b, const Window& w, int step) {
  double n = 0, sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0;
  constexpr float kCentre = (kGraySide - 1) / 2.0F;
  for (int y = 0; y < kGraySide; y += step) {
    const float v = kCentre + w.zoom * (static_cast<float>(y) - kCentre) + w.dy;
    if (v < 0 || v > kGraySide - 1) continue;
    const int v0 = std::min(static_cast<int>(v), kGraySide - 2);
    const float fv = v - static_cast<float>(v0);
    for (int x = 0; x < kGraySide; x += step) {
      const float u = kCentre + w.zoom * (static_cast<float>(x) - kCentre) + w.dx;
      if (u < 0 || u > kGraySide - 1) continue;
      const int u0 = std::min(static_cast<int>(u), kGraySide - 2);
      const float fu = u - static_cast<float>(u0);
      const uint8_t* p = &b[static_cast<size_t>(v0 * kGraySide + u0)];
      const float top = p[0] + fu * (p[1] - p[0]);
      const float bottom = p[kGraySide] + fu * (p[kGraySide + 1] - p[kGraySide]);
      const double value = top + fv * (bottom - top);
      const double mine = a[static_cast<size_t>(y * kGraySide + x)];
      n += 1;
      sa += mine;
      sb += value;
      saa += mine * mine;
      sbb += value * value;
      sab += mine * value;
    }
  }
  if (n < 16) return 1;
  const double va = saa - sa * sa / n, vb = sbb - sb * sb / n;
  // Plain areas have nothing to correlate: alike only if both are plain.
  if (va < n || vb < n) return va < n && vb < n ? 0 : 1;
  return 1 - (sab - sa * sb / n) / std::sqrt(va * vb);
}

}  // namespace

double PictureDifference(const GrayThumbnail& a, const GrayThumbnail& b) {
  Window best;
  double lowest = Difference(a, b, best, 1);
  if (lowest < 0.005) return lowest;
  // Coarse: windows of every second pixel; then halving steps around the best.
  double coarse = Difference(a, b, best, 2);
  for (const float zoom : {0.84F, 0.92F, 1.0F, 1.09F, 1.19F}) {
    const float reach = 1.0F + 12 * std::abs(1 - zoom);
    for (const float dy : {-reach, 0.0F, reach}) {
      for (const float dx : {-reach, 0.0F, reach}) {
        const double d = Difference(a, b, {zoom, dx, dy}, 2);
        if (d < coarse) {
          coarse = d;
          best = {zoom, dx, dy};
        }
      }
    }
  }
  lowest = std::min(lowest, Difference(a, b, best, 1));
  float shift = 1, zoom = 0.04F;
  for (int round = 0; round < 5; ++round, shift /= 2, zoom /= 2) {
    const Window centre = best;
    for (const Window& w : {Window{centre.zoom + zoom, centre.dx, centre.dy},
                            Window{centre.zoom - zoom, centre.dx, centre.dy},
                            Window{centre.zoom, centre.dx + shift, centre.dy},
                            Window{centre.zoom, centre.dx - shift, centre.dy},
                            Window{centre.zoom, centre.dx, centre.dy + shift},
                            Window{centre.zoom, centre.dx, centre.dy - shift}}) {
      const double d = Difference(a, b, w, 1);
      if (d < lowest) {
        lowest = d;
        best = w;
      }
    }
  }
  return lowest;
}

}  // namespace bottega
