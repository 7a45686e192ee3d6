#include "engine/memory_meter.h"

#include <c10/core/Allocator.h>
#include <c10/util/ThreadLocalDebugInfo.h>

#include <algorithm>
#include <mutex>

namespace bottega {

namespace {

class Counter : public c10::MemoryReportingInfoBase {
 public:
  void reportMemoryUsage(void*, int64_t size, size_t, size_t, c10::Device) override {
    const std::lock_guard lock(mutex_);
    bytes_ += size;
    peak_ = std::max(peak_, bytes_);
  }
  bool memoryProfilingEnabled() const override { return true; }

  int64_t bytes() const {
    const std::lock_guard lock(mutex_);
    return bytes_;
  }
  int64_t peak() const {
    const std::lock_guard lock(mutex_);
    return peak_;
  }
  void Restart() {
    const std::lock_guard lock(mutex_);
    peak_ = bytes_;
  }

 private:
  mutable std::mutex mutex_;
  int64_t bytes_ = 0, peak_ = 0;
};

}  // namespace

struct MemoryMeter::Scope {
  std::shared_ptr<Counter> counter = std::make_shared<Counter>();
  c10::DebugInfoGuard guard{c10::DebugInfoKind::PROFILER_STATE, counter};
};

MemoryMeter::MemoryMeter() : scope_(std::make_unique<Scope>()) {}
MemoryMeter::~MemoryMeter() = default;

int64_t MemoryMeter::bytes() const { return scope_->counter->bytes(); }
int64_t MemoryMeter::peak() const { return scope_->counter->peak(); }
void MemoryMeter::Restart() { scope_->counter->Restart(); }

}  // namespace bottega
