// bfloat16 autocast around a forward pass.
#pragma once

#include <c10/core/Device.h>

namespace bottega {

// While it lives, matrix products and convolutions of `device` run in bfloat16 (when `enabled`);
// reductions, norms' statistics and losses stay in float32. The destructor restores the former
// state and drops the cache of cast weights, which is stale once the optimizer has stepped. Keep
// one guard over all forward passes between two optimizer steps (micro-batches), so that each
// weight is cast once; backward runs outside of it. Each thread has its own state, properly nested;
// the cache is shared, so that another thread's destructor may drop a cast that then is made again,
// to the same bits.
class AutocastGuard {
 public:
  AutocastGuard(c10::Device device, bool enabled);
  ~AutocastGuard();
  AutocastGuard(const AutocastGuard&) = delete;
  AutocastGuard& operator=(const AutocastGuard&) = delete;

 private:
  c10::DeviceType type_;
  bool active_;
  bool enabled_before_ = false;
};

}  // namespace bottega
