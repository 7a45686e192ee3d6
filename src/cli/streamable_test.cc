#include "cli/streamable.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"

namespace bottega {
namespace {

using testing::HasSubstr;
using testing::Not;
using Words = std::vector<std::string>;

Recipe RecipeWith(const Words& sets) {
  return ResolveRecipe("data: {source: table.csv}\n", "bottega.yaml", sets);
}

std::string HintFor(const Words& sets) {
  try {
    RequireStreamable(RecipeWith(sets), "tune");
  } catch (const Error& error) {
    return error.hint();
  }
  return "";
}

TEST(StreamHindrances, NetworksHaveNone) {
  EXPECT_TRUE(StreamHindrances(RecipeWith({"model=mlp", "train.balance=weights"})).empty());
  EXPECT_EQ(HintFor({"model=mlp"}), "");
}

TEST(StreamHindrances, AreGoneWithWhatEachSays) {
  const Words given = {"train.balance=oversample", "train.sample_weights=audit", "split.folds=3",
                       "train.seeds=2"};
  Words sets = given;
  const std::vector<StreamHindrance> found = StreamHindrances(RecipeWith(given));
  EXPECT_EQ(found.size(), given.size() + 1);  // and `model: auto`
  for (const StreamHindrance& one : found)
    sets.insert(sets.end(), one.sets.begin(), one.sets.end());
  EXPECT_TRUE(StreamHindrances(RecipeWith(sets)).empty());
}

TEST(RequireStreamable, HintsAtTheWholeCommand) {
  EXPECT_EQ(HintFor({"train.max_rss=4M"}), "bottega tune --set train.max_rss=4M --set model=mlp");
  EXPECT_THAT(HintFor({"train.max_rss=4M"}), Not(HasSubstr("never")));
  EXPECT_THAT(HintFor({"train.stream=always"}),
              HasSubstr("bottega tune --set train.stream=always --set train.stream=never"));
}

}  // namespace
}  // namespace bottega
