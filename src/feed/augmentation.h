// Augmentation: a random change of a picture that leaves its class alone. Works on 8-bit pixels,
// before there is a tensor.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/random.h"
#include "data/image/picture.h"

namespace bottega {

class Augmentation {
 public:
  virtual ~Augmentation() = default;
  // What to cut out of the picture before it is resized to the model's size; only `crop` chooses.
  virtual bool ChoosesCrop() const { return false; }
  virtual CropBox Choose(int, int, Random&) const { return {}; }
  // Changes the square picture that the model will see. Thread-safe: all state is in `random`.
  virtual void Apply(Picture*, Random&) const {}
};

struct AugmentationBuilder {
  std::string_view name;
  std::unique_ptr<Augmentation> (*make)(const Json& settings);
};
// In the order of AugmentationSpecs().
const std::vector<AugmentationBuilder>& AugmentationBuilders();

// `settings`: a resolved component of kind "augmentation".
std::unique_ptr<Augmentation> MakeAugmentation(const Json& settings);

std::unique_ptr<Augmentation> MakeFlip(const Json& settings);
std::unique_ptr<Augmentation> MakeRotate(const Json& settings);
std::unique_ptr<Augmentation> MakeCrop(const Json& settings);
std::unique_ptr<Augmentation> MakeColorJitter(const Json& settings);
std::unique_ptr<Augmentation> MakeNoise(const Json& settings);
std::unique_ptr<Augmentation> MakeCutout(const Json& settings);

}  // namespace bottega
