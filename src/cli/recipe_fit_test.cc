#include "cli/recipe_fit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/test_dataset.h"

namespace bottega {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Dataset TwoClasses() {
  return TestDataset()
      .Number("x", {1, 2, 3, 4})
      .Text("t", TextCells{"a", "b", "a", "b"}, FeatureType::kCategory, Role::kTarget)
      .Make();
}

Recipe RecipeOf(const std::string& yaml) {
  return ResolveRecipe("data: {source: a.csv, target: t}\n" + yaml, "bottega.yaml", {});
}

std::vector<std::string> Ignored(const std::string& yaml) {
  std::vector<std::string> said;
  for (const Problem& remark : IgnoredBy(RecipeOf(yaml), TwoClasses())) {
    said.push_back(remark.message);
  }
  return said;
}

TEST(RecipeFit, FreezingNormsActsWhereAModelHasBatchNorms) {
  const std::string frozen = "\ntrain: {freeze_norm: 2}\n";
  EXPECT_THAT(Ignored("model: resmlp" + frozen), IsEmpty());
  EXPECT_THAT(Ignored("model: {name: mlp, norm: batch}" + frozen), IsEmpty());
  EXPECT_THAT(Ignored("model: {name: mlp, norm: layer}" + frozen),
              ElementsAre("'train.freeze_norm' is ignored because the model has no batch norm"));
}

TEST(RecipeFit, WhatModelsWithoutChanceOrClassesIgnore) {
  EXPECT_THAT(Ignored("model: {name: majority, of_values: median}\ntrain: {seeds: 3}\n"),
              ElementsAre("'model.of_values' is ignored because the target is a class",
                          "'train.seeds' repeats one and the same training because the model is "
                          "'majority'"));
  EXPECT_THAT(Ignored("model: boosted_trees\ntrain: {seeds: 3}\n"), IsEmpty());
  EXPECT_THAT(Ignored("model: linear\ntrain: {seeds: 1}\n"), IsEmpty());
}

TEST(RecipeFit, ScoresToCompareByAreThoseThatEachEpochComputes) {
  const auto why = [](const std::string& score, const std::string& yaml = "") -> std::string {
    try {
      RequireComputed("tune.metric", score, RecipeOf(yaml), TwoClasses());
      return "";
    } catch (const Error& error) {
      return error.message();
    }
  };
  EXPECT_EQ(why("validation.loss"), "");
  EXPECT_EQ(why("validation.f1_macro"), "");
  EXPECT_THAT(why("test.f1"), HasSubstr("the validation part"));
  EXPECT_THAT(why("validation.rmse"), HasSubstr("not for a classification"));
  EXPECT_THAT(why("validation.per_class.c.f1"), HasSubstr("no class 'c'"));
  EXPECT_THAT(why("validation.per_class.a.f1"), HasSubstr("only where early stopping watches"));
  EXPECT_EQ(why("validation.per_class.a.f1",
                "train: {early_stopping: {metric: [validation.per_class.a.f1]}}"),
            "");
}

}  // namespace
}  // namespace bottega
