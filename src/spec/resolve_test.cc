#include "spec/resolve.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spec/test_catalog.h"

namespace bottega {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Resolved ResolveText(const std::string& text, const std::vector<std::string>& sets = {}) {
  SourceNode node = ParseYaml(text, "r.yaml");
  for (const std::string& set : sets) Override(&node, set);
  return Resolve(TestCatalog(), TestRecipe(), node, "r.yaml");
}

std::vector<std::string> Messages(const Resolved& resolved) {
  std::vector<std::string> lines;
  for (const Problem& p : resolved.problems) lines.push_back(p.place.ToString() + ": " + p.message);
  return lines;
}

TEST(Resolve, FillsEveryDefault) {
  const Resolved r = ResolveText("source: a.csv");
  EXPECT_THAT(Messages(r), ElementsAre());
  EXPECT_EQ(r.value.dump(),
            R"({"source":"a.csv","train":{"epochs":20,"mode":"fast","hidden":[64,32],)"
            R"("optimizer":{"name":"adam","lr":0.001}},"gates":{}})");
  EXPECT_EQ(r.origin.at("source"), "r.yaml:1:9");
  EXPECT_EQ(r.origin.at("train.epochs"), "default");
  EXPECT_EQ(r.origin.at("train.optimizer.lr"), "default");
}

TEST(Resolve, AWordMayStandForANumber) {
  static const Spec spec = {
      .kind = "section",
      .name = "step",
      .params = {{.name = "rows", .type = ParamType::kInt, .min = 1, .choices = {"auto"}}}};
  const auto resolve = [](const std::string& text) {
    return Resolve(TestCatalog(), spec, ParseYaml(text, "r.yaml"), "r.yaml");
  };
  EXPECT_EQ(resolve("rows: auto").value["rows"], "auto");
  EXPECT_EQ(resolve("rows: 8").value["rows"], 8);
  EXPECT_TRUE(resolve("rows: null").value["rows"].is_null());
  EXPECT_THAT(Messages(resolve("rows: some")),
              ElementsAre(HasSubstr("'rows' must be a whole number or auto, not 'some'")));
  EXPECT_THAT(Messages(resolve("rows: 0")), ElementsAre(HasSubstr("at least 1")));
  EXPECT_EQ(TypeText(spec.params[0]), "whole number or auto");
}

TEST(Resolve, ComponentForms) {
  for (const char* form : {"sgd", "{name: sgd}", "{sgd: {}}", "gradient_descent"}) {
    const Resolved r = ResolveText(std::string("source: a\ntrain: {optimizer: ") + form + "}");
    EXPECT_THAT(Messages(r), ElementsAre()) << form;
    EXPECT_EQ(r.value["train"]["optimizer"]["name"], "sgd") << form;
    EXPECT_EQ(r.value["train"]["optimizer"]["momentum"], 0.9) << form;
  }
}

TEST(Resolve, AllMistakesAtOnceWithTheirPlaces) {
  const Resolved r = ResolveText(
      "source: a\ntrain:\n  epoch: 5\n  mode: carefull\n  hidden: [64, x]\n  optimizer: adamm\n");
  EXPECT_THAT(Messages(r),
              ElementsAre("r.yaml:3:3: unknown key 'epoch' in train; did you mean epochs?",
                          "r.yaml:4:9: 'train.mode' must be one of fast, careful, not 'carefull'; "
                          "did you mean careful?",
                          "r.yaml:5:16: 'train.hidden' must be a whole number, not 'x'",
                          "r.yaml:6:14: there is no optimizer 'adamm'; did you mean adam?"));
}

TEST(Resolve, KeyOfAnotherComponentIsRemarked) {
  const Resolved r = ResolveText("source: a\ntrain: {optimizer: {name: adam, momentum: 0.9}}");
  EXPECT_THAT(Messages(r), ElementsAre());
  ASSERT_EQ(r.remarks.size(), 1u);
  EXPECT_EQ(r.remarks[0].place.ToString(), "r.yaml:2:43");
  EXPECT_EQ(r.remarks[0].message,
            "'momentum' is ignored because the optimizer is 'adam' (sgd has it)");
}

TEST(Resolve, ChoicesOfMapsAndLists) {
  Catalog catalog;
  static const Spec check = {
      .kind = "check", .name = "twice", .one_line = "t", .synonyms = {"two"}};
  static const Spec spec = {.kind = "section",
                            .name = "s",
                            .one_line = "s",
                            .params = {{.name = "grave",
                                        .type = ParamType::kMap,
                                        .what = "m",
                                        .fallback = Json::object(),
                                        .choices = {"low", "high"},
                                        .component = "check"},
                                       {.name = "skip",
                                        .type = ParamType::kTextList,
                                        .what = "l",
                                        .fallback = Json::array(),
                                        .component = "check"}}};
  catalog.Add({&check, &spec});
  const Resolved good =
      Resolve(catalog, spec, ParseYaml("grave: {two: low}\nskip: [two]", "r.yaml"), "r.yaml");
  EXPECT_THAT(Messages(good), ElementsAre());
  EXPECT_EQ(good.value.dump(), R"({"grave":{"twice":"low"},"skip":["twice"]})");
  const Resolved bad =
      Resolve(catalog, spec, ParseYaml("grave: {twice: hgih, once: low}\nskip: [twicee]", "r.yaml"),
              "r.yaml");
  EXPECT_THAT(Messages(bad),
              ElementsAre("r.yaml:1:16: 'grave.twice' must be one of low, high, not 'hgih'",
                          "r.yaml:1:28: there is no check 'once'; known are twice",
                          "r.yaml:2:8: there is no check 'twicee'; did you mean twice?"));
}

TEST(Resolve, RangesAndMissing) {
  const Resolved r = ResolveText("train: {epochs: 0, optimizer: {name: sgd, lr: 0}}");
  EXPECT_THAT(Messages(r), ElementsAre(HasSubstr("'source' is missing: the data"),
                                       HasSubstr("'train.epochs' must be at least 1, not 0"),
                                       HasSubstr("'train.optimizer.lr' must be above 0, not 0")));
}

TEST(Resolve, IgnoredParameterIsRemarked) {
  const Resolved r =
      ResolveText("source: a\ntrain: {optimizer: {name: sgd, momentum: 0, nesterov: true}}");
  ASSERT_EQ(r.remarks.size(), 1u);
  EXPECT_EQ(r.remarks[0].message, "'nesterov' is ignored because 'momentum' is '0'");
}

TEST(Resolve, SetWinsAndGoesThroughScalars) {
  const Resolved r =
      ResolveText("source: a\ntrain: {optimizer: sgd}",
                  {"train.optimizer.lr=3e-4", "train.hidden=[8]", "train.epochs=1e3"});
  EXPECT_THAT(Messages(r), ElementsAre());
  EXPECT_EQ(r.value["train"]["optimizer"]["lr"], 3e-4);
  EXPECT_EQ(r.value["train"]["hidden"], Json::array({8}));
  EXPECT_EQ(r.value["train"]["epochs"], 1000);
  EXPECT_EQ(r.origin.at("train.optimizer.lr"), "--set");
}

TEST(Resolve, SettingsWithoutANameChangeTheDefault) {
  const Resolved r = ResolveText("source: a", {"train.optimizer.lr=0.5"});
  EXPECT_THAT(Messages(r), ElementsAre());
  EXPECT_EQ(r.value["train"]["optimizer"].dump(), R"({"name":"adam","lr":0.5})");
  EXPECT_THAT(Messages(ResolveText("source: a\ntrain: {optimizer: {momentmu: 1}}")),
              ElementsAre(HasSubstr("unknown key 'momentmu'")));
}

TEST(Resolve, ThrowListsEverything) {
  try {
    ThrowProblems({{{.file = "a:1:2"}, "one"}, {{.file = "a:2:2"}, "two"}}, ErrorKind::kRecipe,
                  "h");
    FAIL();
  } catch (const Error& e) {
    EXPECT_STREQ(e.what(), "2 mistakes:\n  a:1:2: one\n  a:2:2: two");
    EXPECT_EQ(ExitCode(e.kind()), 2);
  }
}

}  // namespace
}  // namespace bottega
