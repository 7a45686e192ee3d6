#include "run/sub_run.h"

#include <gtest/gtest.h>

#include "base/files.h"

namespace bottega {
namespace {

TEST(SubRun, TheNewestUnfinishedOneWithTheMark) {
  const TemporaryFolder project;
  const auto make = [&](const std::string& id, const Json& manifest) {
    WriteJson(project.path() / "runs" / id / "manifest.json", manifest);
  };
  EXPECT_FALSE(NewestUnfinishedSubRun(project.path(), kSearchMark));
  make("20260101-120000-aaaa", {{kSearchMark, true}});
  make("20260102-120000-bbbb", {{kSearchMark, true}});
  make("20260103-120000-cccc", {{kSearchMark, true}, {"trained", Json::object()}});
  make("20260104-120000-dddd", {{kAblationMark, true}});
  make("20260105-120000-eeee", Json::object());
  EXPECT_EQ(NewestUnfinishedSubRun(project.path(), kSearchMark)->id(), "20260102-120000-bbbb");
  EXPECT_EQ(NewestUnfinishedSubRun(project.path(), kAblationMark)->id(), "20260104-120000-dddd");
}

}  // namespace
}  // namespace bottega
