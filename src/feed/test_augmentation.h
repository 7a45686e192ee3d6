// For tests of augmentations: made from their Specs' defaults, and small pictures.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>

#include "feed/augmentation.h"
#include "feed/augmentations_specs.h"

namespace bottega {

// With what `settings` changes.
inline std::unique_ptr<Augmentation> Make(const std::string& name,
                                          const Json& settings = Json::object()) {
  Json all = {{"name", name}};
  for (const Spec* spec : AugmentationSpecs()) {
    if (spec->name != name) continue;
    for (const Param& param : spec->params) all[param.name] = param.fallback;
  }
  all.update(settings);
  return MakeAugmentation(all);
}

inline Random RandomOf(int64_t row) { return Random(5, Purpose::kAugment, 0, row); }

// `picture` after the augmentation, as `row` draws it.
inline Picture Applied(const Augmentation& augmentation, Picture picture, int64_t row = 0) {
  Random random = RandomOf(row);
  augmentation.Apply(&picture, random);
  return picture;
}

// In how many of so many rows the augmentation changes `picture`.
inline int64_t CountChanged(const Augmentation& augmentation, const Picture& picture,
                            int64_t rows) {
  int64_t changed = 0;
  for (int64_t row = 0; row < rows; ++row) {
    changed += Applied(augmentation, picture, row).rgb != picture.rgb;
  }
  return changed;
}

inline Picture Even(int width, int height, std::array<uint8_t, 3> color) {
  Picture picture{.width = width, .height = height};
  for (int i = 0; i < width * height; ++i) {
    picture.rgb.insert(picture.rgb.end(), color.begin(), color.end());
  }
  return picture;
}

inline Picture Numbered(int width, int height) {
  Picture picture{.width = width, .height = height};
  for (int i = 0; i < width * height * 3; ++i) {
    picture.rgb.push_back(static_cast<uint8_t>(i * 7 % 256));
  }
  return picture;
}

inline std::array<uint8_t, 3> At(const Picture& picture, int x, int y) {
  const size_t at =
      3 * (static_cast<size_t>(y) * static_cast<size_t>(picture.width) + static_cast<size_t>(x));
  return {picture.rgb[at], picture.rgb[at + 1], picture.rgb[at + 2]};
}

}  // namespace bottega
