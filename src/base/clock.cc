#include "base/clock.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "base/text.h"

namespace bottega {

double MonotonicSeconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

namespace {

int64_t NowUnixSeconds(int64_t clock) {
  if (const char* fixed = std::getenv("SOURCE_DATE_EPOCH")) {
    if (const auto seconds = ParseInteger(fixed)) return *seconds;
  }
  return clock;
}

std::string FormatTime(int64_t unix_seconds, const char* format) {
  const std::time_t time = unix_seconds;
  std::tm parts{};
  gmtime_r(&time, &parts);
  char buffer[32];
  std::strftime(buffer, sizeof buffer, format, &parts);
  return buffer;
}

}  // namespace

int64_t NowUnixSeconds() { return NowUnixSeconds(static_cast<int64_t>(std::time(nullptr))); }

std::string FormatUtc(int64_t unix_seconds) {
  return FormatTime(unix_seconds, "%Y-%m-%dT%H:%M:%SZ");
}

std::string NowUtc() { return FormatUtc(NowUnixSeconds()); }

std::string NewRunId() {
  std::timespec now{};
  std::timespec_get(&now, TIME_UTC);
  const unsigned fraction = static_cast<unsigned>(now.tv_nsec * int64_t{0x10000} / 1'000'000'000);
  char suffix[8];
  std::snprintf(suffix, sizeof suffix, "%04x", fraction);
  return FormatTime(NowUnixSeconds(now.tv_sec), "%Y%m%d-%H%M%S-") + suffix;
}

}  // namespace bottega
