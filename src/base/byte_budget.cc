#include "base/byte_budget.h"

namespace bottega {

ByteBudget::Share ByteBudget::Take(int64_t bytes) {
  std::unique_lock lock(mutex_);
  const int64_t ticket = next_ticket_++;
  changed_.wait(lock,
                [&] { return ticket == serving_ && (used_ == 0 || used_ + bytes <= bytes_); });
  ++serving_;
  used_ += bytes;
  changed_.notify_all();
  return {this, bytes};
}

void ByteBudget::Return(int64_t bytes) {
  const std::lock_guard lock(mutex_);
  used_ -= bytes;
  changed_.notify_all();
}

}  // namespace bottega
