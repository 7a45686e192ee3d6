#include "run/sub_run.h"

#include <gtest/gtest.h>

#include "base/files.h"

namespace bottega {
namespace {

TEST(SubRun, IsUnfinishedUntilItsReportIsSealed) {
  const TemporaryFolder project;
  const auto make = [&](const std::string& id, const Json& manifest) {
    WriteJson(project.path() / "runs" / id / "manifest.json", manifest);
  };
  const Json trained = Json::object();
  EXPECT_FALSE(NewestUnfinished(project.path(), kSearch));
  make("20260101-120000-aaaa", {{"search", true}});
  make("20260102-120000-bbbb", {{"search", true}, {"trained", trained}});
  make("20260103-120000-cccc",
       {{"search", true}, {"trained", trained}, {"outputs", {{"tune.html", Json::object()}}}});
  make("20260104-120000-dddd", {{"ablation", true}});
  make("20260105-120000-eeee", Json::object());
  EXPECT_EQ(NewestUnfinished(project.path(), kSearch)->id(), "20260102-120000-bbbb");
  EXPECT_EQ(NewestUnfinished(project.path(), kAblation)->id(), "20260104-120000-dddd");
}

TEST(SubRun, KnowsItsVerb) {
  EXPECT_STREQ(KindOf({{"ablation", {{"metric", "validation.loss"}}}})->verb, "ablate");
  EXPECT_FALSE(KindOf({{"recipe", Json::object()}}));
  EXPECT_FALSE(KindOf({{"search", true}, {"extended", Json::array()}}));
  const Json trained = Json::object();
  EXPECT_EQ(ContinuingVerb({{"recipe", Json::object()}}), "train");
  EXPECT_FALSE(ContinuingVerb({{"trained", trained}}));
  EXPECT_EQ(ContinuingVerb({{"search", true}, {"trained", trained}}), "tune");
  EXPECT_FALSE(ContinuingVerb({{"search", true}, {"outputs", {{"tune.html", Json::object()}}}}));
}

}  // namespace
}  // namespace bottega
