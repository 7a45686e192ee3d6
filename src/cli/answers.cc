#include "cli/answers.h"

#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>

#include "base/error.h"
#include "base/interrupt.h"
#include "base/terminal.h"
#include "base/text.h"

namespace bottega {

struct Answers::Terminal {
  termios settings;
};

Answers::Answers() {
  if (!IsTerminal(STDIN_FILENO) || !IsTerminal(STDOUT_FILENO)) return;
  Terminal now{};
  if (tcgetattr(STDIN_FILENO, &now.settings) != 0) return;
  before_ = new Terminal(now);
  keys_ = true;
  SetKeys(true);
}

Answers::~Answers() {
  if (before_ == nullptr) return;
  tcsetattr(STDIN_FILENO, TCSANOW, &before_->settings);
  delete before_;
}

void Answers::SetKeys(bool on) {
  termios wanted = before_->settings;
  if (on) wanted.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
  tcsetattr(STDIN_FILENO, TCSANOW, &wanted);
}

std::optional<char> Answers::Byte() {
  constexpr int kMilliseconds = 100;  // between looks at pending signals
  while (buffer_.empty()) {
    ThrowIfInterrupted();
    if (ended_) return std::nullopt;
    pollfd input{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
    const int ready = poll(&input, 1, kMilliseconds);
    if (ready == 0 || (ready < 0 && errno == EINTR)) continue;
    char bytes[4096];
    const ssize_t n = read(STDIN_FILENO, bytes, sizeof bytes);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) throw IoError("reading", "standard input", errno);
    ended_ = n == 0;
    buffer_.append(bytes, static_cast<size_t>(n));
  }
  const char c = buffer_.front();
  buffer_.erase(0, 1);
  return c;
}

std::optional<std::string> Answers::Next() {
  if (!keys_) {
    while (auto line = Line()) {
      if (!line->empty()) return line;
    }
    return std::nullopt;
  }
  const auto first = Byte();
  if (!first || *first == '\x04') return std::nullopt;  // Ctrl-D
  if (*first == '\x7f') return "left";
  if (*first != '\x1b') return std::string(1, *first);
  if (!buffer_.starts_with("[")) return "";  // Escape alone
  Byte();
  const char arrow = Byte().value_or('\0');
  return arrow == 'D' ? "left" : arrow == 'C' ? "right" : "";
}

std::optional<std::string> Answers::Line() {
  if (keys_) SetKeys(false);
  std::string line;
  bool any = false;
  while (const auto c = Byte()) {
    any = true;
    if (*c == '\n') break;
    line += *c;
  }
  if (keys_) SetKeys(true);
  if (!any) return std::nullopt;
  return std::string(Trim(line));
}

}  // namespace bottega
