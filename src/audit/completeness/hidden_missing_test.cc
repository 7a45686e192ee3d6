#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"
#include "data/open.h"
#include "data/values.h"

namespace bottega {
namespace {

using testing::HasSubstr;

constexpr int64_t kRows = 400;

std::vector<double> With(std::vector<double> numbers, double code, int64_t step) {
  for (size_t i = 0; i < numbers.size(); i += static_cast<size_t>(step)) numbers[i] = code;
  return numbers;
}

std::vector<Finding> OfNumbers(const std::vector<double>& numbers, const std::string& name = "x") {
  return FindingsOf("hidden_missing", TestDataset().Number(name, numbers).Make());
}

TEST(HiddenMissingTest, CodesFarFromAllOthers) {
  for (const double code : {-999.0, -99.0, 9999.0, 99999.0, -9999.0}) {
    const auto found = OfNumbers(With(RandomNumbers(kRows, 1, 80), code, 40));
    ASSERT_EQ(found.size(), 1u) << code;
    EXPECT_EQ(found[0].detail["value"], NumberText(code));
    EXPECT_EQ(found[0].detail["count"], 10);
    EXPECT_EQ(found[0].severity, Severity::kWarning);
    EXPECT_TRUE(found[0].detail["cells"][0]["after"].is_null());
    EXPECT_THAT(found[0].message, HasSubstr("10 times"));
  }
}

TEST(HiddenMissingTest, TheOnlyNegativeNumber) {
  EXPECT_EQ(OfNumbers(With(RandomNumbers(kRows, 1, 300), -1, 20)).size(), 1u);
  // One of many negative ones, and one of few values.
  std::vector<double> both = RandomNumbers(kRows, 1, 80);
  for (double& x : both) x -= 40;
  EXPECT_TRUE(OfNumbers(both).empty());
  EXPECT_TRUE(OfNumbers(With(RandomNumbers(kRows, 1, 2), -1, 3)).empty());
}

TEST(HiddenMissingTest, ZeroWhereNothingIsNearIt) {
  std::vector<double> pressure = RandomNumbers(kRows, 1, 60);
  for (double& x : pressure) x += 90;
  const auto found = OfNumbers(With(pressure, 0, 25), "blood_pressure");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].detail["value"], "0");
  EXPECT_TRUE(OfNumbers(RandomNumbers(kRows, 1, 60)).empty());
  EXPECT_TRUE(OfNumbers(With(pressure, 0, 25), "visits_count").empty());
  // Mostly zero: an event that is rare.
  std::vector<double> rare(kRows, 0.0);
  for (size_t i = 0; i < 90; ++i) rare[i] = 1000 + 13.0 * static_cast<double>(i);
  EXPECT_TRUE(OfNumbers(rare).empty());
}

TEST(HiddenMissingTest, TrueValuesThatLookLikeCodes) {
  EXPECT_TRUE(OfNumbers(RandomNumbers(kRows, 1, 100)).empty());  // 99 among 0 to 99
  EXPECT_TRUE(OfNumbers(RandomNumbers(kRows, 1, 20'000)).empty());
  std::vector<double> once = RandomNumbers(kRows, 1, 50);
  once[7] = 999;  // a single one is an outlier
  EXPECT_TRUE(OfNumbers(once).empty());
}

TEST(HiddenMissingTest, RoundDatesApart) {
  std::vector<std::optional<int64_t>> dates;
  for (const double day : RandomNumbers(kRows, 1, 700)) {
    dates.push_back((19'000 + static_cast<int64_t>(day)) * 86'400'000'000);
  }
  EXPECT_TRUE(FindingsOf("hidden_missing", TestDataset().Dates("seen", dates).Make()).empty());
  dates[3] = dates[9] = -25'567 * int64_t{86'400'000'000};      // 1900-01-01
  dates[11] = dates[12] = 2'932'896 * int64_t{86'400'000'000};  // 9999-12-31
  const auto found = FindingsOf("hidden_missing", TestDataset().Dates("seen", dates).Make());
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].detail["value"], "1900-01-01");
  EXPECT_EQ(found[1].detail["value"], "9999-12-31");
}

TEST(HiddenMissingTest, WordsWithWhatSpeaksForThem) {
  TextCells city = RandomTexts(kRows, 2, {"Rome", "Bari", "Como"});
  city[0] = "unknown";
  for (int64_t i = 20; i < 60; ++i) city[static_cast<size_t>(i)] = "-";
  TextCells code = RandomTexts(kRows, 3, {"A1", "B2", "C3"});
  code[5] = "unknown";
  const Dataset data = TestDataset().Text("city", city).Text("code", code).Make();
  const std::vector<Finding> found = FindingsOf("hidden_missing", data);
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].detail["value"], "unknown");
  EXPECT_EQ(found[0].severity, Severity::kInfo);
  EXPECT_EQ(found[1].detail["value"], "-");
  EXPECT_EQ(found[1].severity, Severity::kWarning);
  EXPECT_THAT(found[2].message, HasSubstr("the other values hold numbers, it stands in 2 columns"));
  EXPECT_GT(found[2].confidence, found[0].confidence);
  EXPECT_THAT(found[1].fix, HasSubstr("data.missing"));
}

TEST(HiddenMissingTest, SignsThatMeanSomethingAreNoGaps) {
  const Dataset data = TestDataset().Text("rhesus", RandomTexts(kRows, 3, {"+", "-"})).Make();
  EXPECT_TRUE(FindingsOf("hidden_missing", data).empty());
}

TEST(HiddenMissingTest, OneDigitAmongCodes) {
  TextCells phone;
  for (const double n : RandomNumbers(kRows, 4)) {
    phone.push_back("555-01" + std::to_string(10'000 + static_cast<int>(n) % 80'000));
  }
  phone[8] = "000-000-0000";
  const Dataset data = TestDataset().Text("phone", phone).Make();
  const std::vector<Finding> found = FindingsOf("hidden_missing", data);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].detail["value"], "000-000-0000");
}

TEST(HiddenMissingTest, WordsAmongNumbersWereReadAsMissing) {
  const TemporaryFolder folder;
  std::string csv = "x,y\n";
  for (int i = 0; i < 100; ++i) {
    csv += (i % 10 == 0 ? "empty" : std::to_string(i * 7 % 83)) + (i % 2 ? ",a\n" : ",b\n");
  }
  WriteFileAtomic(folder.path() / "a.csv", csv);
  const auto found = FindingsOf("hidden_missing", InferDataset(folder.path() / "a.csv", "y").data);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_THAT(found[0].message, HasSubstr("'x' says 'empty' in 10 rows; it was read as missing"));
}

}  // namespace
}  // namespace bottega
