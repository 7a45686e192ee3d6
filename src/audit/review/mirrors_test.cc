#include "audit/review/mirrors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/test_audit.h"

namespace bottega {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(MirrorsTest, OnlyTheTargetByAnotherName) {
  constexpr int64_t kRows = 500;
  const TextCells target = YesNo(kRows, 200);
  TextCells alive, nearly, blurred;
  std::vector<double> code, useful;
  for (int64_t i = 0; i < kRows; ++i) {
    const bool yes = i < 200;
    alive.push_back(yes ? "alive" : "dead");
    nearly.push_back(yes != (i == 3) ? "a" : "b");
    blurred.push_back(yes != (i % 10 == 0) ? "a" : "b");
    code.push_back(yes ? 1 : 0);
    useful.push_back(static_cast<double>(i));  // tells the class too, as a feature may
  }
  const auto text = FeatureType::kCategory;
  const Dataset data = TestDataset()
                           .Text("target", target, FeatureType::kBinary, Role::kTarget)
                           .Text("alive", alive, text, Role::kIgnored)
                           .Text("nearly", nearly)
                           .Text("blurred", blurred)
                           .Number("code", code)
                           .Number("useful", useful)
                           .Make();
  EXPECT_THAT(MirrorsOfTarget(data), ElementsAre(1, 2, 4));
  const Dataset number = TestDataset().Number("y", code, Role::kTarget).Number("code", code).Make();
  EXPECT_THAT(MirrorsOfTarget(number), IsEmpty());
}

}  // namespace
}  // namespace bottega
