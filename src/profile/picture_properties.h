// What a person sees at once of a picture: how bright, sharp, colourful, large it is.
#pragma once

#include <cstdint>
#include <string>

#include "data/image/picture.h"

namespace bottega {

// Pixels are looked at after shrinking (never enlarging) the shorter side to this, so that
// sharpness and entropy mean the same in large and small pictures; and the longer side to four
// times it.
inline constexpr int kPropertySide = 128;

struct PictureProperties {
  // Of the file.
  int width = 0, height = 0;  // after orientation
  int64_t bytes = 0;          // 0: the picture is no file of its own
  std::string format;         // "jpeg", "png", "webp", "idx"

  // Of the pixels. Brightness is luma, 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601), 0 to 255.
  float brightness = 0;                             // mean
  float contrast = 0;                               // standard deviation
  float p1 = 0, p5 = 0, p50 = 0, p95 = 0, p99 = 0;  // quantiles of brightness
  float entropy = 0;  // of the 256 levels of brightness, in bits: 0 for one level, at most 8
  // Variance of the Laplacian (4 neighbours): Pech-Pacheco et al., "Diatom autofocusing in
  // brightfield microscopy", ICPR 2000. Grows with contrast and fine texture.
  float sharpness = 0;
  // 0 sharp to 1 blurred, whatever the contrast: how little smoothing the picture changes it.
  // Crete et al., "The blur effect: perception and estimation with a new no-reference perceptual
  // blur metric", SPIE 2007; the mean is taken over 5 pixels.
  float blur = 0;
  // Hasler & Suesstrunk, "Measuring colourfulness in natural images", SPIE 2003: 0 for gray, about
  // 15 slightly, 45 rather, 80 very colourful.
  float colorfulness = 0;
  bool grayscale = false;  // no pixel has a colour, but for the noise of compression
  // The outermost twentieth of each side.
  float border_brightness = 0, border_contrast = 0;
  // Share of the height, from the bottom, that is one mid-gray: what a decoder fills in where a
  // file was cut short, and what stays when such a picture is saved again.
  float gray_bottom = 0;

  double aspect() const { return height > 0 ? static_cast<double>(width) / height : 0; }
};

// Sets what the pixels tell; some 0.2 ms.
void MeasurePixels(const Picture& picture, PictureProperties* out);

}  // namespace bottega
