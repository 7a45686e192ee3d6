#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

TextCells Half(const std::vector<std::string>& words) {
  TextCells cells;
  for (int i = 0; i < 200; ++i) {
    cells.push_back(i % 2 ? std::to_string(i * 7 % 90)
                          : words[static_cast<size_t>(i / 2) % words.size()]);
  }
  return cells;
}

TEST(MixedTypesTest, NumbersAndWords) {
  const Dataset data = TestDataset().Text("x", Half({"twelve", "unclear", "many"})).Make();
  const auto found = FindingsOf("mixed_types", data);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].detail["suspects"].size(), 100u);
  EXPECT_EQ(found[0].message,
            "'x' holds numbers in 50.0 % of its cells and words in 100 rows, as 'twelve'");
}

TEST(MixedTypesTest, CodesAreNoMixture) {
  EXPECT_TRUE(
      FindingsOf("mixed_types", TestDataset().Text("x", Half({"V70", "E12"})).Make()).empty());
  EXPECT_TRUE(FindingsOf("mixed_types",
                         TestDataset().Text("x", RandomTexts(90, 1, {"1", "2", "other"})).Make())
                  .empty());
  const Dataset numbers = TestDataset().Number("x", RandomNumbers(9, 1)).Make();
  EXPECT_EQ(SkipReason("mixed_types", numbers), "no column holds categories or text");
}

}  // namespace
}  // namespace bottega
