#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

using testing::HasSubstr;

std::vector<double> Around(double first, int64_t range) {
  std::vector<double> x = RandomNumbers(300, 1, range);
  for (double& one : x) one += first;
  return x;
}

std::vector<Finding> Of(const std::string& name, std::vector<double> x,
                        const std::map<size_t, double>& odd = {},
                        const std::string& settings = "{}") {
  for (const auto& [row, value] : odd) x[row] = value;
  return FindingsOf("out_of_range", TestDataset().Number(name, x).Make(), settings);
}

TEST(OutOfRangeTest, WhatTheNameSays) {
  const auto found = Of("age", Around(18, 60), {{5, 230}, {8, -4}});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_EQ(found[0].detail["count"], 2);
  EXPECT_THAT(found[0].message, HasSubstr("an age lies between 0 and 125"));
  EXPECT_EQ(Of("discount_percent", Around(0, 80), {{5, 130}}).size(), 1u);
  EXPECT_EQ(Of("latitude", Around(40, 10), {{5, 130}}).size(), 1u);
  EXPECT_EQ(Of("unit_price", Around(0, 80), {{5, -3}}).size(), 1u);
  // Most numbers say otherwise.
  EXPECT_TRUE(Of("age_percent", Around(0, 400)).empty());
  EXPECT_TRUE(Of("change", Around(-40, 80)).empty());
}

TEST(OutOfRangeTest, TurnedSigns) {
  const auto found = Of("x", Around(50, 60), {{5, -70}});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].detail["cells"][0]["after"], "70");
}

TEST(OutOfRangeTest, FarFromAllOthers) {
  EXPECT_EQ(Of("x", Around(50, 70), {{5, 12'000}}).size(), 1u);
  EXPECT_EQ(Of("x", Around(50, 70), {{5, -12'000}}).size(), 1u);
  EXPECT_TRUE(Of("x", Around(50, 70), {{5, 200}}).empty());  // an outlier
  std::vector<double> heavy;
  for (int i = 0; i < 300; ++i) heavy.push_back(std::exp(i / 40.0));
  EXPECT_TRUE(Of("x", heavy).empty());
}

TEST(OutOfRangeTest, WhatIsGiven) {
  const auto found = Of("x", Around(0, 80), {}, "{ranges: {x: [5, null]}}");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kError);
  const Dataset data = TestDataset().Text("sex", RandomTexts(90, 1, {"m", "f", "q"})).Make();
  const auto values = FindingsOf("out_of_range", data, "{values: {sex: [m, f]}}");
  ASSERT_EQ(values.size(), 1u);
  EXPECT_EQ(values[0].detail["suspects"][0]["before"], "q");
  EXPECT_THROW(RunOnly("out_of_range", data, "{ranges: {age: [0, 1]}}"), Error);
  EXPECT_THROW(RunOnly("out_of_range", data, "{ranges: {sex: 1}}"), Error);
}

}  // namespace
}  // namespace bottega
