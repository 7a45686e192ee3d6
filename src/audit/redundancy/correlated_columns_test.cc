#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

using testing::HasSubstr;

constexpr int64_t kRows = 2'000;

// `of` with noise `spread` times as wide as 100,000 numbers are.
std::vector<double> Noisy(const std::vector<double>& of, double spread, int64_t stream) {
  std::vector<double> out = RandomNumbers(static_cast<int64_t>(of.size()), stream);
  for (size_t i = 0; i < out.size(); ++i) out[i] = of[i] + spread * out[i];
  return out;
}

TEST(CorrelatedColumns, NamesPairsOfEveryKindTheStrongestFirst) {
  const std::vector<double> x = RandomNumbers(kRows, 1);
  std::vector<double> falling;
  for (const double v : Noisy(x, 0.2, 2)) falling.push_back(std::exp(-v / 20'000));
  TextCells band, echo;
  const TextCells other = RandomTexts(kRows, 3, {"p", "q", "r"});
  for (int64_t i = 0; i < kRows; ++i) {
    const auto at = static_cast<size_t>(i);
    band.push_back(x[at] < 30'000 ? "low" : x[at] < 60'000 ? "mid" : "high");
    echo.push_back(i % 10 == 0 ? "p" : *other[at] + "2");
  }
  const Dataset data = TestDataset()
                           .Number("x", x)
                           .Number("falling", falling)
                           .Text("band", band)
                           .Text("other", other)
                           .Text("echo", echo)
                           .Number("alone", RandomNumbers(kRows, 4))
                           .Make();
  const std::vector<Finding> found = FindingsOf("correlated_columns", data);
  ASSERT_EQ(found.size(), 4u);
  for (const Finding& finding : found) {
    EXPECT_EQ(finding.severity, Severity::kInfo);
    EXPECT_LE(finding.detail["low"], finding.detail["value"]);
    EXPECT_GE(finding.detail["high"], finding.detail["value"]);
  }
  std::set<std::pair<std::string, std::string>> pairs;
  for (const Finding& finding : found) {
    pairs.emplace(finding.detail["with"].get<std::string>(), finding.place.column);
  }
  EXPECT_EQ(pairs, (std::set<std::pair<std::string, std::string>>{
                       {"x", "falling"}, {"x", "band"}, {"falling", "band"}, {"other", "echo"}}));
  const auto falling_pair =
      std::ranges::find(found, "falling", [](const Finding& f) { return f.place.column; });
  EXPECT_THAT(falling_pair->message,
              HasSubstr("'x' and 'falling' go together, one falling: Spearman's correlation 0.9"));
  for (size_t i = 1; i < found.size(); ++i) {
    EXPECT_LE(found[i].detail["value"], found[i - 1].detail["value"]);
  }
}

TEST(CorrelatedColumns, LeavesWeakTiesAndCopiesAlone) {
  const std::vector<double> x = RandomNumbers(kRows, 1);
  std::vector<double> twice;
  for (const double v : x) twice.push_back(2 * v);
  TextCells name, code;
  for (const double v : RandomNumbers(kRows, 3, 40)) {
    name.push_back("name " + std::to_string(v));
    code.push_back("code " + std::to_string(-v));
  }
  const Dataset data = TestDataset()
                           .Number("x", x)
                           .Number("twice", twice)
                           .Number("weak", Noisy(x, 3, 2))
                           .Text("name", name)
                           .Text("code", code)
                           .Make();
  EXPECT_TRUE(FindingsOf("correlated_columns", data).empty());
  EXPECT_EQ(FindingsOf("correlated_columns", data, "{strength: 0.2}").size(), 2u);
}

TEST(CorrelatedColumns, LooksAtRowsInWhichBothAreFilled) {
  std::vector<double> x = RandomNumbers(kRows, 1), y = Noisy(x, 0.1, 2);
  for (size_t i = 0; i < y.size(); i += 2) y[i] = kMissing;
  const std::vector<Finding> found =
      FindingsOf("correlated_columns", TestDataset().Number("x", x).Number("y", y).Make());
  ASSERT_EQ(found.size(), 1u);
  EXPECT_GT(found[0].detail["value"].get<double>(), 0.98);
  for (size_t i = 0; i < y.size(); ++i) (i % 2 == 0 ? y[i] : x[i]) = kMissing;
  EXPECT_TRUE(
      FindingsOf("correlated_columns", TestDataset().Number("x", x).Number("y", y).Make()).empty());
}

TEST(CorrelatedColumns, TellsManyPairsTogether) {
  const std::vector<double> x = RandomNumbers(kRows, 1);
  TestDataset data;
  for (int64_t c = 0; c < 8; ++c) data.Number("x" + std::to_string(c), Noisy(x, 0.3, 2 + c));
  const std::vector<Finding> found = FindingsOf("correlated_columns", data.Make());
  ASSERT_EQ(found.size(), 21u);  // 28 pairs
  EXPECT_THAT(found[20].message, HasSubstr("8 more pairs of columns go together"));
  EXPECT_EQ(SkipReason("correlated_columns", TestDataset().Number("x", x).Make()),
            "there are fewer than two columns to compare");
}

}  // namespace
}  // namespace bottega
