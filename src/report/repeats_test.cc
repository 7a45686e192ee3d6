#include "report/repeats.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/report.h"
#include "report/sections.h"

namespace bottega {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Json Facts() {
  Json metrics = {{"task", "classification"}, {"primary", "accuracy"}};
  metrics["test"] = {{"rows", 50}, {"accuracy", {{"value", 0.8}, {"low", 0.7}, {"high", 0.9}}}};
  metrics["out_of_fold"] = {{"rows", 200},
                            {"accuracy", {{"value", 0.81}, {"low", 0.78}, {"high", 0.84}}},
                            {"baseline", {{"accuracy", {{"value", 0.5}}}}}};
  metrics["cv"] = {
      {"folds", 2},
      {"repeats", 1},
      {"level", 0.95},
      {"accuracy", {{"value", 0.81}, {"low", 0.7}, {"high", 0.92}, {"by_fold", {0.8, nullptr}}}},
      {"each",
       {{{"repeat", 0}, {"fold", 0}, {"learned", 100}, {"rows", 100}, {"best_epoch", 3}},
        {{"repeat", 0}, {"fold", 1}, {"learned", 100}, {"rows", 100}}}}};
  metrics["seeds"] = {{"seeds", {4, 5, 6}},
                      {"test",
                       {{"accuracy",
                         {{"value", 0.79},
                          {"deviation", 0.02},
                          {"smallest", 0.77},
                          {"largest", 0.81},
                          {"by_seed", {0.77, 0.79, 0.81}}}}}},
                      {"conclusions",
                       {{{"says", "test.accuracy is better than guessing"},
                         {"holds", 3},
                         {"of", 3},
                         {"changes_sign", false}},
                        {{"says", "test.accuracy is better for sex = <f> than for m"},
                         {"holds", 1},
                         {"of", 3},
                         {"changes_sign", true}}}}};
  return {{"metrics", metrics}};
}

TEST(Repeats, FoldsHaveAPlotAndATable) {
  const std::string html = CrossValidationHtml(Facts());
  EXPECT_THAT(html, HasSubstr("<svg"));
  EXPECT_THAT(html, HasSubstr("mean of the folds"));
  EXPECT_THAT(html, HasSubstr("fold 1"));
  EXPECT_THAT(html, HasSubstr("pooled, out of fold"));
  EXPECT_THAT(html, HasSubstr("70.0 to 92.0"));
  EXPECT_EQ(CrossValidationHtml({{"metrics", {{"task", "regression"}}}}), "");
}

TEST(Repeats, SeedsSayWhichConclusionsChangeSign) {
  const Json facts = Facts();
  const std::string html = SeedsHtml(facts);
  EXPECT_THAT(html, HasSubstr("seed 6"));
  EXPECT_THAT(html, HasSubstr("sampling of rows"));
  EXPECT_THAT(html, HasSubstr("sex = &lt;f&gt; than for m with 1 of 3 seeds"));
  EXPECT_THAT(html, HasSubstr("3 of 3"));
  EXPECT_THAT(html, Not(HasSubstr("<f>")));
  EXPECT_THAT(SignChanges(facts["metrics"]), ::testing::SizeIs(1));
  EXPECT_EQ(SeedsHtml({{"metrics", Json::object()}}), "");
}

TEST(Repeats, TheSummarySaysBothInALine) {
  const std::string text = SummaryText(Facts());
  EXPECT_THAT(text,
              HasSubstr("2 folds: accuracy 81.0 % [70.0, 92.0] (corrected t), pooled 81.0 %"));
  EXPECT_THAT(text, HasSubstr("3 seeds: test.accuracy 79.0 %, deviation 2.0 %, 77.0 % to 81.0 %"));
  EXPECT_THAT(text, HasSubstr("with 1 of 3 seeds: do not\n  conclude it."));
}

}  // namespace
}  // namespace bottega
