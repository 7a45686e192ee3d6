#include "learn/search/space.h"

#include <gmock/gmock.h>

#include "base/error.h"

namespace bottega {
namespace {

using testing::HasSubstr;

SearchSpace Space(const char* json) { return SearchSpace::FromJson(Json::parse(json)); }

TEST(SearchSpace, RangesAreEvenOnTheirScale) {
  const SearchSpace space = Space(
      R"({"lr": {"low": 1e-4, "high": 1, "log": true}, "dropout": {"low": 0, "high": 0.5},
          "units": {"low": 1, "high": 3, "integer": true}, "act": ["relu", "tanh"]})");
  ASSERT_EQ(space.size(), 4u);
  const Json at = space.Settings({0.5, 0.5, 0.5, 0.5});
  EXPECT_EQ(at["act"], "tanh");
  EXPECT_DOUBLE_EQ(at["dropout"].get<double>(), 0.25);
  EXPECT_NEAR(at["lr"].get<double>(), 1e-2, 1e-12);
  EXPECT_EQ(at["units"], 2);
  std::map<int64_t, int> counts;
  for (int i = 0; i < 300; ++i) {
    ++counts[space.dimensions()[2].Value((i + 0.5) / 300).get<int64_t>()];
  }
  EXPECT_EQ(counts, (std::map<int64_t, int>{{1, 100}, {2, 100}, {3, 100}}));
}

TEST(SearchSpace, GridHoldsEveryCombinationOnce) {
  const SearchSpace space =
      Space(R"({"a": [1, 2], "b": {"low": 1, "high": 100, "log": true, "points": 3}})");
  EXPECT_EQ(space.GridSize(), 6);
  std::set<std::string> seen;
  for (int64_t i = 0; i < 6; ++i) seen.insert(space.GridSettings(i).dump());
  EXPECT_EQ(seen.size(), 6u);
  EXPECT_NEAR(space.GridSettings(1)["b"].get<double>(), 10, 1e-9);
}

TEST(SearchSpace, SaysWhatIsWrongWithARange) {
  const std::pair<const char*, const char*> cases[] = {
      {R"({"x": 3})", "neither a list"},
      {R"({"x": []})", "empty"},
      {R"({"x": {"low": 1}})", "'high'"},
      {R"({"x": {"low": 2, "high": 1}})", "not below"},
      {R"({"x": {"low": 0, "high": 1, "log": true}})", "above 0"},
      {R"({"x": {"low": 0, "high": 1, "step": 2}})", "'step'"},
      {R"({"x": {"low": 0, "high": 1, "points": 0}})", "'points'"},
      {R"({"x": {"low": "a", "high": 1}})", "no number"}};
  for (const auto& [json, why] : cases) {
    try {
      Space(json);
      FAIL() << json;
    } catch (const Error& error) {
      EXPECT_THAT(error.message(), HasSubstr(why)) << json;
      EXPECT_EQ(error.kind(), ErrorKind::kRecipe);
    }
  }
}

}  // namespace
}  // namespace bottega
