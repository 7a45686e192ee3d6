#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

using testing::HasSubstr;

constexpr int64_t kRows = 100;

// Row 60 is row 20 again.
TestDataset Repeated() {
  std::vector<double> income = RandomNumbers(kRows, 1), age = RandomNumbers(kRows, 2);
  income[60] = income[20];
  age[60] = age[20];
  return TestDataset().Number("income", income).Number("age", age);
}

TEST(ConflictingLabelsTest, EqualRowsWithDifferentClasses) {
  const Dataset data =
      Repeated().Text("y", YesNo(kRows, 50), FeatureType::kBinary, Role::kTarget).Make();
  const std::vector<Finding> found = FindingsOf("conflicting_labels", data);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_EQ(found[0].place.row, 60);
  EXPECT_EQ(found[0].message, "row 20 and row 60 are the same but are labelled 'no' and 'yes'");
  EXPECT_EQ(found[0].detail["labels"], (std::vector<std::string>{"yes", "no"}));
  EXPECT_THAT(found[0].fix, HasSubstr("decide which label is right"));
}

TEST(ConflictingLabelsTest, EqualRowsWithFarNumbers) {
  std::vector<double> y = RandomNumbers(kRows, 3);
  y[20] = 0;
  y[60] = 99'999;
  const std::vector<Finding> found =
      FindingsOf("conflicting_labels", Repeated().Number("y", y, Role::kTarget).Make());
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].place.row, 60);
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_EQ(found[0].detail["high"], 99'999);
  y[60] = 1;
  const Dataset near = Repeated().Number("y", y, Role::kTarget).Make();
  EXPECT_TRUE(FindingsOf("conflicting_labels", near).empty());
  EXPECT_EQ(FindingsOf("conflicting_labels", near, "{deviations: 0}").size(), 1u);
}

TEST(ConflictingLabelsTest, PicturesInTwoClassFolders) {
  TestPictures pictures;
  pictures.Fruit(4)
      .File("banana/copy.jpg", TestPictures::Jpeg(FruitKind::kApple, 1))
      .File("banana/saved.jpg", TestPictures::Jpeg(FruitKind::kApple, 3, 60));
  const std::vector<Finding> found = FindingsOf("conflicting_labels", pictures.Read());
  ASSERT_EQ(found.size(), 2u);
  for (const Finding& finding : found) EXPECT_EQ(finding.severity, Severity::kError);
  EXPECT_EQ(found[0].place.file, "banana/copy.jpg");
  EXPECT_EQ(found[0].confidence, 1);
  EXPECT_EQ(found[1].place.file, "banana/saved.jpg");
  EXPECT_LT(found[1].confidence, 1);
}

TEST(ConflictingLabelsTest, NothingWhereCopiesAgreeOrLackALabel) {
  TextCells labels = YesNo(kRows, 70);
  EXPECT_TRUE(FindingsOf("conflicting_labels",
                         Repeated().Text("y", labels, FeatureType::kBinary, Role::kTarget).Make())
                  .empty());
  labels[60] = std::nullopt;
  EXPECT_TRUE(FindingsOf("conflicting_labels",
                         Repeated().Text("y", labels, FeatureType::kBinary, Role::kTarget).Make())
                  .empty());
  EXPECT_EQ(SkipReason("conflicting_labels", Repeated().Make()), "no column is the target");
}

}  // namespace
}  // namespace bottega
