// What a text is like, without a language model.
#pragma once

#include <cstdint>
#include <string_view>

namespace bottega {

struct TextProperties {
  int64_t characters = 0;  // code points
  int64_t letters = 0;
  int64_t upper = 0;  // capital letters
  int64_t digits = 0;
  int64_t symbols = 0;  // signs that stand for something: emoji, currencies, + = % & # @
  int64_t spaces = 0;
  // Runs of letters, digits and what stands inside words (' ’ -); each Chinese, Japanese, Thai,
  // Lao, Khmer or Burmese letter, which are written without spaces, counts as half a word.
  double words = 0;
  int64_t longest_word = 0;  // in characters

  bool blank() const { return characters == spaces; }
};

// `text` is UTF-8; bytes that are not count as one character each, of no kind. Characters that show
// nothing (no-break and zero-width spaces, byte order marks, controls) are spaces.
TextProperties MeasureText(std::string_view text);

}  // namespace bottega
