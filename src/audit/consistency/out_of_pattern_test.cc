#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"
#include "data/open.h"

namespace bottega {
namespace {

using testing::HasSubstr;

TextCells Phones() {
  TextCells cells;
  for (const double x : RandomNumbers(200, 1, 90)) {
    cells.push_back("256593" + std::to_string(8310 + static_cast<int>(x)));
  }
  return cells;
}

std::vector<Finding> Of(const TextCells& cells, const std::string& settings = "{}") {
  return FindingsOf("out_of_pattern", TestDataset().Text("x", cells).Make(), settings);
}

TEST(OutOfPatternTest, LettersAmongDigits) {
  TextCells cells = Phones();
  cells[7] = "25x59383x0";
  cells[9] = "256-593 83";
  const auto found = Of(cells);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_EQ(found[0].detail["count"], 2);
  EXPECT_EQ(found[0].place.row, 7);
}

TEST(OutOfPatternTest, TheOnlyValueThatFitsIsProposed) {
  TextCells cells;
  for (int i = 0; i < 200; ++i) cells.push_back(std::to_string(i % 4 * 30 + 5) + "%");
  cells[3] = "x5%";  // 35, 65 or 95
  cells[50] = "1x%";
  cells[70] = "9x%";
  const auto found = Of(cells);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].detail["suspects"].size(), 2u);
  ASSERT_EQ(found[0].detail["cells"].size(), 1u);
  EXPECT_EQ(found[0].detail["cells"][0]["after"], "95%");
}

TEST(OutOfPatternTest, AnotherLengthAndALostZero) {
  TextCells cells;
  for (int i = 0; i < 200; ++i) cells.push_back("0" + std::to_string(2100 + i % 50));
  cells[5] = "2139";
  cells[6] = "021399";
  const auto found = Of(cells);
  ASSERT_EQ(found.size(), 1u);
  ASSERT_EQ(found[0].detail["cells"].size(), 1u);
  EXPECT_EQ(found[0].detail["cells"][0]["after"], "02139");
  EXPECT_EQ(found[0].detail["suspects"][0]["before"], "021399");
}

TEST(OutOfPatternTest, CellsThatNumberColumnsCouldNotRead) {
  const TemporaryFolder folder;
  std::string csv = "x,y\n";
  for (int i = 0; i < 200; ++i) {
    csv += (i == 50   ? "7x9"
            : i == 60 ? "none"
                      : std::to_string(i * 7 % 90)) +
           (i % 2 ? ",a\n" : ",b\n");
  }
  WriteFileAtomic(folder.path() / "a.csv", csv);
  const auto found = FindingsOf("out_of_pattern", InferDataset(folder.path() / "a.csv", "y").data);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].place.row, 50);
  EXPECT_EQ(found[0].detail["suspects"].size(), 1u);
}

TEST(OutOfPatternTest, PatternsThatAreGiven) {
  TextCells cells = Phones();
  cells[3] = "n/a?";
  const auto found = Of(cells, "{patterns: {x: '[0-9]{10}'}}");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kError);
  EXPECT_EQ(found[0].confidence, 1);
  const Dataset data = TestDataset().Text("x", cells).Make();
  EXPECT_THROW(RunOnly("out_of_pattern", data, "{patterns: {x: '[0-9'}}"), Error);
  EXPECT_THROW(RunOnly("out_of_pattern", data, "{patterns: {z: '[0-9]'}}"), Error);
}

TEST(OutOfPatternTest, TextsAndAddressesAreLeftAlone) {
  TextCells address, name, cabin;
  for (int i = 0; i < 200; ++i) {
    address.push_back(i % 50 == 0 ? "12B Main"
                                  : std::to_string(i) + (i % 3   ? " Main Street"
                                                         : i % 2 ? " Elm St North"
                                                                 : " Rd"));
    name.push_back(i % 40 == 0 ? "St-Denis" : i % 2 ? "New York" : "Rome");
    cabin.push_back(i % 9 == 0 ? "C23 C25 C27" : "C" + std::to_string(i));
  }
  EXPECT_TRUE(Of(address).empty());
  EXPECT_TRUE(Of(name).empty());
  EXPECT_TRUE(Of(cabin).empty());
  EXPECT_TRUE(Of(Phones()).empty());
}

}  // namespace
}  // namespace bottega
