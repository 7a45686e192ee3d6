// Looks for many texts at once in bytes of any kind: as they are, and as JSON, HTML, CSV, YAML and
// URLs write them. A text that begins or ends with a letter or digit is found as whole words only:
// "Anna" is not found in "Annabel".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace bottega {

// What stands where a value was. It needs no quotes in JSON, YAML, CSV, HTML or a shell.
inline constexpr std::string_view kBlot = "(forgotten)";

struct ValueMatch {
  size_t begin = 0, end = 0;
  size_t value = 0;  // index into values()
};

struct SoughtValue {
  std::string text;  // at least ValueFinder::kLeast bytes
  // Its first so many bytes are found as well, as in messages that cut what they cite; 0: no.
  size_t part = 0;
};

class ValueFinder {
 public:
  explicit ValueFinder(std::vector<SoughtValue> values);
  static constexpr size_t kLeast = 4;

  const std::vector<SoughtValue>& values() const { return values_; }
  bool empty() const { return patterns_.empty(); }
  // The longest at each place, from the left, without overlap. Linear in `bytes`.
  std::vector<ValueMatch> FindAll(std::string_view bytes) const;
  bool Occurs(std::string_view bytes) const;
  // Every match replaced by kBlot; `count` is raised by how many.
  std::string Blot(std::string_view bytes, int64_t* count) const;
  // Every match overwritten with '*', so that lengths and places stay.
  std::string Overwrite(std::string_view bytes, int64_t* count) const;

 private:
  struct Pattern {
    std::string bytes;
    size_t value = 0;
    std::string whole;  // of a beginning: what it is the beginning of
  };
  void Add(std::string bytes, size_t value, std::string whole = {});
  size_t MatchAt(std::string_view bytes, size_t at, size_t* value) const;

  std::vector<SoughtValue> values_;
  std::vector<Pattern> patterns_;
  std::unordered_map<uint32_t, std::vector<size_t>> by_start_;  // the first four bytes
  std::vector<bool> starts_;                                    // by a hash of them
};

}  // namespace bottega
