#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

using testing::HasSubstr;

// `others` of `n` cells, spread evenly, hold one of `values`.
TextCells MostlyOne(int64_t n, int64_t others, const std::vector<std::string>& values) {
  TextCells cells(static_cast<size_t>(n), "usual");
  for (int64_t i = 0; i < others; ++i) {
    cells[static_cast<size_t>(i * n / others)] = values[static_cast<size_t>(i) % values.size()];
  }
  return cells;
}

TEST(DominantValue, NamesAZeroInflatedNumberAndUnevenCategories) {
  std::vector<double> gain = RandomNumbers(1'000, 1);
  for (size_t i = 0; i < 900; ++i) gain[i] = 0;
  const Dataset data = TestDataset()
                           .Number("x", RandomNumbers(1'000, 2))
                           .Number("gain", gain)
                           .Text("flag", MostlyOne(1'000, 50, {"rare"}), FeatureType::kBinary)
                           .Text("job", MostlyOne(1'000, 120, {"a", "b", "c"}))
                           .Make();
  const std::vector<Finding> found = FindingsOf("dominant_value", data);
  ASSERT_EQ(found.size(), 3u);
  for (const Finding& finding : found) EXPECT_EQ(finding.severity, Severity::kInfo);
  EXPECT_EQ(found[0].place.column, "gain");
  EXPECT_THAT(found[0].message, HasSubstr("'gain' is '0' in 90"));
  EXPECT_EQ(found[1].message,
            "'flag' is 'usual' in 950 rows (95.0 %); its 1 other value shares the rest");
  // H of 0.95 and 0.05 is 0.1985 nats.
  EXPECT_NEAR(found[1].detail["unevenness"].get<double>(), 1 - 0.1985 / std::log(2.0), 1e-4);
  EXPECT_EQ(found[2].place.column, "job");
}

TEST(DominantValue, LeavesEvenAndNearlyConstantColumnsAlone) {
  std::vector<double> some = RandomNumbers(1'000, 1);
  for (size_t i = 0; i < 400; ++i) some[i] = 0;
  const Dataset data =
      TestDataset()
          .Number("some", some)
          .Text("even", RandomTexts(1'000, 3, {"a", "b", "c"}))
          .Text("flag", MostlyOne(1'000, 200, {"rare"}), FeatureType::kBinary)
          .Text("nearly", MostlyOne(1'000, 1, {"one"}), FeatureType::kBinary)
          .Text("y", MostlyOne(1'000, 50, {"no"}), FeatureType::kBinary, Role::kTarget)
          .Make();
  EXPECT_TRUE(FindingsOf("dominant_value", data).empty());
  EXPECT_EQ(FindingsOf("dominant_value", data, "{share: 0.3}").size(), 1u);
  EXPECT_EQ(FindingsOf("dominant_value", data, "{uneven: 0.2}").size(), 1u);
}

TEST(DominantValue, JudgesFilledCellsAndEnoughOfThem) {
  std::vector<double> gaps(1'000, kMissing);
  for (size_t i = 0; i < 40; ++i) gaps[i] = i < 30 ? 0 : static_cast<double>(i);
  EXPECT_TRUE(FindingsOf("dominant_value", TestDataset().Number("gaps", gaps).Make()).empty());
  const Dataset few = TestDataset().Number("x", {1, 2, 3}).Make();
  EXPECT_EQ(SkipReason("dominant_value", few), "there are fewer than 50 rows");
}

}  // namespace
}  // namespace bottega
