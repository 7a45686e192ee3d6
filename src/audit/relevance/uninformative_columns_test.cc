#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

using testing::HasSubstr;

Dataset WithNoise(int64_t n) {
  std::vector<double> noise, valley;
  TextCells colour, answer;
  for (int64_t i = 0; i < n; ++i) {
    Random random(4, Purpose::kSample, 1, i);
    noise.push_back(random.Normal());
    valley.push_back(random.Uniform(-1, 1));
    colour.push_back(random.Chance(0.5) ? "red" : "blue");
    answer.push_back(std::abs(valley.back()) + 0.2 * random.Normal() > 0.5 ? "yes" : "no");
  }
  return TestDataset()
      .Number("noise", noise)
      .Number("valley", valley)
      .Text("colour", colour)
      .Text("y", answer, FeatureType::kBinary, Role::kTarget)
      .Make();
}

TEST(UninformativeColumnsTest, NoiseButNoDependenceOfAnyForm) {
  const std::vector<Finding> found = FindingsOf("uninformative_columns", WithNoise(4000));
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].place.column, "noise");
  EXPECT_EQ(found[0].severity, Severity::kInfo);
  EXPECT_THAT(found[0].message, HasSubstr("'noise' alone tells nothing of 'y'"));
  EXPECT_EQ(found[1].place.column, "colour");
}

TEST(UninformativeColumnsTest, FewRowsExcludeNothing) {
  EXPECT_TRUE(FindingsOf("uninformative_columns", WithNoise(250)).empty());
  EXPECT_THAT(SkipReason("uninformative_columns", WithNoise(100)), HasSubstr("fewer than 200"));
}

}  // namespace
}  // namespace bottega
