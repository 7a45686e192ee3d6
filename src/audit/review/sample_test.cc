#include "audit/review/sample.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <set>

#include "audit/review/sample_result.h"
#include "audit/test_audit.h"
#include "base/files.h"
#include "metric/exact_binomial.h"

namespace bottega {
namespace {

using ::testing::SizeIs;

Dataset Table(int64_t n, int64_t yes) {
  std::vector<double> x;
  TextCells town;
  for (int64_t i = 0; i < n; ++i) {
    x.push_back(static_cast<double>(i));
    town.push_back(i % 3 == 0 ? "Rome" : "Milan");
  }
  return TestDataset()
      .Number("x", x)
      .Text("town", town)
      .Text("label", YesNo(n, yes), FeatureType::kBinary, Role::kTarget)
      .Make();
}

Sample Draw(const Dataset& data, const SampleOptions& options) {
  return DrawSample(data, TextsOf(data, data.Find("label")), RowFinder(data, "sha"), options);
}

std::set<int64_t> RowsOf(const Sample& sample) {
  std::set<int64_t> rows;
  for (const SampleRow& row : sample.rows) rows.insert(row.row);
  return rows;
}

TEST(SampleTest, InProportionAndAtLeastOneOfEach) {
  const Dataset data = Table(10'000, 30);
  const Sample sample = Draw(data, {.rows = 100});
  EXPECT_THAT(sample.rows, SizeIs(100));
  ASSERT_THAT(sample.strata, SizeIs(2));
  EXPECT_EQ(sample.strata[1].name, "yes");
  EXPECT_EQ(sample.strata[1].size, 30);
  EXPECT_EQ(sample.strata[1].drawn, 1);
  EXPECT_EQ(RowsOf(sample).size(), 100u);
  EXPECT_THAT(Draw(Table(60, 20), {.rows = 500}).rows, SizeIs(60));
  EXPECT_EQ(Draw(data, {.rows = 90, .strata = "town"}).strata[0].name, "Milan");
  EXPECT_THAT(Draw(data, {.rows = 90, .strata = "x"}).strata, SizeIs(4));
  EXPECT_THROW(Draw(data, {.rows = 90, .strata = "twon"}), Error);
  EXPECT_THROW(Draw(data, {.rows = 1}), Error);
}

TEST(SampleTest, ALargerOneHoldsASmallerOne) {
  const Dataset data = Table(3000, 1200);
  const auto small = RowsOf(Draw(data, {.rows = 50})), large = RowsOf(Draw(data, {.rows = 150}));
  for (const int64_t row : small) EXPECT_TRUE(large.contains(row)) << row;
  EXPECT_NE(RowsOf(Draw(data, {.rows = 50, .seed = 8})), small);
  EXPECT_EQ(RowsOf(Draw(data, {.rows = 50})), small);
}

TEST(SampleTest, GoldIsPlantedAmongTheOthers) {
  const Dataset data = Table(1000, 500);
  std::map<int64_t, std::string> truth;
  for (int64_t row = 0; row < 200; ++row) truth[row] = "no";
  const Sample sample = Draw(data, {.rows = 40, .gold = 10, .truth = truth});
  ASSERT_THAT(sample.rows, SizeIs(50));
  int planted = 0, early = 0;
  for (size_t i = 0; i < sample.rows.size(); ++i) {
    if (!sample.rows[i].gold) continue;
    ++planted;
    early += i < 25;
  }
  EXPECT_EQ(planted, 10);
  EXPECT_GT(early, 0);
  EXPECT_LT(early, 10);
  EXPECT_EQ(RowsOf(sample).size(), 50u);
  EXPECT_THROW(Draw(data, {.rows = 40, .gold = 300, .truth = truth}), Error);
}

TEST(SampleTest, IsReadAsItWasWritten) {
  const TemporaryFolder project;
  Sample sample =
      Draw(Table(500, 100),
           {.rows = 30, .gold = 2, .truth = {{1, "no"}, {2, "no"}, {3, "no"}, {4, "yes"}}});
  sample.id = "sample-1";
  sample.time = "2026-11-30T10:00:00Z";
  WriteSample(project.path(), sample);
  const std::vector<Sample> read = ReadSamples(project.path());
  ASSERT_THAT(read, SizeIs(1));
  EXPECT_EQ(RowsOf(read[0]), RowsOf(sample));
  EXPECT_EQ(read[0].rows[3].content, sample.rows[3].content);
  EXPECT_EQ(read[0].strata[0].size, 400);
  EXPECT_EQ(read[0].size(), 500);
  EXPECT_EQ(read[0].rows[7].gold, sample.rows[7].gold);
}

Reviews Answers(const Sample& sample, const std::string& who,
                const std::function<std::string(const SampleRow&)>& answer, Reviews reviews = {}) {
  for (const SampleRow& row : sample.rows) {
    const std::string said = answer(row);
    if (said.empty()) continue;
    reviews.standing.push_back({.row = row.row,
                                .verdict = said == "?" ? Verdict::kUnsure : Verdict::kLabel,
                                .before = row.label,
                                .after = said,
                                .reviewer = who,
                                .time = "2026-11-30T10:00:00Z",
                                .review = sample.id,
                                .blind = true});
  }
  return reviews;
}

TEST(SampleResultTest, AProportionalSampleHasTheExactIntervalOfItsCounts) {
  Sample sample = Draw(Table(2000, 500), {.rows = 200});
  sample.id = "sample-1";
  int wrong = 0;
  const auto answer = [&](const SampleRow& row) {
    return wrong++ < 10 ? std::string(*row.label == "yes" ? "no" : "yes") : *row.label;
  };
  const SampleResult result = JudgeSample(sample, Answers(sample, "Ada", answer), 0.95);
  EXPECT_EQ(result.answered, 200);
  EXPECT_NEAR(result.rate, 0.05, 1e-12);
  EXPECT_NEAR(result.effective, 200, 1e-9);
  const Interval exact = ClopperPearson(10, 200, 0.95);
  EXPECT_NEAR(result.interval.low, exact.low, 1e-9);
  EXPECT_NEAR(result.interval.high, exact.high, 1e-9);
  EXPECT_EQ(result.decision, Acceptance::kUndecided);
}

TEST(SampleResultTest, UnansweredRowsBoundTheRate) {
  Sample sample = Draw(Table(1000, 500), {.rows = 100});
  int n = 0;
  const auto answer = [&](const SampleRow& row) {
    ++n;
    return n <= 10 ? "?" : n <= 20 ? "" : *row.label;
  };
  const SampleResult result = JudgeSample(sample, Answers(sample, "Ada", answer), 0.95);
  EXPECT_EQ(result.answered, 80);
  EXPECT_EQ(result.unsure, 10);
  EXPECT_EQ(result.rate, 0);
  EXPECT_NEAR(result.if_all_wrong, 0.2, 1e-9);
}

TEST(SampleResultTest, ACensusLeavesNothingToEstimate) {
  Sample sample = Draw(Table(60, 20), {.rows = 60});
  const SampleResult result = JudgeSample(
      sample, Answers(sample, "Ada", [](const SampleRow& row) { return *row.label; }), 0.95);
  EXPECT_EQ(result.interval.high, 0);
  EXPECT_EQ(result.decision, Acceptance::kAccept);
}

TEST(SampleResultTest, InspectorsAgreeByChanceOrByKnowledge) {
  const Dataset data = Table(1000, 500);
  std::map<int64_t, std::string> truth;
  for (int64_t row = 0; row < 400; ++row) truth[row] = "no";
  Sample sample = Draw(data, {.rows = 100, .gold = 20, .truth = truth});
  Reviews reviews = Answers(sample, "Ada",
                            [](const SampleRow& row) { return row.gold ? *row.gold : *row.label; });
  reviews = Answers(
      sample, "Bob",
      [](const SampleRow& row) { return std::string(row.row % 2 == 0 ? "yes" : "no"); }, reviews);
  const SampleResult result = JudgeSample(sample, reviews, 0.95);
  ASSERT_THAT(result.inspectors, SizeIs(2));
  EXPECT_EQ(result.inspectors[0].gold.k, 20);
  EXPECT_LT(result.inspectors[1].gold.value, 0.8);
  ASSERT_THAT(result.pairs, SizeIs(1));
  EXPECT_LT(std::abs(result.pairs[0].kappa), 0.3);
  EXPECT_EQ(result.disputed,
            static_cast<int64_t>(std::ranges::count_if(sample.rows, [](const SampleRow& row) {
              return !row.gold && (*row.label == "yes") != (row.row % 2 == 0);
            })));
}

// Over many draws from tables with unequal strata and unequal error rates the interval covers the
// true rate at least as often as it promises.
TEST(SampleResultTest, CoversTheTrueRate) {
  constexpr int kDraws = 300;
  int covered = 0;
  const Dataset data = Table(2000, 60);
  const auto wrong = [](int64_t row) {
    return Random(5, Purpose::kGenerate, 1, row).Chance(row < 60 ? 0.5 : 0.04);
  };
  double rate = 0;
  for (int64_t row = 0; row < 2000; ++row) rate += wrong(row) / 2000.0;
  for (uint64_t seed = 0; seed < kDraws; ++seed) {
    Sample sample = Draw(data, {.rows = 30, .seed = seed});
    const SampleResult result =
        JudgeSample(sample,
                    Answers(sample, "Ada",
                            [&](const SampleRow& row) {
                              return wrong(row.row) ? std::string("other") : *row.label;
                            }),
                    0.9);
    covered += result.interval.low <= rate && rate <= result.interval.high;
  }
  EXPECT_GE(covered, 0.9 * kDraws - 10);
}

}  // namespace
}  // namespace bottega
