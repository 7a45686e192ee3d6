#include "engine/autocast.h"

#include <ATen/autocast_mode.h>

namespace bottega {

AutocastGuard::AutocastGuard(c10::Device device, Precision precision)
    : type_(device.type()), active_(precision != Precision::kFp32) {
  if (!active_) return;
  enabled_before_ = at::autocast::is_autocast_enabled(type_);
  at::autocast::set_autocast_dtype(type_,
                                   precision == Precision::kFp16 ? at::kHalf : at::kBFloat16);
  at::autocast::set_autocast_enabled(type_, true);
  at::autocast::increment_nesting();
}

AutocastGuard::~AutocastGuard() {
  if (!active_) return;
  if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
  at::autocast::set_autocast_enabled(type_, enabled_before_);
}

Precision AutocastPrecision(c10::Device device) {
  if (!at::autocast::is_autocast_enabled(device.type())) return Precision::kFp32;
  return at::autocast::get_autocast_dtype(device.type()) == at::kHalf ? Precision::kFp16
                                                                      : Precision::kBf16;
}

}  // namespace bottega
