// Counts the bytes of libtorch's tensors.
#pragma once

#include <cstdint>
#include <memory>

namespace bottega {

// While it lives, what the calling thread (and a backward pass that it starts) allocates and frees
// through libtorch's allocators is counted. Blocks that were there before count below zero when
// they are freed. Scratch space of oneDNN and MKL goes past the allocator and is not seen.
class MemoryMeter {
 public:
  MemoryMeter();
  ~MemoryMeter();
  MemoryMeter(const MemoryMeter&) = delete;
  MemoryMeter& operator=(const MemoryMeter&) = delete;

  int64_t bytes() const;  // now
  int64_t peak() const;   // the most so far

 private:
  struct Scope;
  std::unique_ptr<Scope> scope_;
};

}  // namespace bottega
