#include "base/progress.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <cstdio>
#include <thread>
#include <vector>

#include "base/terminal.h"

namespace bottega {
namespace {

using testing::HasSubstr;
using testing::Not;

// Puts a pseudo-terminal or a pipe in stderr's place and returns what was written to it.
class StandardError {
 public:
  explicit StandardError(bool terminal) : saved_(dup(2)) {
    std::fflush(stderr);
    int ends[2] = {-1, -1};
    if (terminal) {
      ends[0] = posix_openpt(O_RDWR | O_NOCTTY);
      if (grantpt(ends[0]) == 0 && unlockpt(ends[0]) == 0) {
        ends[1] = open(ptsname(ends[0]), O_RDWR | O_NOCTTY);
      }
    } else if (pipe(ends) != 0) {
      ADD_FAILURE();
    }
    reading_ = ends[0];
    dup2(ends[1], 2);
    close(ends[1]);
  }
  std::string Finish() {
    std::fflush(stderr);
    fcntl(reading_, F_SETFL, O_NONBLOCK);
    std::string text;
    char buffer[4096];
    for (ssize_t n; (n = read(reading_, buffer, sizeof buffer)) > 0;) {
      text.append(buffer, static_cast<size_t>(n));
    }
    dup2(saved_, 2);
    close(saved_);
    close(reading_);
    return text;
  }

 private:
  int saved_;
  int reading_ = -1;
};

void Work(Progress* progress) {
  for (int i = 0; i < 5; ++i) {
    progress->SetDetail("loss 0.5");
    progress->Advance(10);
    usleep(60'000);
  }
}

TEST(Progress, DrawsABarWithRateAndDetailOnATerminal) {
  setenv("TERM", "xterm", 1);
  setenv("COLUMNS", "100", 1);
  StandardError capture(true);
  {
    Progress progress("training", 100, "rows");
    Work(&progress);
  }
  const std::string text = capture.Finish();
  EXPECT_THAT(text, HasSubstr("training  ████"));
  EXPECT_THAT(text, HasSubstr("rows/s"));
  EXPECT_THAT(text, HasSubstr("left"));
  EXPECT_THAT(text, HasSubstr("loss 0.5"));
  EXPECT_TRUE(text.ends_with("\r\x1b[K")) << "the bar is cleared at the end";
  unsetenv("COLUMNS");
}

TEST(Progress, KeepsToTheTerminalsWidth) {
  setenv("TERM", "xterm", 1);
  setenv("COLUMNS", "30", 1);
  StandardError capture(true);
  {
    Progress progress("a title that is longer than the terminal is wide", 100, "rows");
    Work(&progress);
  }
  EXPECT_THAT(capture.Finish(), HasSubstr("…"));
  unsetenv("COLUMNS");
}

TEST(Progress, WritesNothingToAPipeForShortWork) {
  StandardError capture(false);
  {
    Progress progress("training", 100, "rows");
    Work(&progress);
  }
  EXPECT_EQ(capture.Finish(), "");
}

TEST(Progress, QuietSilencesBarAndNotes) {
  setenv("TERM", "xterm", 1);
  StandardError capture(true);
  SetQuiet(true);
  {
    Progress progress("training", 100, "rows");
    Note("news");
    Work(&progress);
  }
  SetQuiet(false);
  EXPECT_EQ(capture.Finish(), "");
}

TEST(Progress, MayBeAdvancedFromManyThreads) {
  setenv("TERM", "xterm", 1);
  StandardError capture(true);
  {
    Progress progress("counting", 4'000, "rows");
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&] {
        for (int i = 0; i < 1'000; ++i) progress.Advance();
        Note("a line");
      });
    }
    for (std::thread& thread : threads) thread.join();
  }
  EXPECT_THAT(capture.Finish(), HasSubstr("a line\r\n"));
}

}  // namespace
}  // namespace bottega
