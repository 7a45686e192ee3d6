// Counts the bytes of libtorch's tensors.
#pragma once

#include <cstdint>
#include <memory>

namespace bottega {

// While it lives, what the calling thread (and a backward pass that it starts) allocates and frees
// through libtorch's allocators is counted. Blocks that were there before must not be freed:
// libtorch would warn. Scratch space of oneDNN and MKL goes past the allocator and is not seen.
class MemoryMeter {
 public:
  MemoryMeter();
  ~MemoryMeter();
  MemoryMeter(const MemoryMeter&) = delete;
  MemoryMeter& operator=(const MemoryMeter&) = delete;

  int64_t bytes() const;  // now
  int64_t peak() const;   // the most so far, or since Restart()
  void Restart();

 private:
  struct Scope;
  std::unique_ptr<Scope> scope_;
};

}  // namespace bottega
