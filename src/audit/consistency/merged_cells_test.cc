#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

TEST(MergedCellsTest, BothCellsAreParted) {
  TextCells city = RandomTexts(200, 1, {"Denver", "Saint Louis", "Portland"});
  TextCells state = RandomTexts(200, 2, {"CO", "MO", "OR", "ME"});
  for (size_t i = 0; i < 200; i += 25) {
    city[i] = *city[i] + (i % 50 ? " " : ", ") + *state[i];
    state[i] = std::nullopt;
  }
  const Dataset data = TestDataset().Text("city", city).Text("state", state).Make();
  const auto found = FindingsOf("merged_cells", data);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].detail["cells"].size(), 16u);
  const Json& first = found[0].detail["cells"][0];
  const std::string before = first["before"], after = first["after"];
  EXPECT_EQ(before.substr(0, after.size()), after);
  EXPECT_EQ(found[0].detail["cells"][1]["column"], "state");
}

TEST(MergedCellsTest, WordsThatBelongThere) {
  // The word is there whether the neighbour is empty or not.
  TextCells product = RandomTexts(200, 1, {"shirt red", "shirt blue", "hat red", "sock"});
  TextCells colour = RandomTexts(200, 2, {"red", "blue"});
  for (size_t i = 0; i < 200; i += 20) colour[i] = std::nullopt;
  const Dataset data = TestDataset().Text("product", product).Text("colour", colour).Make();
  EXPECT_TRUE(FindingsOf("merged_cells", data).empty());
  const Dataset full = TestDataset().Text("a", RandomTexts(9, 1, {"u", "v"})).Make();
  EXPECT_EQ(SkipReason("merged_cells", full),
            "no text column with empty cells has another beside it");
}

}  // namespace
}  // namespace bottega
