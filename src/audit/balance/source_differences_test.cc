#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

using testing::HasSubstr;

// 1,200 rows of three hospitals; the third leaves out two thirds of the laboratory values.
TestDataset Stays(bool gaps) {
  TextCells hospital;
  std::vector<double> lab = RandomNumbers(1200, 1);
  for (size_t i = 0; i < 1200; ++i) {
    hospital.push_back(std::string(1, static_cast<char>('A' + i % 3)));
    if (gaps && i % 3 == 2 && i % 9 != 2) lab[i] = kMissing;
  }
  return TestDataset()
      .Text("hospital", hospital)
      .Number("lab", lab)
      .Number("x", RandomNumbers(1200, 2))
      .Text("ill", RandomTexts(1200, 3, {"yes", "no"}), FeatureType::kBinary, Role::kTarget);
}

TEST(SourceDifferencesTest, MissingCells) {
  const std::vector<Finding> found = FindingsOf("source_differences", Stays(true).Make());
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_EQ(found[0].place.column, "lab");
  EXPECT_EQ(found[0].detail["kind"], "missing");
  EXPECT_EQ(found[0].detail["named"], Json::array({"C"}));
  EXPECT_NEAR(found[0].detail["sources"]["C"]["value"], 2.0 / 3, 0.01);
  EXPECT_THAT(found[0].message, HasSubstr("'lab' is missing in 66.5 %"));
  EXPECT_THAT(found[0].message, HasSubstr("but in 0.0 % of the other sources ('hospital')"));
}

TEST(SourceDifferencesTest, NothingWhereSourcesAreAlikeOrThereAreNone) {
  EXPECT_TRUE(FindingsOf("source_differences", Stays(false).Make()).empty());
  const Dataset plain = TestDataset().Number("x", RandomNumbers(60, 1)).Make();
  EXPECT_THAT(SkipReason("source_differences", plain), HasSubstr("no column names the source"));
  EXPECT_THROW(FindingsOf("source_differences", plain, "{column: y}"), Error);
}

TEST(SourceDifferencesTest, LabelsThatTheOtherColumnsContradict) {
  TextCells site, label;
  std::vector<double> x;
  for (int64_t i = 0; i < 2000; ++i) {
    Random random(3, Purpose::kSample, 0, i);
    site.push_back(i % 2 ? "A" : "B");
    x.push_back(random.Normal());
    const bool wrong = i % 2 == 0 && random.Chance(0.25);
    label.push_back((x.back() > 0) != wrong ? "yes" : "no");
  }
  const Dataset data = TestDataset()
                           .Text("site", site)
                           .Number("x", x)
                           .Text("y", label, FeatureType::kBinary, Role::kTarget)
                           .Make();
  const std::vector<Finding> found = FindingsOf("source_differences", data);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].detail["kind"], "misfit");
  EXPECT_THAT(found[0].fix, HasSubstr("labelled again"));
}

TEST(SourceDifferencesTest, SeveralFiles) {
  TemporaryFolder folder;
  std::string rows = "hospital,lab,x,ill\n";
  for (int i = 0; i < 300; ++i) rows += "D,," + std::to_string(i) + (i % 2 ? ",yes\n" : ",no\n");
  const std::string other = (folder.path() / "more.csv").string();
  WriteFileAtomic(other, rows);
  const std::vector<Finding> found =
      FindingsOf("source_differences", Stays(false).Make(), "{files: ['" + other + "']}");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].place.column, "lab");
  EXPECT_EQ(found[0].detail["sources"]["more.csv"]["value"], 1);
}

}  // namespace
}  // namespace bottega
