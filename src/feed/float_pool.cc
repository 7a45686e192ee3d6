#include "feed/float_pool.h"

#include <sys/mman.h>

#include <cstdlib>
#include <new>

namespace bottega {

namespace {

constexpr size_t kHugePage = 2 << 20;
constexpr size_t kKept = 16;  // free blocks beyond it go back to the system

float* Allocate(size_t floats) {
  const size_t bytes = floats * sizeof(float);
  const size_t alignment = bytes >= kHugePage ? kHugePage : 64;
  const size_t rounded = (bytes + alignment - 1) / alignment * alignment;
  void* block = std::aligned_alloc(alignment, rounded);
  if (block == nullptr) throw std::bad_alloc();
  if (alignment == kHugePage) madvise(block, rounded, MADV_HUGEPAGE);
  return static_cast<float*>(block);
}

}  // namespace

FloatPool::~FloatPool() {
  for (float* block : free_) std::free(block);
}

std::shared_ptr<float> FloatPool::Take() {
  float* block = nullptr;
  {
    const std::lock_guard lock(mutex_);
    if (!free_.empty()) {
      block = free_.back();
      free_.pop_back();
    }
  }
  if (block == nullptr) block = Allocate(floats_);
  return {block, [self = shared_from_this()](float* used) { self->Return(used); }};
}

void FloatPool::Return(float* block) {
  const std::lock_guard lock(mutex_);
  if (free_.size() < kKept) {
    free_.push_back(block);
  } else {
    std::free(block);
  }
}

}  // namespace bottega
