#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

using testing::HasSubstr;

// Women have fewer years; of those who would be hired, `refused` are not.
Dataset Hires(double refused, bool number = false) {
  TextCells sex, label;
  std::vector<double> years, wage;
  for (int64_t i = 0; i < 4000; ++i) {
    Random random(9, Purpose::kSample, 0, i);
    const bool woman = random.Chance(0.5);
    sex.push_back(woman ? "woman" : "man");
    years.push_back(random.Normal() - (woman ? 0.7 : 0));
    bool hired = random.Uniform() < 1 / (1 + std::exp(-1.5 * years.back()));
    if (woman && random.Chance(refused)) hired = false;
    label.push_back(hired ? "yes" : "no");
    wage.push_back(3 * years.back() + random.Normal() - (woman ? 10 * refused : 0));
  }
  TestDataset data;
  data.Text("sex", sex).Number("years", years);
  if (number) {
    data.Number("wage", wage, Role::kTarget);
  } else {
    data.Text("hired", label, FeatureType::kBinary, Role::kTarget);
  }
  Dataset out = data.Make();
  MakeSensitive(&out, "sex");
  return out;
}

TEST(LabelBiasTest, RefusedThoughAlike) {
  const std::vector<Finding> found = FindingsOf("label_bias", Hires(0.4));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_EQ(found[0].place.column, "sex");
  const Json& group = found[0].detail["groups"][0];
  EXPECT_EQ(group["label"], "yes");
  EXPECT_LT(group["low"], group["value"]);
  EXPECT_LT(std::abs(group["low"].get<double>()), 0.25);
  EXPECT_THAT(found[0].message, HasSubstr("against rows alike in the other columns"));
}

TEST(LabelBiasTest, OtherYearsAreNoBias) {
  EXPECT_EQ(FindingsOf("base_rate_per_group", Hires(0)).size(), 1u);
  EXPECT_TRUE(FindingsOf("label_bias", Hires(0)).empty());
}

TEST(LabelBiasTest, Numbers) {
  EXPECT_TRUE(FindingsOf("label_bias", Hires(0, true)).empty());
  const std::vector<Finding> found = FindingsOf("label_bias", Hires(0.2, true));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_THAT(found[0].message, HasSubstr("standard deviations"));
}

TEST(LabelBiasTest, WhatItCannotJudge) {
  Dataset data = Hires(0);
  data.columns[0].sensitive = false;
  EXPECT_THAT(SkipReason("label_bias", data), HasSubstr("no column is sensitive"));
  Dataset alone = TestDataset()
                      .Text("sex", RandomTexts(300, 1, {"f", "m"}))
                      .Text("y", YesNo(300, 100), FeatureType::kBinary, Role::kTarget)
                      .Make();
  MakeSensitive(&alone, "sex");
  EXPECT_THAT(SkipReason("label_bias", alone), HasSubstr("no other columns"));
}

}  // namespace
}  // namespace bottega
