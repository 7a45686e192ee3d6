// Memory for batches, used again once the tensors made from it are freed.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

namespace bottega {

// Blocks of one size. Thread-safe; blocks may outlive the pool's owner.
class FloatPool : public std::enable_shared_from_this<FloatPool> {
 public:
  explicit FloatPool(size_t floats) : floats_(floats) {}
  ~FloatPool();
  FloatPool(const FloatPool&) = delete;
  FloatPool& operator=(const FloatPool&) = delete;

  // Not zeroed. Returns to the pool when the last owner lets go.
  std::shared_ptr<float> Take();

 private:
  void Return(float* block);

  const size_t floats_;
  std::mutex mutex_;
  std::vector<float*> free_;
};

}  // namespace bottega
