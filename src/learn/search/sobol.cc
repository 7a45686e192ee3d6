#include "learn/search/sobol.h"

#include <array>

#include "base/random.h"

namespace bottega {

namespace {

constexpr int kBits = 32;

// Degree of the primitive polynomial, its inner coefficients as bits, and the first direction
// numbers m_i, of dimensions 2 to 21.
struct Direction {
  int degree;
  uint32_t coefficients;
  std::array<uint32_t, 7> first;
};

constexpr std::array<Direction, kSobolDimensions - 1> kDirections = {{
    {1, 0, {1}},
    {2, 1, {1, 3}},
    {3, 1, {1, 3, 1}},
    {3, 2, {1, 1, 1}},
    {4, 1, {1, 1, 3, 3}},
    {4, 4, {1, 3, 5, 13}},
    {5, 2, {1, 1, 5, 5, 17}},
    {5, 4, {1, 1, 5, 5, 5}},
    {5, 7, {1, 1, 7, 11, 19}},
    {5, 11, {1, 1, 5, 1, 1}},
    {5, 13, {1, 1, 1, 3, 11}},
    {5, 14, {1, 3, 5, 5, 31}},
    {6, 1, {1, 3, 3, 9, 7, 49}},
    {6, 13, {1, 1, 1, 15, 21, 21}},
    {6, 16, {1, 3, 1, 13, 27, 49}},
    {6, 19, {1, 1, 1, 15, 7, 5}},
    {6, 22, {1, 3, 1, 15, 13, 25}},
    {6, 25, {1, 1, 5, 5, 19, 61}},
    {7, 1, {1, 3, 7, 11, 23, 15, 103}},
    {7, 4, {1, 3, 7, 13, 13, 15, 69}},
}};

// v_k of one dimension, as fractions of 2^32.
std::array<uint32_t, kBits> Directions(size_t dimension) {
  std::array<uint32_t, kBits> v{};
  if (dimension == 0) {
    for (int k = 0; k < kBits; ++k) v[static_cast<size_t>(k)] = uint32_t{1} << (kBits - 1 - k);
    return v;
  }
  const Direction& given = kDirections[dimension - 1];
  for (int k = 0; k < kBits; ++k) {
    const auto at = static_cast<size_t>(k);
    if (k < given.degree) {
      v[at] = given.first[at] << (kBits - 1 - k);
      continue;
    }
    const uint32_t before = v[at - static_cast<size_t>(given.degree)];
    v[at] = before ^ (before >> given.degree);
    for (int i = 1; i < given.degree; ++i) {
      if (given.coefficients >> (given.degree - 1 - i) & 1) v[at] ^= v[at - static_cast<size_t>(i)];
    }
  }
  return v;
}

}  // namespace

UnitPoint SobolPoint(int64_t number, size_t dimensions, uint64_t seed) {
  const auto gray = static_cast<uint64_t>(number ^ (number >> 1));
  UnitPoint point;
  for (size_t d = 0; d < dimensions; ++d) {
    const std::array<uint32_t, kBits> v = Directions(d);
    uint32_t x = 0;
    for (int k = 0; k < kBits; ++k) {
      if (gray >> k & 1) x ^= v[static_cast<size_t>(k)];
    }
    if (seed != 0) x ^= Random(seed, Purpose::kSearch, 0, static_cast<int64_t>(d)).Bits();
    point.push_back(static_cast<double>(x) / 4294967296.0);
  }
  return point;
}

}  // namespace bottega
