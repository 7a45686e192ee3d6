// Texts as words: what near-duplicate and topic searches compare.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bottega {

// Calls for each word of `text` in order: runs of letters and digits, lower case (Unicode: NFKC
// with case folding). A character of a script that sets no spaces (Han, Kana, Thai, Lao, Khmer,
// Myanmar) is a word of its own. The view is valid during the call.
template <class Each>
void ForEachWord(std::string_view text, Each each);

// Per text, hashes (32 bits) of what it holds, distinct and ascending; one after another.
struct TextSets {
  std::vector<int64_t> begin;  // texts + 1
  std::vector<uint32_t> member;

  int64_t size() const { return static_cast<int64_t>(begin.size()) - 1; }
  const uint32_t* first(int64_t i) const { return member.data() + begin[static_cast<size_t>(i)]; }
  const uint32_t* last(int64_t i) const {
    return member.data() + begin[static_cast<size_t>(i) + 1];
  }
  int64_t count(int64_t i) const { return last(i) - first(i); }
};

// Shingles: runs of `width` words (Broder, "On the resemblance and containment of documents",
// 1997). A text of fewer words is one shingle; one without words has none. In parallel.
TextSets ShinglesOf(const std::vector<std::string>& texts, int width);

// |A and B| / |A or B| of two members of `sets`; 0 where both are empty.
double Jaccard(const TextSets& sets, int64_t a, int64_t b);

// Words per text, the middle one of at most 1,000 texts.
int MedianWords(const std::vector<std::string>& texts);

// ---

bool IsAscii(std::string_view text);
// What ForEachWord walks over when the text is not ASCII: words set apart by single spaces.
std::string SpacedWords(std::string_view text);

template <class Each>
void ForEachWord(std::string_view text, Each each) {
  std::string spaced;
  if (!IsAscii(text)) {
    spaced = SpacedWords(text);
    text = spaced;
  }
  std::string word;
  for (const char c : text) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool letter = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                        static_cast<unsigned char>(c) >= 0x80;
    if (letter) {
      word += upper ? static_cast<char>(c - 'A' + 'a') : c;
    } else if (c != '\'' && !word.empty()) {  // "don't" is one word
      each(std::string_view(word));
      word.clear();
    }
  }
  if (!word.empty()) each(std::string_view(word));
}

}  // namespace bottega
