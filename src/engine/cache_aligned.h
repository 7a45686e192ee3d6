// Vectors that begin at a cache line, so that no vector load of a padded row straddles two.
#pragma once

#include <cstddef>
#include <new>
#include <vector>

namespace bottega {

template <typename T>
struct CacheAligned {
  using value_type = T;
  static constexpr std::align_val_t kLine{64};

  CacheAligned() = default;
  template <typename U>
  CacheAligned(const CacheAligned<U>&) {}

  T* allocate(size_t n) { return static_cast<T*>(::operator new(n * sizeof(T), kLine)); }
  void deallocate(T* at, size_t) { ::operator delete(at, kLine); }
  bool operator==(const CacheAligned&) const { return true; }
};

using AlignedFloats = std::vector<float, CacheAligned<float>>;

}  // namespace bottega
