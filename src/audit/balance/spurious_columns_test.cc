#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

using testing::HasSubstr;

TestDataset Scans(double told) {
  TextCells scanner, file, label;
  for (int64_t i = 0; i < 800; ++i) {
    Random random(5, Purpose::kSample, 0, i);
    const bool ill = random.Chance(0.4);
    const bool shown = random.Chance(told) ? ill : random.Chance(0.5);
    scanner.push_back(shown ? "Axiom" : "Bruker");
    file.push_back((shown ? "2020/ward_" : "2020/home_") + std::to_string(10'000 + i) + ".png");
    label.push_back(ill ? "ill" : "well");
  }
  return TestDataset()
      .Text("scanner", scanner)
      .Text("file_name", file, FeatureType::kIdentifier)
      .Number("dose", RandomNumbers(800, 2))
      .Text("state", label, FeatureType::kBinary, Role::kTarget);
}

TEST(SpuriousColumnsTest, DevicesAndBeginningsOfFileNames) {
  const std::vector<Finding> found = FindingsOf("spurious_columns", Scans(0.9).Make());
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].place.column, "scanner");
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_GT(found[0].detail["value"], 0.8);
  EXPECT_EQ(found[1].place.column, "file_name");
  EXPECT_EQ(found[1].detail["of"], "beginning");
  EXPECT_THAT(found[1].message, HasSubstr("the beginning of 'file_name'"));
}

TEST(SpuriousColumnsTest, NothingWhereTheLabelIsIndependent) {
  EXPECT_TRUE(FindingsOf("spurious_columns", Scans(0.1).Make()).empty());
  const Dataset plain = TestDataset()
                            .Number("dose", RandomNumbers(60, 2))
                            .Text("y", YesNo(60, 30), FeatureType::kBinary, Role::kTarget)
                            .Make();
  EXPECT_THAT(SkipReason("spurious_columns", plain), HasSubstr("no column says how rows"));
  EXPECT_TRUE(FindingsOf("spurious_columns", plain, "{columns: [dose]}").empty());
  EXPECT_EQ(SkipReason("spurious_columns", TestDataset().Number("x", {1, 2}).Make()),
            "no column is the target");
}

TEST(SpuriousColumnsTest, NumbersToPredict) {
  TextCells batch;
  std::vector<double> y = RandomNumbers(600, 1, 100);
  for (size_t i = 0; i < 600; ++i) batch.push_back(y[i] < 50 ? "b1" : "b2");
  const Dataset data = TestDataset().Text("batch", batch).Number("y", y, Role::kTarget).Make();
  EXPECT_EQ(FindingsOf("spurious_columns", data).size(), 1u);
}

}  // namespace
}  // namespace bottega
