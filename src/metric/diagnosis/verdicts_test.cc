#include "metric/diagnosis/verdicts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/random.h"
#include "metric/diagnosis/candidates.h"
#include "metric/diagnosis/comparison.h"
#include "metric/student_t.h"

namespace bottega {
namespace {

Json Range(double value, double half) {
  return {{"value", value}, {"low", value - half}, {"high", value + half}};
}

Json Trial(const std::string& kind, const std::string& set, double gain, double p) {
  return {{"name", kind + " " + set},
          {"kind", kind},
          {"sets", {set}},
          {"loss", 0.5 - gain},
          {"score", 0.8},
          {"gain", Range(gain, gain / 4)},
          {"p", p},
          {"p_adjusted", p}};
}

// A run that has learned about as much from training rows as holds for new ones.
Json Facts() {
  return {{"guessing", 0.69},
          {"training_share", 0.7},
          {"fit",
           {{"train", Range(0.48, 0.01)},
            {"validation", Range(0.5, 0.02)},
            {"gap", Range(0.02, 0.022)}}},
          {"base", {{"loss", 0.5}, {"seed_spread", 0.003}, {"row_error", 0.01}}},
          {"trials", Json::array()},
          {"layers", Json::array()},
          {"running", Json::array()}};
}

std::vector<std::string> Warnings(const Json& facts) {
  std::vector<std::string> names;
  for (const Json& verdict : facts.at("verdicts")) {
    if (verdict.at("level") == "warning") names.push_back(verdict.at("name"));
  }
  return names;
}

TEST(Verdicts, AHealthyRunHasNoWarningAndNoChange) {
  Json facts = Facts();
  facts["trials"] = {Trial("rate_up", "train.optimizer.lr=0.003", 0.003, 0.001),
                     Trial("capacity", "model.hidden=[256,128]", 0.05, 0.2)};
  AddVerdicts(&facts);
  EXPECT_THAT(Warnings(facts), testing::IsEmpty()) << facts["verdicts"].dump(1);
  EXPECT_TRUE(facts["changes"].empty());
}

TEST(Verdicts, UnderfittingIsAttributedToWhatHelpedRankedByGain) {
  Json facts = Facts();
  facts["trials"] = {Trial("rate_up", "train.optimizer.lr=0.003", 0.05, 0.001),
                     Trial("regularization", "model.dropout=0", 0.2, 0.0001),
                     Trial("longer", "train.epochs=90", 0.04, 0.3)};
  AddVerdicts(&facts);
  EXPECT_THAT(Warnings(facts), testing::ElementsAre("too_much_regularization", "rate_too_low"));
  ASSERT_EQ(facts["changes"].size(), 2U);
  EXPECT_EQ(facts["changes"][0]["sets"], Json::array({"model.dropout=0"}));
  EXPECT_EQ(facts["changes"][0]["rank"], 1);
  EXPECT_EQ(facts["changes"][1]["measured"], true);
}

TEST(Verdicts, AGapIsOverfittingAndRestraintIsProposedWhereItHelped) {
  Json facts = Facts();
  facts["fit"]["gap"] = Range(0.2, 0.03);
  facts["trials"] = {Trial("restraint", "model.dropout=0.4", 0.03, 0.001)};
  AddVerdicts(&facts);
  EXPECT_TRUE(Overfits(facts));
  EXPECT_THAT(Warnings(facts), testing::ElementsAre("overfits"));
  EXPECT_EQ(facts["changes"][0]["verdict"], "overfits");
}

TEST(Verdicts, DeadUnitsNoiseAndFewRows) {
  Json facts = Facts();
  facts["layers"] = {{{"name", "layers.0"}, {"units", 10}, {"dead", 6}},
                     {{"name", "head"}, {"units", 2}, {"dead", -1}}};
  facts["label_noise"] = {{"share", Range(0.3, 0.05)},
                          {"evidence", 9.0},
                          {"memorized", 0.4},
                          {"pairs", {{{"truth", "no"}, {"given", "yes"}, {"share", 0.3}}}}};
  facts["training_share"] = 0.02;
  facts["learning_curve"] = {{"rows", 100},         {"gain", Range(0.1, 0.02)},
                             {"trustworthy", true}, {"why", ""},
                             {"verdict", "yes"},    {"gain_of_most", Range(0.2, 0.05)}};
  AddVerdicts(&facts);
  EXPECT_DOUBLE_EQ(DeadShare(facts), 0.6);
  EXPECT_THAT(Warnings(facts),
              testing::UnorderedElementsAre("dead_units", "label_noise", "more_data"));
  std::vector<std::string> sets;
  for (const Json& change : facts["changes"]) sets.push_back(change.at("sets")[0]);
  EXPECT_THAT(sets, testing::ElementsAre("split.train=0.7"));
}

Json Recipe() {
  return {
      {"model", {{"name", "mlp"}, {"hidden", {128, 64}}, {"dropout", 0.9}, {"activation", "relu"}}},
      {"augment", Json::array()},
      {"train",
       {{"epochs", 30},
        {"loss", {{"name", "cross_entropy"}, {"label_smoothing", 0.0}}},
        {"penalties", Json::array()},
        {"optimizer", {{"name", "adamw"}, {"lr", 0.001}, {"weight_decay", 0.01}}}}}};
}

TEST(Candidates, ChangeOneThingEachOverTheRecipe) {
  std::map<std::string, std::vector<std::string>> sets;
  for (const Change& change : CandidateChanges(Recipe(), {})) sets[change.name] = change.sets;
  EXPECT_EQ(sets["no regularization"],
            (std::vector<std::string>{"model.dropout=0", "train.optimizer.weight_decay=0"}));
  EXPECT_EQ(sets["learning rate x3"], std::vector<std::string>{"train.optimizer.lr=0.003"});
  EXPECT_EQ(sets["learning rate x0.3"], std::vector<std::string>{"train.optimizer.lr=0.0003"});
  EXPECT_EQ(sets["three times the epochs"], std::vector<std::string>{"train.epochs=90"});
  EXPECT_EQ(sets["twice the units"], std::vector<std::string>{"model.hidden=[256,128]"});
  EXPECT_FALSE(sets.contains("no label smoothing"));
  EXPECT_FALSE(sets.contains("a quarter of the units"));
  EXPECT_FALSE(sets.contains("activation silu"));
  sets.clear();
  const Occasion bad{.overfits = true, .stopped_early = true, .dead_units = true};
  for (const Change& change : CandidateChanges(Recipe(), bad)) sets[change.name] = change.sets;
  EXPECT_EQ(sets["weight decay 0.1"], std::vector<std::string>{"train.optimizer.weight_decay=0.1"});
  EXPECT_EQ(sets["a quarter of the units"], std::vector<std::string>{"model.hidden=[32,16]"});
  EXPECT_TRUE(sets.contains("activation silu"));
  EXPECT_FALSE(sets.contains("three times the epochs"));
}

TEST(Candidates, SetsReplaceWhatTheyAreAbout) {
  EXPECT_EQ(JoinSets({"model.dropout=0.9", "train.epochs=3"}, {"model.dropout=0"}),
            (std::vector<std::string>{"train.epochs=3", "model.dropout=0"}));
  EXPECT_EQ(JoinSets({"augment.0.flip=1"}, {"augment=[]"}), std::vector<std::string>{"augment=[]"});
}

// Rows and seeds both count: what differs between seeds alone is no gain.
TEST(Comparison, IntervalsCoverRowsAndSeeds) {
  int alarms = 0;
  for (int trial = 0; trial < 200; ++trial) {
    SeedLosses base(3), changed(3);
    for (int seed = 0; seed < 3; ++seed) {
      Random random(4, Purpose::kGenerate, trial, seed);
      const double a = 0.05 * random.Normal(), b = 0.05 * random.Normal();
      for (int row = 0; row < 300; ++row) {
        const double own = random.Normal();
        base[static_cast<size_t>(seed)].push_back(own + a);
        changed[static_cast<size_t>(seed)].push_back(own + b + 0.1 * random.Normal());
      }
    }
    const Mean gain = GainOf(base, changed, {});
    alarms += StudentTail(gain.value / gain.error, gain.freedom) < 0.05;
  }
  EXPECT_LE(alarms, 16);  // 10 expected at most
  const Mean clear = GainOf({{1, 2, 3, 4}, {1, 2, 3, 4.1}}, {{0, 1.1, 2, 3}, {0, 1, 2, 3}}, {});
  EXPECT_NEAR(clear.value, 1, 0.02);
  EXPECT_GT(clear.Lower(0.975), 0);
}

}  // namespace
}  // namespace bottega
