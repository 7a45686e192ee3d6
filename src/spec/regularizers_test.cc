#include "spec/regularizers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spec/page.h"
#include "spec/resolve.h"

namespace bottega {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Param Dropout() {
  return {.name = "dropout",
          .type = ParamType::kFloat,
          .what = "share dropped",
          .fallback = 0.0,
          .regularizer = Regularizer{.helps = "little data",
                                     .costs = "time",
                                     .set = "model={name: one, dropout: 0.3}",
                                     .synonyms = {"drop out"}}};
}

const Spec kOne = {.kind = "model", .name = "one", .one_line = "a", .params = {Dropout()}};
const Spec kTwo = {.kind = "model",
                   .name = "two",
                   .one_line = "b",
                   .params = {Dropout()},
                   .renamed = {{"batch_norm", "norm: batch"}}};
const Spec kRidge = {
    .kind = "penalty",
    .name = "l2",
    .one_line = "squares",
    .text = "Added.",
    .synonyms = {"ridge", "weight decay"},
    .regularizer = Regularizer{.helps = "h", .costs = "c", .set = "train.penalties=[l2]"}};
const Spec kDecay = {
    .kind = "optimizer",
    .name = "adamw",
    .one_line = "adam",
    .params = {{.name = "weight_decay",
                .type = ParamType::kFloat,
                .what = "share taken off",
                .fallback = 0.1,
                .regularizer = Regularizer{.helps = "h", .costs = "c", .set = "w=1"}}}};

TEST(Regularizers, OneEntryForAParameterOfSeveral) {
  Catalog catalog;
  catalog.Add({&kOne, &kTwo, &kRidge, &kDecay});
  const std::vector<Spec> specs = RegularizerSpecs(catalog);
  ASSERT_EQ(specs.size(), 3u);
  EXPECT_EQ(specs[0].name, "dropout");
  EXPECT_EQ(specs[0].kind, "regularizer");
  EXPECT_THAT(specs[0].text, HasSubstr("model one, model two"));
  EXPECT_THAT(specs[0].synonyms, ElementsAre("drop out"));
  EXPECT_EQ(specs[1].name, "weight_decay");
  EXPECT_EQ(specs[2].text, "Added. Declared by penalty l2.");
}

TEST(Regularizers, AreFoundBySynonymWhateverTheSpelling) {
  Catalog catalog;
  catalog.Add({&kOne, &kTwo, &kRidge, &kDecay});
  static const std::vector<Spec> specs = RegularizerSpecs(catalog);
  for (const Spec& spec : specs) catalog.Add({&spec});
  EXPECT_EQ(catalog.FindAll("regularizer", "Drop-Out").size(), 1u);
  EXPECT_EQ(catalog.FindAll("regularizer", "ridge").at(0)->name, "l2");
  EXPECT_EQ(catalog.FindAll("regularizer", "weight decay").size(), 2u);
  EXPECT_EQ(catalog.FindAll("regularizer", "weight_decay").size(), 1u);
  EXPECT_TRUE(catalog.FindAll("regularizer", "lasso").empty());
}

TEST(Regularizers, PagesSayTheTradeAndTheCommand) {
  const std::string page = SpecPage(kRidge, 80);
  EXPECT_THAT(page, HasSubstr("Helps: h.\nCosts: c.\n"));
  EXPECT_THAT(page, HasSubstr("bottega train --set 'train.penalties=[l2]'\n"));
  EXPECT_EQ(SpecJson(kRidge)["regularizer"]["turn_on"],
            "bottega train --set 'train.penalties=[l2]'");
  EXPECT_FALSE(SpecJson(kOne).contains("regularizer"));
}

TEST(Regularizers, AnOldNameSaysTheNewOne) {
  Catalog catalog;
  catalog.Add({&kOne, &kTwo});
  const Spec recipe = {.kind = "section",
                       .name = "recipe",
                       .params = {{.name = "model",
                                   .type = ParamType::kComponent,
                                   .fallback = "one",
                                   .component = "model"}}};
  for (const char* yaml : {"model: {name: two, batch_norm: true}", "model: {batch_norm: true}"}) {
    const Resolved resolved = Resolve(catalog, recipe, ParseYaml(yaml, "r.yaml"), "r.yaml");
    ASSERT_EQ(resolved.problems.size(), 1u);
    EXPECT_EQ(resolved.problems[0].message,
              "unknown key 'batch_norm' in model: it is written `norm: batch` now");
  }
}

}  // namespace
}  // namespace bottega
