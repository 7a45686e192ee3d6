#include "base/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>

#include "base/text.h"

namespace bottega {

bool IsTerminal(int fd) {
  const char* term = std::getenv("TERM");
  return isatty(fd) == 1 && (term == nullptr || std::string_view(term) != "dumb");
}

bool UsesColor(int fd) {
  const char* no_color = std::getenv("NO_COLOR");
  return IsTerminal(fd) && (no_color == nullptr || *no_color == '\0');
}

int TerminalWidth(int fd) {
  if (const char* columns = std::getenv("COLUMNS")) {
    if (const auto n = ParseInteger(columns); n && *n >= 20 && *n <= 1000)
      return static_cast<int>(*n);
  }
  winsize size{};
  if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col >= 20) return size.ws_col;
  return 80;
}

std::string Paint(std::string_view text, Style style, int fd) {
  if (!UsesColor(fd)) return std::string(text);
  constexpr const char* kCodes[] = {"1", "2", "31", "32", "33", "34"};
  return "\x1b[" + std::string(kCodes[static_cast<int>(style)]) + "m" + std::string(text) +
         "\x1b[0m";
}

}  // namespace bottega
