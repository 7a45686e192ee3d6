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
  EXPECT_LE(found.size(), 10u);
  for (const Finding& finding : found) EXPECT_EQ(finding.severity, Severity::kInfo);
}

TEST(SuspiciousLabelsTest, WhatPeopleDecidedMakesRoomForTheNext) {
  const Dataset data = Clouds({}, 1.2);
  const std::vector<Finding> first = FindingsOf("suspicious_labels", data);
  ASSERT_EQ(first.size(), 10u);
  AuditMemory memory{.today = "2026-11-30"};
  for (const Finding& finding : first) {
    memory.reviewed[finding.place.row] = {"the label was confirmed", "Ada"};
  }
  const Json section =
      ResolveSection(AuditSection(), "checks: [suspicious_labels]", {CheckSpecs()});
  const AuditResult second = RunAudit(data, section, {.memory = &memory});
  ASSERT_GT(second.findings.size(), 10u);
  EXPECT_EQ(second.checks[0].waived, 10);
  for (const Finding& finding : second.findings) {
    ASSERT_EQ(finding.waived.has_value(), memory.reviewed.contains(finding.place.row));
    if (!finding.waived) continue;
    EXPECT_EQ(finding.waived->by, "Ada");
    EXPECT_EQ(UntilText(*finding.waived), "");
  }
}

TEST(SuspiciousLabelsTest, NeedsClassesRowsAndColumns) {
  const Dataset number = TestDataset().Number("y", RandomNumbers(90, 1), Role::kTarget).Make();
  EXPECT_EQ(SkipReason("suspicious_labels", number), "fewer than 100 rows");
  const Dataset lonely = TestDataset().Number("y", RandomNumbers(200, 1), Role::kTarget).Make();
  EXPECT_THAT(SkipReason("suspicious_labels", lonely), HasSubstr("no columns"));
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

// y follows x and z closely; in the rows of `wrong` it is ten times too large.
Dataset Values(const std::set<int64_t>& wrong) {
  std::vector<double> x, z, y;
  for (int64_t i = 0; i < 1000; ++i) {
    Random random(4, Purpose::kSample, 0, i);
    x.push_back(random.Uniform());
    z.push_back(random.Uniform());
    y.push_back((100 + 50 * x.back() - 30 * z.back() + 2 * random.Normal()) *
                (wrong.contains(i) ? 10 : 1));
  }
  return TestDataset().Number("x", x).Number("z", z).Number("y", y, Role::kTarget).Make();
}

TEST(SuspiciousLabelsTest, NumbersThatAreFarFromTheirPrediction) {
  EXPECT_LE(FindingsOf("suspicious_labels", Values({})).size(), 1u);
  const std::set<int64_t> wrong = {3, 500, 501, 760};
  std::set<int64_t> rows;
  for (const Finding& finding : FindingsOf("suspicious_labels", Values(wrong))) {
    rows.insert(finding.place.row);
    EXPECT_GT(finding.detail["given"].get<double>(), finding.detail["suggested"].get<double>());
  }
  for (const int64_t row : wrong) EXPECT_TRUE(rows.contains(row)) << row;
  EXPECT_LE(rows.size(), wrong.size() + 1);
}

TEST(SuspiciousLabelsTest, TextsAreJudgedByTheirWords) {
  const std::vector<std::string> good = {"lovely", "great", "moving", "warm", "funny"};
  const std::vector<std::string> bad = {"dull", "awful", "lifeless", "cold", "tedious"};
  TextCells texts, labels;
  for (int64_t i = 0; i < 400; ++i) {
    Random random(6, Purpose::kSample, 0, i);
    const std::vector<std::string>& words = i % 2 == 0 ? good : bad;
    std::string text = "number " + std::to_string(i);
    for (int w = 0; w < 3; ++w) text += " " + words[static_cast<size_t>(random.Below(5))];
    texts.push_back(text);
    labels.push_back((i % 2 == 0) != (i == 77 || i == 300) ? "yes" : "no");
  }
  const Dataset data = TestDataset()
                           .Text("review", texts, FeatureType::kText)
                           .Text("y", labels, FeatureType::kBinary, Role::kTarget)
                           .Make();
  std::set<int64_t> rows;
  for (const Finding& finding : FindingsOf("suspicious_labels", data)) {
    rows.insert(finding.place.row);
    EXPECT_EQ(finding.detail["judged_by"], "a linear model of the words");
  }
  EXPECT_EQ(rows, (std::set<int64_t>{77, 300}));
}

TEST(SuspiciousLabelsTest, RulesOfConfidentLearningCanBeChosen) {
  const std::set<int64_t> wrong = {8, 77, 150, 151};
  for (const std::string filter : {"prune_by_class", "prune_by_noise_rate", "both", "confident"}) {
    std::set<int64_t> rows;
    for (const Finding& f :
         FindingsOf("suspicious_labels", Clouds(wrong), "{filter: " + filter + "}")) {
      rows.insert(f.place.row);
    }
    EXPECT_EQ(rows, wrong) << filter;
  }
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
