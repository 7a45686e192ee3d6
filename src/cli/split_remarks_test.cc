#include "cli/split_remarks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bottega {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// What is said where all three settings are given.
std::vector<std::string> Said(const std::string& asked, const std::string& became,
                              FeatureType target, const Json& folds = nullptr) {
  Recipe recipe;
  recipe.value = {{"split", {{"method", asked}, {"folds", folds}}}};
  for (const char* name : {"seed", "bins", "rare_classes"}) {
    recipe.origin[std::string("split.") + name] = "bottega.yaml:3:7";
  }
  recipe.origin["split.method"] = "default";
  const Column column{.name = "target", .type = target};
  std::vector<std::string> said;
  for (const Problem& remark : SplitRemarks(recipe, &column, became)) {
    EXPECT_EQ(remark.place.file, "bottega.yaml");
    EXPECT_EQ(remark.place.line, 3);
    said.push_back(remark.message);
  }
  return said;
}

constexpr const char* kSeedByTime = "'split.seed' is ignored because the rows are split by time";
constexpr const char* kBinsByTime = "'split.bins' is ignored because the rows are split by time";
constexpr const char* kBinsOfClasses = "'split.bins' is ignored because the target is no number";
constexpr const char* kRareByTime =
    "'split.rare_classes' is ignored because the rows are split by time";
constexpr const char* kRareOfNumbers =
    "'split.rare_classes' is ignored because the target is a number";

TEST(SplitRemarks, OfWhatAutoBecame) {
  EXPECT_THAT(Said("auto", "time", FeatureType::kCategory),
              ElementsAre(kSeedByTime, kBinsOfClasses, kRareByTime));
  EXPECT_THAT(Said("auto", "time", FeatureType::kNumber),
              ElementsAre(kSeedByTime, kBinsByTime, kRareOfNumbers));
  EXPECT_THAT(Said("auto", "stratified", FeatureType::kCategory), ElementsAre(kBinsOfClasses));
  EXPECT_THAT(Said("auto", "grouped", FeatureType::kNumber), ElementsAre(kRareOfNumbers));
}

TEST(SplitRemarks, LeavesWhatTheSpecSaysToIt) {
  EXPECT_THAT(Said("time", "time", FeatureType::kNumber), IsEmpty());
  EXPECT_THAT(Said("random", "random", FeatureType::kCategory), IsEmpty());
}

TEST(SplitRemarks, FoldsAreDealtWhereThePartsAreGiven) {
  EXPECT_EQ(Said("auto", "given", FeatureType::kNumber).size(), 3U);
  EXPECT_THAT(Said("auto", "given", FeatureType::kNumber, 5), ElementsAre(kRareOfNumbers));
}

TEST(SplitRemarks, NothingOfDefaults) {
  Recipe recipe;
  recipe.value = {{"split", {{"method", "auto"}, {"folds", nullptr}}}};
  recipe.origin = {{"split.seed", "default"}, {"split.bins", "default"}};
  EXPECT_THAT(SplitRemarks(recipe, nullptr, "time"), IsEmpty());
}

}  // namespace
}  // namespace bottega
