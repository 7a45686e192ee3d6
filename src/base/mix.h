// Bits of a number spread over all of a number, for hashes that are combined from parts.
#pragma once

#include <cstdint>

namespace bottega {

// The finalizer of SplitMix64 (Steele, Lea & Flood, "Fast splittable pseudorandom number
// generators", OOPSLA 2014): one to one, and each input bit changes half of the output bits.
constexpr uint64_t Mix(uint64_t x) {
  x ^= x >> 30;
  x *= 0xbf58476d1ce4e5b9ULL;
  x ^= x >> 27;
  x *= 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

}  // namespace bottega
