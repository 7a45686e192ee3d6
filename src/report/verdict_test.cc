#include "report/verdict.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/test_facts.h"

namespace bottega {
namespace {

using testing::Contains;
using testing::Field;
using testing::HasSubstr;
using testing::Not;

std::string HeadlineOf(const MadeRun& made) { return JudgeRun(MadeFacts(made)).headline; }

TEST(VerdictTest, GoodOnNewRows) {
  const Verdict verdict = JudgeRun(MadeFacts({.classes = {"no", "yes"}, .rows = 5000}));
  EXPECT_EQ(verdict.headline, "It works on rows it has not seen.");
  EXPECT_EQ(verdict.kind, "good");
  EXPECT_THAT(verdict.remarks, Contains(Field(&Remark::title, "Better than guessing")));
}

TEST(VerdictTest, FewPicturesFromScratch) {
  const MadeRun dogs{.classes = {"cat", "dog"},
                     .rows = 520,
                     .train_skill = 0.7,
                     .test_skill = 0.6,
                     .pictures = true};
  EXPECT_EQ(HeadlineOf(dogs), "520 pictures are too few to train this network from scratch.");
  Json facts = MadeFacts(dogs);
  facts["recipe"]["model"]["pretrained"] = "resnet18.safetensors";
  EXPECT_THAT(JudgeRun(facts).headline, testing::Not(HasSubstr("from scratch")));
}

TEST(VerdictTest, NoBetterThanGuessing) {
  const Verdict verdict = JudgeRun(
      MadeFacts({.classes = {"no", "yes"}, .rows = 2000, .train_skill = 0.5, .test_skill = 0.5}));
  EXPECT_THAT(verdict.headline, HasSubstr("no better than always answering"));
  EXPECT_EQ(verdict.kind, "error");
}

TEST(VerdictTest, Overfitting) {
  const Verdict verdict = JudgeRun(
      MadeFacts({.classes = {"no", "yes"}, .rows = 4000, .train_skill = 1.0, .test_skill = 0.75}));
  EXPECT_EQ(verdict.headline, "It does much better on what it has seen than on new rows.");
  EXPECT_THAT(verdict.remarks, Contains(Field(&Remark::title, "Overfitting")));
}

TEST(VerdictTest, SmallTestPart) {
  const Verdict verdict = JudgeRun(
      MadeFacts({.classes = {"no", "yes"}, .rows = 400, .train_skill = 0.9, .test_skill = 0.9}));
  EXPECT_EQ(verdict.headline, "Promising, but measured on too few rows to be sure.");
  EXPECT_THAT(verdict.remarks, Contains(Field(&Remark::title, "The test part is small")));
}

TEST(VerdictTest, ClassesWithoutARowToScore) {
  Json facts = MadeFacts({.classes = {"cat", "dog", "ox"}, .rows = 4000});
  Json& classes = facts["metrics"]["test"]["per_class"];
  EXPECT_THAT(JudgeRun(facts).remarks,
              Not(Contains(Field(&Remark::title, "Classes that are not scored"))));
  classes["ox"]["weight"] = 0.0;
  classes["ox"]["recall"]["value"] = nullptr;
  EXPECT_THAT(
      JudgeRun(facts).remarks,
      Contains(Field(&Remark::text, "Whether it finds “ox” is not known: test has no row of it.")));
}

TEST(VerdictTest, NothingMeasured) {
  EXPECT_EQ(JudgeRun(Json::object()).headline, "The model has not been evaluated yet.");
}

TEST(PurposeTest, SaysWhatItDoes) {
  EXPECT_EQ(WhatItDoes(MadeFacts({.classes = {"a", "b", "c"}, .pictures = true})),
            "It looks at a picture and answers which of 3 classes it shows: a, b and c.");
  EXPECT_EQ(WhatItDoes(MadeFacts({.classes = {"no", "yes"}})),
            "From 2 columns it predicts “label”: no and yes.");
}

TEST(PurposeTest, EmptyEntriesAreOpenQuestions) {
  const Json facts = MadeFacts({.classes = {"no", "yes"}});
  const auto open = OpenQuestions(facts);
  EXPECT_EQ(open.size(), 5u);
  EXPECT_THAT(open, testing::Not(Contains(HasSubstr("owner"))));
  EXPECT_EQ(open[0], "use.purpose: What is the model for?");
}

}  // namespace
}  // namespace bottega
