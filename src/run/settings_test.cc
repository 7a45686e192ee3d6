#include "run/settings.h"

#include <gtest/gtest.h>

namespace bottega {
namespace {

TEST(Settings, ComponentsInListsGoByTheirNames) {
  const Json recipe = Json::parse(R"({"audit": {"x": 1}, "model": {"name": "mlp", "hidden": [4, 2]},
      "clean": {"steps": [{"name": "impute", "numbers": "median"}, {"name": "scale"}]},
      "augment": [], "use": {"owner": ""}})");
  const auto all = FlatSettings(recipe);
  EXPECT_EQ(all.at("audit.x"), 1);
  EXPECT_EQ(all.at("model.hidden"), Json({4, 2}));
  EXPECT_EQ(all.at("clean.steps.impute.numbers"), "median");
  EXPECT_EQ(all.at("augment"), Json::array());
  const auto model = ModelSettings(recipe);
  EXPECT_FALSE(model.contains("audit.x"));
  EXPECT_FALSE(model.contains("use.owner"));
  EXPECT_EQ(model.at("model.name"), "mlp");
}

TEST(Settings, OriginsAreThoseOfTheNearestPathAbove) {
  const Json origin = {{"train.optimizer", "bottega.yaml:3:4"}, {"train.epochs", "--set"}};
  EXPECT_EQ(OriginOf(origin, "train.optimizer.lr"), "bottega.yaml:3:4");
  EXPECT_EQ(OriginOf(origin, "train.epochs"), "--set");
  EXPECT_EQ(OriginOf(origin, "train.batch"), "default");
  EXPECT_TRUE(IsNamed("--set"));
  EXPECT_FALSE(IsNamed("chosen for the data"));
}

TEST(Settings, TheDigestIsOfTheContent) {
  EXPECT_EQ(RecipeDigest(Json::parse(R"({"a": 1, "b": 2})")),
            RecipeDigest(Json::parse(R"({"b": 2, "a": 1})")));
  EXPECT_NE(RecipeDigest({{"a", 1}}), RecipeDigest({{"a", 2}}));
}

}  // namespace
}  // namespace bottega
