#include "feed/augmentation.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "feed/test_augmentation.h"

namespace bottega {
namespace {

TEST(AugmentationTest, EverySpecHasItsBuilder) {
  std::vector<std::string> specs, builders;
  for (const Spec* spec : AugmentationSpecs()) specs.push_back(spec->name);
  for (const AugmentationBuilder& builder : AugmentationBuilders()) {
    builders.emplace_back(builder.name);
  }
  EXPECT_EQ(specs, builders);
  EXPECT_THROW(MakeAugmentation({{"name", "fold"}}), Error);
}

TEST(AugmentationTest, TheSameRowGetsTheSameChange) {
  for (const AugmentationBuilder& builder : AugmentationBuilders()) {
    const auto augmentation = Make(std::string(builder.name));
    Picture a = Numbered(16, 16), b = a;
    Random first = RandomOf(3), second = RandomOf(3);
    augmentation->Apply(&a, first);
    augmentation->Apply(&b, second);
    EXPECT_EQ(a.rgb, b.rgb) << builder.name;
  }
}

}  // namespace
}  // namespace bottega
