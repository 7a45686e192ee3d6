#include "cli/recipe_fit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/test_dataset.h"

namespace bottega {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Ignored(const std::string& model) {
  const Recipe recipe = ResolveRecipe(
      "data: {source: a.csv, target: t}\nmodel: " + model + "\ntrain: {freeze_norm: 2}\n",
      "bottega.yaml", {});
  const Dataset data =
      TestDataset()
          .Number("x", {1, 2, 3, 4})
          .Text("t", TextCells{"a", "b", "a", "b"}, FeatureType::kCategory, Role::kTarget)
          .Make();
  std::vector<std::string> said;
  for (const Problem& remark : IgnoredBy(recipe, data)) said.push_back(remark.message);
  return said;
}

TEST(RecipeFit, FreezingNormsActsWhereAModelHasBatchNorms) {
  EXPECT_THAT(Ignored("resmlp"), IsEmpty());
  EXPECT_THAT(Ignored("{name: mlp, norm: batch}"), IsEmpty());
  EXPECT_THAT(Ignored("{name: mlp, norm: layer}"),
              ElementsAre("'train.freeze_norm' is ignored because the model has no batch norm"));
}

}  // namespace
}  // namespace bottega
