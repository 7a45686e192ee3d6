#include "report/plot.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "report/plot_parts.h"

namespace bottega {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

int CountOf(const std::string& text, const std::string& what) {
  int count = 0;
  for (size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++count;
  return count;
}

TEST(RoundTicksTest, CoverTheRange) {
  EXPECT_THAT(RoundTicks(0, 1, 5),
              ElementsAre(0, 0.2, testing::DoubleEq(0.4), testing::DoubleEq(0.6), 0.8, 1));
  EXPECT_THAT(RoundTicks(3, 97, 5), ElementsAre(0, 20, 40, 60, 80, 100));
  EXPECT_LE(RoundTicks(5, 5, 4).front(), 5);
  EXPECT_GE(RoundTicks(5, 5, 4).back(), 5);
  EXPECT_GE(RoundTicks(-0.3, 0.7, 5).back(), 0.7);
}

TEST(PlotTest, LinesLeaveGapsForNan) {
  const std::string svg = Draw(LinePlot{.title = "t",
                                        .x_label = "epoch",
                                        .y_label = "loss",
                                        .series = {{"a", {1, 2, 3}, {1, std::nan(""), 3}}}});
  EXPECT_THAT(svg, Not(HasSubstr("nan")));
  EXPECT_EQ(CountOf(svg.substr(svg.find("<path")), "M"), 2);
  EXPECT_THAT(svg, HasSubstr("role=\"img\" aria-label=\"t\""));
  EXPECT_THAT(svg, HasSubstr(">epoch</text>"));
}

TEST(PlotTest, EveryKindSurvivesNothing) {
  for (const std::string& svg : {Draw(LinePlot{}), Draw(IntervalPlot{}), Draw(BarPlot{}),
                                 Draw(Heatmap{}), Draw(Histogram{})}) {
    EXPECT_THAT(svg, HasSubstr("<svg"));
    EXPECT_THAT(svg, Not(HasSubstr("nan")));
    EXPECT_THAT(svg, Not(HasSubstr("inf")));
  }
}

TEST(PlotTest, LabelsAreEscaped) {
  const std::string evil = "<script>";
  EXPECT_THAT(Draw(Heatmap{.title = evil, .labels = {evil, "b"}, .values = {{1, 2}, {3, 4}}}),
              Not(HasSubstr("<script>")));
  EXPECT_THAT(Draw(IntervalPlot{.rows = {{evil, .5, .4, .6}}}), Not(HasSubstr("<script>")));
  EXPECT_THAT(Draw(BarPlot{.series = {evil, "b"}, .groups = {{evil, {1, 2}}}}),
              Not(HasSubstr("<script>")));
}

TEST(PlotTest, HeatmapShadesByShareOfTheRow) {
  const std::string svg =
      Draw(Heatmap{.title = "t", .labels = {"a", "b"}, .values = {{9, 1}, {0, 0}}});
  EXPECT_THAT(svg, HasSubstr("a → b: 1 (10.0 %)"));
  EXPECT_EQ(CountOf(svg, "<rect"), 4);
}

}  // namespace
}  // namespace bottega
