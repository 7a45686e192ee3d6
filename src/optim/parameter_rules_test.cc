#include "optim/parameter_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bottega {
namespace {

NamedTensors MlpParameters() {
  NamedTensors parameters;
  const auto add = [&](const char* name, std::vector<int64_t> shape) {
    parameters.emplace_back(name, at::zeros(shape));
  };
  add("embeddings.0.weight", {5, 2});
  add("embeddings.1.weight", {7, 3});
  add("layers.0.weight", {8, 9});
  add("layers.0.bias", {8});
  add("norms.0.weight", {8});
  add("norms.0.bias", {8});
  add("layers.1.weight", {8, 8});
  add("layers.1.bias", {8});
  add("head.weight", {2, 8});
  add("head.bias", {2});
  return parameters;
}

Json Train(const Json& changes = Json::object()) {
  Json train = {{"optimizer", {{"name", "adamw"}, {"weight_decay", 0.1}}},
                {"no_decay", "norms_and_biases"},
                {"layer_decay", nullptr},
                {"groups", Json::array()}};
  train.update(changes);
  return train;
}

Json Group(const std::string& match, double lr_scale, const Json& decay = nullptr) {
  return {{"match", match}, {"lr_scale", lr_scale}, {"l2", nullptr}, {"weight_decay", decay}};
}

TEST(Patterns, StarsAndQuestionMarks) {
  EXPECT_TRUE(MatchesPattern("head.*", "head.weight"));
  EXPECT_TRUE(MatchesPattern("*.bias", "layers.0.bias"));
  EXPECT_TRUE(MatchesPattern("layers.?.w*t", "layers.0.weight"));
  EXPECT_TRUE(MatchesPattern("*a*b*", "xaaxbb"));
  EXPECT_TRUE(MatchesPattern("*", ""));
  EXPECT_FALSE(MatchesPattern("layers.?", "layers.10"));
  EXPECT_FALSE(MatchesPattern("head", "head.weight"));
  EXPECT_FALSE(MatchesPattern("*.bias", "bias"));
}

TEST(Rules, NormsAndBiasesDoNotDecayUnlessToldTo) {
  const NamedTensors parameters = MlpParameters();
  const ParameterRules rules = ResolveRules(Train(), parameters);
  const ParameterRules all = ResolveRules(Train({{"no_decay", "none"}}), parameters);
  for (size_t i = 0; i < rules.size(); ++i) {
    EXPECT_EQ(rules[i].weight_decay, parameters[i].second.dim() > 1 ? 0.1 : 0.0);
    EXPECT_EQ(all[i].weight_decay, 0.1);
    EXPECT_EQ(rules[i].lr_scale, 1);
  }
}

TEST(Rules, LayersAreNumberedFromTheInput) {
  const LayerNumbers layers = NumberLayers(MlpParameters());
  EXPECT_EQ(layers.count, 4);
  EXPECT_THAT(layers.of, testing::ElementsAre(0, 0, 1, 1, 1, 1, 2, 2, 3, 3));
  const NamedTensors picture = {
      {"conv1.weight", at::zeros({4, 3, 3, 3})},          {"bn1.weight", at::zeros({4})},
      {"layer1.0.conv1.weight", at::zeros({4, 4, 3, 3})}, {"layer1.0.bn1.weight", at::zeros({4})},
      {"layer1.1.conv1.weight", at::zeros({4, 4, 3, 3})}, {"fc.weight", at::zeros({2, 4})}};
  EXPECT_THAT(NumberLayers(picture).of, testing::ElementsAre(0, 0, 1, 1, 2, 3));
}

TEST(Rules, LayerDecayAndGroupsMultiply) {
  const ParameterRules rules = ResolveRules(
      Train(
          {{"layer_decay", 0.5},
           {"groups", {Group("head.*", 10), Group("*.bias", 2), Group("embeddings.1.*", 1, 0.7)}}}),
      MlpParameters());
  EXPECT_DOUBLE_EQ(rules[0].lr_scale, 0.125);
  EXPECT_DOUBLE_EQ(rules[2].lr_scale, 0.25);
  EXPECT_DOUBLE_EQ(rules[3].lr_scale, 0.5);
  EXPECT_DOUBLE_EQ(rules[8].lr_scale, 10);
  EXPECT_DOUBLE_EQ(rules[9].lr_scale, 20);
  EXPECT_DOUBLE_EQ(rules[0].weight_decay, 0.1);
  EXPECT_DOUBLE_EQ(rules[1].weight_decay, 0.7);
}

TEST(Rules, APatternThatMatchesNothingNamesTheNearest) {
  try {
    ResolveRules(Train({{"groups", {Group("heads.*", 10)}}}), MlpParameters());
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kRecipe);
    EXPECT_THAT(error.message(), testing::HasSubstr("'heads.*' matches no parameter"));
    EXPECT_THAT(error.message(), testing::HasSubstr("head."));
  }
}

}  // namespace
}  // namespace bottega
