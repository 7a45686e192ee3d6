// Watches the process's resident memory against a limit.
#pragma once

#include <cstdint>
#include <optional>

#include "base/memory.h"

namespace bottega {

class RssWatch {
 public:
  explicit RssWatch(std::optional<int64_t> limit) : limit_(limit) {}

  std::optional<int64_t> limit() const { return limit_; }
  // Bytes that are held, once they are above the limit; else 0. `now` in seconds: asks the system
  // at most ten times a second.
  int64_t Excess(double now) {
    if (!limit_ || now < next_) return 0;
    next_ = now + 0.1;
    const int64_t held = ResidentMemory();
    return held > *limit_ ? held : 0;
  }

 private:
  std::optional<int64_t> limit_;
  double next_ = 0;
};

}  // namespace bottega
