// The most frequent values of a stream with their counts, in bounded memory.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace bottega {

struct HeavyHitter {
  std::string value;
  int64_t count = 0;  // at least this often, at most HeavyHitters::error() more
};

// Misra & Gries, "Finding repeated elements" (Science of Computer Programming 2, 1982), fed and
// merged with whole counts as in Agarwal et al., "Mergeable summaries" (PODS 2012). Of n values in
// all, a count is too low by at most n / (capacity + 1); with at most `capacity` different values
// every count is exact. Memory: twice the capacity, values cut to 256 bytes.
class HeavyHitters {
 public:
  explicit HeavyHitters(size_t capacity = 1024) : capacity_(capacity) {}

  void Add(std::string_view value, int64_t count = 1);
  void Merge(const HeavyHitters& other);

  // Most frequent first, ties by value.
  std::vector<HeavyHitter> Values() const;
  int64_t error() const { return error_; }
  bool exact() const { return error_ == 0; }

 private:
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const;
  };
  void Shrink();

  size_t capacity_;
  int64_t error_ = 0;
  std::unordered_map<std::string, int64_t, Hash, std::equal_to<>> counts_;
};

}  // namespace bottega
