#include <gmock/gmock.h>

#include <set>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

using testing::HasSubstr;

constexpr int64_t kRows = 300;

// Two clouds that do not meet; the labels of `wrong` are turned over.
Dataset Clouds(const std::set<int64_t>& wrong, double distance = 6) {
  std::vector<double> x, z;
  TextCells labels;
  for (int64_t i = 0; i < kRows; ++i) {
    Random random(3, Purpose::kSample, 0, i);
    const bool yes = i % 2 == 0;
    x.push_back(random.Normal() + (yes ? distance : 0));
    z.push_back(random.Normal());
    labels.push_back(yes != wrong.contains(i) ? "yes" : "no");
  }
  return TestDataset()
      .Number("x", x)
      .Number("z", z)
      .Text("y", labels, FeatureType::kBinary, Role::kTarget)
      .Make();
}

TEST(SuspiciousLabelsTest, FindsTheLabelsThatWereTurnedOver) {
  const std::set<int64_t> wrong = {8, 77, 150, 151};
  const std::vector<Finding> found = FindingsOf("suspicious_labels", Clouds(wrong));
  std::set<int64_t> rows;
  for (const Finding& finding : found) {
    rows.insert(finding.place.row);
    EXPECT_EQ(finding.severity, Severity::kWarning);
    EXPECT_EQ(finding.place.column, "y");
    EXPECT_NE(finding.detail["given"], finding.detail["suggested"]);
    EXPECT_THAT(finding.fix, HasSubstr("correct it to '" +
                                       finding.detail["suggested"].get<std::string>() + "'"));
  }
  EXPECT_EQ(rows, wrong);
}

TEST(SuspiciousLabelsTest, NothingWhereLabelsAreRight) {
  EXPECT_TRUE(FindingsOf("suspicious_labels", Clouds({})).empty());
}

TEST(SuspiciousLabelsTest, WhatCannotBeJudgedIsAtMostAnInfo) {
  const std::vector<Finding> found = FindingsOf("suspicious_labels", Clouds({}, 1.2));
  EXPECT_LE(found.size(), 20u);
  for (const Finding& finding : found) EXPECT_EQ(finding.severity, Severity::kInfo);
}

TEST(SuspiciousLabelsTest, NeedsClassesRowsAndColumns) {
  const Dataset number = TestDataset().Number("y", RandomNumbers(90, 1), Role::kTarget).Make();
  EXPECT_EQ(SkipReason("suspicious_labels", number), "the target is a number");
  const Dataset few =
      TestDataset().Text("y", YesNo(40, 20), FeatureType::kBinary, Role::kTarget).Make();
  EXPECT_EQ(SkipReason("suspicious_labels", few), "fewer than 50 rows");
  const Dataset bare =
      TestDataset().Text("y", YesNo(90, 20), FeatureType::kBinary, Role::kTarget).Make();
  EXPECT_THAT(SkipReason("suspicious_labels", bare), HasSubstr("no columns"));
  const Dataset one = TestDataset()
                          .Number("x", RandomNumbers(90, 1))
                          .Text("y", YesNo(90, 0), FeatureType::kBinary, Role::kTarget)
                          .Make();
  EXPECT_EQ(SkipReason("suspicious_labels", one), "there is only one class");
}

// A blotchy picture in which one channel of three is brighter.
std::string Tinted(int channel, int64_t index) {
  Picture picture{.width = 32, .height = 32};
  Random random(5, Purpose::kSample, channel, index);
  for (int pixel = 0; pixel < 32 * 32; ++pixel) {
    for (int c = 0; c < 3; ++c) {
      picture.rgb.push_back(static_cast<uint8_t>(random.Below(120) + (c == channel ? 90 : 0)));
    }
  }
  return EncodeJpeg(picture, 90);
}

TEST(SuspiciousLabelsTest, PicturesInTheWrongFolder) {
  TestPictures pictures;
  for (int i = 0; i < 40; ++i) {
    pictures.File("red/" + std::to_string(i) + ".jpg", Tinted(0, i));
    pictures.File("green/" + std::to_string(i) + ".jpg", Tinted(1, i));
  }
  pictures.File("green/odd.jpg", Tinted(0, 100));
  const std::vector<Finding> found = FindingsOf("suspicious_labels", pictures.Read());
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].place.file, "green/odd.jpg");
  EXPECT_EQ(found[0].detail["suggested"], "red");
}

}  // namespace
}  // namespace bottega
