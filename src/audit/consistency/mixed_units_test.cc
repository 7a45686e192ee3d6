#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"
#include "data/open.h"

namespace bottega {
namespace {

using testing::HasSubstr;

TextCells Weights(const std::map<size_t, std::string>& odd) {
  TextCells cells;
  for (const double x : RandomNumbers(100, 1, 50)) {
    cells.push_back(std::to_string(40 + static_cast<int>(x)) + " kg");
  }
  for (const auto& [row, text] : odd) cells[row] = text;
  return cells;
}

std::vector<Finding> Of(const TextCells& cells) {
  return FindingsOf("mixed_units", TestDataset().Text("x", cells).Make());
}

std::map<int64_t, Json> ByRow(const Finding& finding) {
  std::map<int64_t, Json> rows;
  for (const char* list : {"cells", "suspects"}) {
    if (!finding.detail.contains(list)) continue;
    for (const Json& cell : finding.detail[list]) rows[cell["row"].get<int64_t>()] = cell;
  }
  return rows;
}

TEST(MixedUnitsTest, OtherUnitsAreConverted) {
  const auto found = Of(Weights({{3, "70000 g"}, {4, "154.3235835 lb"}, {5, "61"}}));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kError);
  EXPECT_THAT(found[0].message, HasSubstr("g in 1, kg in 97, lb in 1"));
  auto rows = ByRow(found[0]);
  EXPECT_EQ(rows[3]["after"], "70");
  EXPECT_NEAR(std::stod(rows[4]["after"].get<std::string>()), 70, 1e-6);
  EXPECT_FALSE(rows[5].contains("after"));  // nobody knows
}

TEST(MixedUnitsTest, OneUnitWrittenInSeveralWays) {
  TextCells cells;
  for (int i = 0; i < 90; ++i) {
    cells.push_back(std::string(i % 2 ? "12.0" : "16.0") + (i % 3 == 0   ? " oz"
                                                            : i % 3 == 1 ? " OZ."
                                                                         : " ounces"));
  }
  const auto found = Of(cells);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_EQ(found[0].detail["count"], 90);
  EXPECT_EQ(ByRow(found[0])[1]["after"], "12");
}

TEST(MixedUnitsTest, CurrenciesAreNeverConverted) {
  TextCells cells;
  for (int i = 0; i < 60; ++i) {
    cells.push_back((i % 20 == 7 ? "€" : "$") + std::to_string(100 + i));
  }
  const auto found = Of(cells);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kError);
  EXPECT_EQ(found[0].detail["suspects"].size(), 3u);
  EXPECT_THAT(found[0].fix, HasSubstr("one currency"));
}

class MixedUnitsFileTest : public testing::Test {
 protected:
  std::vector<Finding> Read(const std::function<std::string(int)>& cell) {
    std::string csv = "x,y\n";
    for (int i = 0; i < 200; ++i) csv += cell(i) + (i % 2 ? ",a\n" : ",b\n");
    WriteFileAtomic(folder_.path() / "a.csv", csv);
    return FindingsOf("mixed_units", InferDataset(folder_.path() / "a.csv", "y").data);
  }
  TemporaryFolder folder_;
};

std::string Share(int i) { return "0." + std::to_string(10 + i * 37 % 80); }

TEST_F(MixedUnitsFileTest, PerCentSignsThatSayNothing) {
  const auto found = Read([](int i) { return Share(i) + (i % 4 == 0 ? "%" : ""); });
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_EQ(found[0].detail["count"], 50);
  EXPECT_EQ(found[0].detail["cells"][0]["written"], "0.10%");
  EXPECT_EQ(found[0].detail["cells"][0]["after"], "0.1");
}

TEST_F(MixedUnitsFileTest, PerCentSignsThatMeanAHundredth) {
  const auto found =
      Read([](int i) { return i % 4 == 0 ? std::to_string(10 + i * 37 % 80) + "%" : Share(i); });
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kError);
  EXPECT_EQ(found[0].detail["cells"][0]["after"], "0.1");
}

TEST_F(MixedUnitsFileTest, AFewUnitsAmongPlainNumbers) {
  const auto found =
      Read([](int i) { return std::to_string(i * 7 % 90) + (i % 50 == 0 ? " kg" : ""); });
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].detail["count"], 4);
  EXPECT_TRUE(found[0].detail["cells"][0]["before"].is_null());
  EXPECT_EQ(found[0].detail["cells"][0]["after"], "0");
}

TEST(MixedUnitsTest, NoUnitsNoMixture) {
  EXPECT_TRUE(Of(Weights({})).empty());  // one unit throughout
  TextCells patients, floors, seats;
  for (int i = 0; i < 100; ++i) {
    patients.push_back(std::to_string(i) + (i == 1 ? " patient" : " patients"));
    floors.push_back(std::to_string(i % 9 + 4) + "th");
    seats.push_back(std::to_string(i % 30 + 1) + std::string(1, static_cast<char>('A' + i % 6)));
  }
  EXPECT_TRUE(Of(patients).empty());
  EXPECT_TRUE(Of(floors).empty());
  EXPECT_TRUE(Of(seats).empty());
}

}  // namespace
}  // namespace bottega
