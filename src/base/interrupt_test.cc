#include "base/interrupt.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

namespace bottega {
namespace {

TEST(Interrupt, IsAFlagThatThrowsWhenPolled) {
  EXPECT_NO_THROW(ThrowIfInterrupted());
  RequestStop(SIGTERM);
  EXPECT_EQ(PendingSignal(), SIGTERM);
  try {
    ThrowIfInterrupted();
    ADD_FAILURE();
  } catch (const Interrupted& interrupted) {
    EXPECT_EQ(interrupted.signal(), SIGTERM);
  }
  RequestStop(0);
}

// Run in a child: handlers and signals stay out of this process.
int InChild(int (*body)()) {
  const pid_t child = fork();
  if (child == 0) _exit(body());
  int status = 0;
  waitpid(child, &status, 0);
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

TEST(Interrupt, FirstSignalIsNotedSecondEnds) {
  EXPECT_EQ(InChild([] {
              WatchSignals();
              raise(SIGINT);
              return PendingSignal() == SIGINT ? 7 : 8;
            }),
            7);
  EXPECT_EQ(InChild([] {
              WatchSignals();
              raise(SIGINT);
              raise(SIGINT);
              return 9;
            }),
            128 + SIGINT);
}

TEST(Interrupt, AClosedPipeIsAnErrorNotADeath) {
  EXPECT_EQ(InChild([] {
              WatchSignals();
              int ends[2];
              if (pipe(ends) != 0) return 1;
              close(ends[0]);
              return write(ends[1], "x", 1) < 0 ? 5 : 6;
            }),
            5);
}

}  // namespace
}  // namespace bottega
