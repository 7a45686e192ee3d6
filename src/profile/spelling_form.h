// Values reduced to what their spelling leaves alone: case, white space and punctuation removed.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace bottega {

// One set of values that are equal once normalized.
struct SpellingForm {
  std::string normal;
  std::string tight;               // without spaces
  std::string fixed;               // its digits and signs, in order
  std::vector<std::string> words;  // of `normal`
  std::vector<size_t> members;     // indices of values, most frequent first
  int64_t count = 0;
  std::array<uint8_t, 32> letters{};  // counts by byte modulo 32, for a cheap lower bound
};

// Forms in the order in which `values` first have them. Case is folded; runs of separators become
// one space, except between digits, and a sign that stands alone at either end ("A-") stays.
std::vector<SpellingForm> FormsOf(const std::vector<std::string>& values,
                                  const std::vector<int64_t>& counts);

// What two values of one form differ in: "case", "spaces" or "punctuation".
std::string WhyDifferent(const std::string& a, const std::string& b);

}  // namespace bottega
