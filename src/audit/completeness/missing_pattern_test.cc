#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

using testing::HasSubstr;

constexpr int64_t kRows = 600;

// Gaps in rows that `where` names.
std::vector<double> Gappy(int64_t stream, const std::function<bool(int64_t)>& where) {
  std::vector<double> x = RandomNumbers(kRows, stream);
  for (int64_t i = 0; i < kRows; ++i) {
    if (where(i)) x[static_cast<size_t>(i)] = kMissing;
  }
  return x;
}

bool AtRandom(int64_t i) { return Random(5, Purpose::kSample, 0, i).Chance(0.2); }

TEST(MissingPatternTest, GapsAtRandomSayNothing) {
  const Dataset data = TestDataset()
                           .Number("x", Gappy(1, AtRandom))
                           .Number("a", RandomNumbers(kRows, 2))
                           .Text("b", RandomTexts(kRows, 3, {"u", "v", "w"}))
                           .Make();
  EXPECT_TRUE(FindingsOf("missing_pattern", data).empty());
}

TEST(MissingPatternTest, GapsThatDependOnTheTargetAreAWarning) {
  const Dataset data = TestDataset()
                           .Number("x", Gappy(1, [](int64_t i) { return i < 300 && i % 2 == 0; }))
                           .Text("y", YesNo(kRows, 300), FeatureType::kBinary, Role::kTarget)
                           .Make();
  const auto found = FindingsOf("missing_pattern", data);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_EQ(found[0].place.column, "x");
  EXPECT_THAT(found[0].message, HasSubstr("missing in 50.0 % of 'yes' but 0.0 % of 'no'"));
  EXPECT_LT(found[0].detail["depends_on"][0]["p"], 1e-6);
  EXPECT_THAT(found[0].fix, HasSubstr("find out why"));
}

TEST(MissingPatternTest, GapsThatDependOnANumber) {
  std::vector<double> age = RandomNumbers(kRows, 4, 80);
  const Dataset data =
      TestDataset()
          .Number("age", age)
          .Number(
              "income",
              Gappy(1, [&](int64_t i) { return age[static_cast<size_t>(i)] > 60 && i % 3 > 0; }))
          .Make();
  const auto found = FindingsOf("missing_pattern", data);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kInfo);
  EXPECT_EQ(found[0].place.column, "income");
  EXPECT_EQ(found[0].detail["depends_on"][0]["on"], "age");
}

TEST(MissingPatternTest, ColumnsThatAreMissingTogether) {
  const Dataset data = TestDataset()
                           .Number("a", Gappy(1, AtRandom))
                           .Number("b", Gappy(2, AtRandom))
                           .Number("c", Gappy(3, [](int64_t i) { return i % 7 == 0; }))
                           .Make();
  const auto found = FindingsOf("missing_pattern", data);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].message, "'a', 'b' are missing in the same rows");
  EXPECT_EQ(found[0].detail["together"], (std::vector<std::string>{"a", "b"}));
}

TEST(MissingPatternTest, TooFewGapsToTell) {
  const Dataset data = TestDataset().Number("x", Gappy(1, [](int64_t i) { return i < 5; })).Make();
  EXPECT_EQ(SkipReason("missing_pattern", data), "no column has ten gaps and ten values");
}

}  // namespace
}  // namespace bottega
