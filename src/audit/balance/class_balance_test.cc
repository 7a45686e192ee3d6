#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

using testing::HasSubstr;

Dataset Classes(const std::vector<int64_t>& counts) {
  TextCells labels;
  for (size_t c = 0; c < counts.size(); ++c) {
    labels.insert(labels.end(), static_cast<size_t>(counts[c]), "c" + std::to_string(c));
  }
  return TestDataset().Text("y", labels, FeatureType::kCategory, Role::kTarget).Make();
}

TEST(ClassBalanceTest, TheRatioDecidesHowGraveItIs) {
  const std::vector<Finding> grave = FindingsOf("class_balance", Classes({800, 100}));
  ASSERT_EQ(grave.size(), 1u);
  EXPECT_EQ(grave[0].severity, Severity::kWarning);
  EXPECT_EQ(grave[0].place.column, "y");
  EXPECT_EQ(grave[0].detail["ratio"], 8);
  EXPECT_EQ(grave[0].detail["counts"]["c1"], 100);
  EXPECT_THAT(grave[0].message, HasSubstr("always answering 'c0' would be right in 88.9 %"));
  EXPECT_THAT(grave[0].fix, HasSubstr("train.balance"));
  const std::vector<Finding> mild = FindingsOf("class_balance", Classes({300, 100}));
  ASSERT_EQ(mild.size(), 1u);
  EXPECT_EQ(mild[0].severity, Severity::kInfo);
}

TEST(ClassBalanceTest, ClassesThatAreTooRareToLearn) {
  const std::vector<Finding> found = FindingsOf("class_balance", Classes({50, 50, 19, 20}));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_THAT(found[0].message, HasSubstr("1 class has fewer than 20 rows: 'c2' (19)"));
  EXPECT_EQ(found[0].detail["classes"], (Json{{"c2", 19}}));
}

TEST(ClassBalanceTest, OneClassIsAnError) {
  const std::vector<Finding> found = FindingsOf("class_balance", Classes({50}));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kError);
  EXPECT_EQ(found[0].message, "every row has the label 'c0'");
}

TEST(ClassBalanceTest, NothingWhereClassesAreAlike) {
  EXPECT_TRUE(FindingsOf("class_balance", Classes({59, 20, 30})).empty());
  const Dataset numbers = TestDataset().Number("y", RandomNumbers(9, 1), Role::kTarget).Make();
  EXPECT_EQ(SkipReason("class_balance", numbers), "the target is a number");
}

}  // namespace
}  // namespace bottega
