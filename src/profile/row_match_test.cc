#include "profile/row_match.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "data/test_dataset.h"

namespace bottega {
namespace {

TEST(RowMatchTest, ByAnIdentifierThatBothHave) {
  const Dataset before = TestDataset()
                             .Text("id", {"a", "b", "c"}, FeatureType::kIdentifier)
                             .Number("x", {1, 2, 3})
                             .Text("y", {"no", "no", "yes"})
                             .Make();
  const Dataset after = TestDataset()
                            .Text("id", {"c", "d", "b"}, FeatureType::kIdentifier)
                            .Number("x", {3, 9, 5})
                            .Text("y", {"no", "yes", "no"})
                            .Make();
  const RowMatch match = MatchRows(before, after, {}, "y");
  EXPECT_EQ(match.key, std::vector<std::string>{"id"});
  EXPECT_TRUE(match.same.empty());
  ASSERT_EQ(match.changed.size(), 2u);
  EXPECT_EQ(match.changed[0].before, 2);
  EXPECT_EQ(match.changed[0].columns, std::vector<std::string>{"y"});
  EXPECT_EQ(match.changed[1].columns, std::vector<std::string>{"x"});
  EXPECT_EQ(match.removed, std::vector<int64_t>{0});
  EXPECT_EQ(match.added, std::vector<int64_t>{1});
}

TEST(RowMatchTest, ByContentFindsRelabelledRows) {
  const Dataset before =
      TestDataset().Number("x", {1, 1, 2, 3}).Text("y", {"no", "no", "yes", "no"}).Make();
  const Dataset after =
      TestDataset().Number("x", {3, 1, 2, 1}).Text("y", {"yes", "no", "yes", "no"}).Make();
  const RowMatch match = MatchRows(before, after, {}, "y");
  EXPECT_TRUE(match.key.empty());
  EXPECT_EQ(match.same.size(), 3u);
  ASSERT_EQ(match.changed.size(), 1u);
  EXPECT_EQ(match.changed[0].before, 3);
  EXPECT_EQ(match.changed[0].after, 0);
  EXPECT_TRUE(match.added.empty());
  EXPECT_TRUE(match.removed.empty());
}

TEST(RowMatchTest, AKeyMustBeInBoth) {
  const Dataset data = TestDataset().Number("x", {1}).Make();
  EXPECT_THROW(MatchRows(data, data, {"z"}, ""), Error);
  EXPECT_EQ(MatchRows(data, data, {"x"}, "").same.size(), 1u);
}

}  // namespace
}  // namespace bottega
