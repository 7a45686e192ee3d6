#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

using testing::HasSubstr;

const std::vector<std::string> kMoods = {"angry", "calm", "glad"};

std::string Say(Random* random, const std::string& truth, double skill) {
  return random->Chance(skill) ? truth : kMoods[static_cast<size_t>(random->Below(3))];
}

// 400 clips, four annotators in columns; the fourth has `skill`. Every 40th target is wrong.
TestDataset Wide(double skill) {
  std::vector<TextCells> given(4);
  TextCells target;
  for (int64_t i = 0; i < 400; ++i) {
    Random random(4, Purpose::kSample, 0, i);
    const size_t truth = static_cast<size_t>(random.Below(3));
    for (size_t a = 0; a < 4; ++a) {
      given[a].push_back(Say(&random, kMoods[truth], a == 3 ? skill : 0.95));
    }
    target.push_back(kMoods[i % 40 == 0 ? (truth + 1) % 3 : truth]);
  }
  TestDataset data;
  for (size_t a = 0; a < 4; ++a) data.Text("rater_" + std::to_string(a + 1), given[a]);
  return data.Text("mood", target, FeatureType::kCategory, Role::kTarget);
}

std::vector<Finding> Of(const std::vector<Finding>& all, const std::string& key) {
  std::vector<Finding> out;
  for (const Finding& finding : all) {
    if (finding.detail.contains(key)) out.push_back(finding);
  }
  return out;
}

TEST(AnnotatorAgreementTest, ColumnsOfAnnotators) {
  const AuditResult result = RunOnly("annotator_agreement", Wide(0.2).Make());
  const std::vector<Finding> bad = Of(result.findings, "annotator");
  ASSERT_EQ(bad.size(), 1u);
  EXPECT_EQ(bad[0].detail["annotator"], "rater_4");
  EXPECT_EQ(bad[0].place.column, "rater_4");
  const std::vector<Finding> wrong = Of(result.findings, "suggested");
  std::vector<int64_t> rows;
  for (const Finding& finding : wrong) rows.push_back(finding.place.row);
  EXPECT_THAT(rows, testing::ElementsAre(0, 40, 80, 120, 160, 200, 240, 280, 320, 360));
  const std::vector<Finding> alpha = Of(result.findings, "alpha");
  ASSERT_EQ(alpha.size(), 1u);
  EXPECT_THAT(alpha[0].message, HasSubstr("4 annotators agree only partly: Krippendorff's alpha"));
  ASSERT_EQ(result.scores.size(), 1u);
  EXPECT_LT(result.scores[0].rows[40], 0.05);
  EXPECT_GT(result.scores[0].rows[41], 0.9);
}

TEST(AnnotatorAgreementTest, GoodAnnotatorsAreLeftAlone) {
  const std::vector<Finding> found = FindingsOf("annotator_agreement", Wide(0.95).Make());
  EXPECT_TRUE(Of(found, "annotator").empty());
  EXPECT_TRUE(Of(found, "alpha").empty());
}

TEST(AnnotatorAgreementTest, ARowForEachItemAndAnnotator) {
  TextCells item, who, mood;
  for (int64_t i = 0; i < 200; ++i) {
    for (int a = 0; a < 3; ++a) {
      Random random(6, Purpose::kSample, a, i);
      item.push_back("clip" + std::to_string(i));
      who.push_back(a == 0 ? "ann@example.org" : "w" + std::to_string(a));
      mood.push_back(kMoods[static_cast<size_t>(random.Below(3))]);
    }
  }
  const Dataset data = TestDataset()
                           .Text("clip", item, FeatureType::kIdentifier)
                           .Text("annotator", who)
                           .Text("mood", mood, FeatureType::kCategory, Role::kTarget)
                           .Make();
  const std::vector<Finding> found = FindingsOf("annotator_agreement", data);
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].severity, Severity::kError);
  EXPECT_THAT(found[0].message, HasSubstr("no better than by chance"));
  EXPECT_EQ(found[0].detail["annotators"], 3);
  for (const Finding& finding : found) {
    EXPECT_EQ(finding.message.find("ann@example.org"), std::string::npos);
  }
}

TEST(AnnotatorAgreementTest, SettingsNameTheColumns) {
  const Dataset data = TestDataset()
                           .Text("first", RandomTexts(90, 1, {"a", "b"}))
                           .Text("second", RandomTexts(90, 2, {"a", "b"}))
                           .Make();
  EXPECT_THAT(SkipReason("annotator_agreement", data), HasSubstr("no columns hold labels"));
  EXPECT_FALSE(FindingsOf("annotator_agreement", data, "{columns: [first, second]}").empty());
  EXPECT_THROW(FindingsOf("annotator_agreement", data, "{columns: [first]}"), Error);
  EXPECT_THROW(FindingsOf("annotator_agreement", data, "{columns: [first, third]}"), Error);
}

TEST(AnnotatorAgreementTest, GradesAreOrdinal) {
  std::vector<double> a = RandomNumbers(300, 1, 5), b = a;
  for (size_t i = 0; i < 300; i += 3) b[i] = a[i] == 4 ? 3 : a[i] + 1;
  const Dataset data = TestDataset().Number("grader1", a).Number("grader2", b).Make();
  EXPECT_TRUE(Of(FindingsOf("annotator_agreement", data), "alpha").empty());
  const std::vector<Finding> nominal =
      Of(FindingsOf("annotator_agreement", data, "{scale: nominal}"), "alpha");
  ASSERT_EQ(nominal.size(), 1u);
  EXPECT_THAT(nominal[0].message, HasSubstr("(nominal)"));
}

}  // namespace
}  // namespace bottega
