#include "base/terminal.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace bottega {
namespace {

// A pseudo-terminal: a descriptor for which isatty() is true.
class PseudoTerminal {
 public:
  PseudoTerminal() : master_(posix_openpt(O_RDWR | O_NOCTTY)) {
    if (master_ >= 0 && grantpt(master_) == 0 && unlockpt(master_) == 0) {
      fd_ = open(ptsname(master_), O_RDWR | O_NOCTTY);
    }
  }
  ~PseudoTerminal() {
    close(fd_);
    close(master_);
  }
  int fd() const { return fd_; }
  int master() const { return master_; }

 private:
  int master_;
  int fd_ = -1;
};

class TerminalTest : public testing::Test {
 protected:
  void SetUp() override {
    setenv("TERM", "xterm", 1);
    unsetenv("NO_COLOR");
    unsetenv("COLUMNS");
  }
  PseudoTerminal pty_;
};

TEST_F(TerminalTest, FilesAndPipesAreNone) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  EXPECT_FALSE(IsTerminal(ends[1]));
  EXPECT_FALSE(UsesColor(ends[1]));
  EXPECT_EQ(Paint("x", Style::kRed, ends[1]), "x");
  EXPECT_EQ(TerminalWidth(ends[1]), 80);
}

TEST_F(TerminalTest, ColorHonoursNoColorAndDumb) {
  ASSERT_GE(pty_.fd(), 0);
  EXPECT_TRUE(UsesColor(pty_.fd()));
  EXPECT_EQ(Paint("x", Style::kRed, pty_.fd()), "\x1b[31mx\x1b[0m");
  setenv("NO_COLOR", "1", 1);
  EXPECT_FALSE(UsesColor(pty_.fd()));
  setenv("NO_COLOR", "", 1);  // set but empty: colour stays, as no-color.org says
  EXPECT_TRUE(UsesColor(pty_.fd()));
  setenv("TERM", "dumb", 1);
  EXPECT_FALSE(IsTerminal(pty_.fd()));
}

TEST_F(TerminalTest, WidthComesFromColumnsThenFromTheTerminal) {
  winsize size{};
  size.ws_col = 123;
  ASSERT_EQ(ioctl(pty_.master(), TIOCSWINSZ, &size), 0);
  EXPECT_EQ(TerminalWidth(pty_.fd()), 123);
  setenv("COLUMNS", "60", 1);
  EXPECT_EQ(TerminalWidth(pty_.fd()), 60);
  setenv("COLUMNS", "wide", 1);
  EXPECT_EQ(TerminalWidth(pty_.fd()), 123);
}

}  // namespace
}  // namespace bottega
