// A limit on the memory that threads together use for one purpose.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <utility>

namespace bottega {

// Thread-safe. Shares are given in the order they were asked for, so that a large one is not kept
// waiting by small ones for ever.
class ByteBudget {
 public:
  // Gives its bytes back when it goes. Must not outlive the budget.
  class Share {
   public:
    Share() = default;
    Share(Share&& other) noexcept
        : budget_(std::exchange(other.budget_, nullptr)), bytes_(other.bytes_) {}
    Share& operator=(Share&& other) noexcept {
      std::swap(budget_, other.budget_);
      std::swap(bytes_, other.bytes_);
      return *this;
    }
    ~Share() {
      if (budget_ != nullptr) budget_->Return(bytes_);
    }

   private:
    friend class ByteBudget;
    Share(ByteBudget* budget, int64_t bytes) : budget_(budget), bytes_(bytes) {}
    ByteBudget* budget_ = nullptr;
    int64_t bytes_ = 0;
  };

  explicit ByteBudget(int64_t bytes) : bytes_(bytes) {}

  // Waits until `bytes` are free or, when the budget is smaller than that, all of it. A thread that
  // holds a share must not ask the same budget for another.
  Share Take(int64_t bytes);

 private:
  void Return(int64_t bytes);

  const int64_t bytes_;
  std::mutex mutex_;
  std::condition_variable changed_;
  int64_t used_ = 0;
  int64_t next_ticket_ = 0, serving_ = 0;
};

}  // namespace bottega
