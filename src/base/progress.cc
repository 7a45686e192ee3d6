#include "base/progress.h"

#include <algorithm>
#include <atomic>
#include <cstdio>

#include "base/clock.h"
#include "base/terminal.h"
#include "base/text.h"

namespace bottega {

namespace {

std::atomic<bool> quiet = false;
std::atomic<bool> bar_on_screen = false;
std::mutex screen;  // one writer to stderr at a time

constexpr double kBarInterval = 0.1;
constexpr double kLineInterval = 20;

void ClearBar() {
  if (bar_on_screen.exchange(false)) std::fputs("\r\x1b[K", stderr);
}

}  // namespace

void SetQuiet(bool value) { quiet = value; }

void Note(const std::string& line) {
  if (quiet) return;
  const std::lock_guard lock(screen);
  ClearBar();
  std::fprintf(stderr, "%s\n", line.c_str());
}

Progress::Progress(std::string title, int64_t total, std::string unit)
    : title_(std::move(title)),
      total_(total),
      unit_(std::move(unit)),
      started_(MonotonicSeconds()),
      bar_(IsTerminal(2)),
      drawn_(started_) {}

Progress::~Progress() {
  if (quiet || !bar_) return;
  const std::lock_guard lock(mutex_);
  const std::lock_guard screen_lock(screen);
  ClearBar();
  const double seconds = MonotonicSeconds() - started_;
  if (seconds >= 1) {
    std::fprintf(stderr, "%s: %s %s in %s\n", title_.c_str(), FormatCount(done_).c_str(),
                 unit_.c_str(), FormatDuration(seconds).c_str());
  }
}

void Progress::Advance(int64_t by) {
  const std::lock_guard lock(mutex_);
  done_ += by;
  const double now = MonotonicSeconds();
  if (!quiet && now - drawn_ >= (bar_ ? kBarInterval : kLineInterval)) Draw(now);
}

void Progress::SetDetail(std::string detail) {
  const std::lock_guard lock(mutex_);
  detail_ = std::move(detail);
}

std::string Progress::Line(double now) const {
  const double seconds = std::max(now - started_, 1e-3);
  const double rate = static_cast<double>(done_) / seconds;
  std::string line = title_ + "  ";
  if (total_ > 0) {
    const double fraction = std::min(1.0, static_cast<double>(done_) / static_cast<double>(total_));
    if (bar_) {
      const int filled = static_cast<int>(fraction * 20);
      for (int i = 0; i < 20; ++i) line += i < filled ? "█" : "░";
      line += "  ";
    }
    line += FormatPercent(fraction, 0) + "  ";
  }
  line += FormatNumber(rate, 3) + " " + unit_ + "/s";
  if (total_ > done_ && rate > 0) {
    line += "  " + FormatDuration(static_cast<double>(total_ - done_) / rate) + " left";
  }
  return detail_.empty() ? line : line + "  " + detail_;
}

void Progress::Draw(double now) {
  drawn_ = now;
  const std::string line = Line(now);
  const std::lock_guard lock(screen);
  if (bar_) {
    std::fprintf(stderr, "\r%s\x1b[K", Shorten(line, TerminalWidth(2) - 1).c_str());
    bar_on_screen = true;
  } else {
    std::fprintf(stderr, "%s\n", line.c_str());
  }
  std::fflush(stderr);
}

}  // namespace bottega
