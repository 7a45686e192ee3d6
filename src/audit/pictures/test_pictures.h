// For tests of the picture checks: photographs that a formula tells, and what can go wrong with
// them.
#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>

#include "audit/test_audit.h"

namespace bottega {

// Smooth shapes, an edge and fine texture; different for each seed, as light and sharp as an
// ordinary photograph.
inline Picture Photo(int seed, int width = 200, int height = 150) {
  Random random(5, Purpose::kGenerate, 3, seed);
  const double fx = random.Uniform(0.01, 0.05), fy = random.Uniform(0.01, 0.05);
  const double tint[3] = {random.Uniform(0.7, 1.1), random.Uniform(0.7, 1.1),
                          random.Uniform(0.7, 1.1)};
  const double edge = random.Uniform(0.3, 0.7) * width;
  Picture picture{.width = width, .height = height};
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      double v = 120 + 60 * std::sin(fx * x + fy * y) + (x > edge ? 35 : -25);
      v += random.Uniform(-22, 22);
      for (const double t : tint) {
        picture.rgb.push_back(static_cast<uint8_t>(std::clamp(v * t, 0.0, 255.0)));
      }
    }
  }
  return picture;
}

// Every value through `change`.
inline Picture Changed(Picture picture, const std::function<double(double)>& change) {
  for (uint8_t& v : picture.rgb) v = static_cast<uint8_t>(std::clamp(change(v), 0.0, 255.0));
  return picture;
}

inline Picture WithoutColour(Picture picture) {
  for (size_t i = 0; i < picture.rgb.size(); i += 3) {
    picture.rgb[i] = picture.rgb[i + 2] = picture.rgb[i + 1];
  }
  return picture;
}

// Shrunk and enlarged again.
inline Picture Softened(const Picture& picture, int factor) {
  return Resize(Resize(picture, picture.width / factor, picture.height / factor), picture.width,
                picture.height);
}

// `per_class` photographs in each of two classes: a/0.png ..., b/0.png ...
inline TestPictures& AddPhotos(TestPictures& pictures, int per_class) {
  for (int i = 0; i < per_class; ++i) {
    pictures.File("a/" + std::to_string(i) + ".png", EncodePng(Photo(2 * i)));
    pictures.File("b/" + std::to_string(i) + ".png", EncodePng(Photo(2 * i + 1)));
  }
  return pictures;
}

inline std::vector<std::string> FilesOf(const std::vector<Finding>& findings) {
  std::vector<std::string> files;
  for (const Finding& finding : findings) files.push_back(finding.place.file);
  std::ranges::sort(files);
  return files;
}

}  // namespace bottega
