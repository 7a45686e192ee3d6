#include "engine/autocast.h"

#include <ATen/autocast_mode.h>

namespace bottega {

AutocastGuard::AutocastGuard(c10::Device device, bool enabled)
    : type_(device.type()), active_(enabled) {
  if (!active_) return;
  enabled_before_ = at::autocast::is_autocast_enabled(type_);
  at::autocast::set_autocast_dtype(type_, at::kBFloat16);
  at::autocast::set_autocast_enabled(type_, true);
  at::autocast::increment_nesting();
}

AutocastGuard::~AutocastGuard() {
  if (!active_) return;
  if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
  at::autocast::set_autocast_enabled(type_, enabled_before_);
}

}  // namespace bottega
