#include "profile/personal/words.h"

#include <array>
#include <string>

#include "base/text.h"

namespace bottega {

namespace {

// Letters that U+00C0 to U+017F fold to, two characters each ("ss" for sharp s, "o " for o-slash).
constexpr std::string_view kLatin =
    "a a a a a a aec e e e e i i i i d n o o o o o   o u u u u y thss"
    "a a a a a a aec e e e e i i i i d n o o o o o   o u u u u y thy "
    "a a a a a a c c c c c c c c d d d d e e e e e e e e e e g g g g "
    "g g g g h h h h i i i i i i i i i i ijijj j k k k l l l l l l l "
    "l l l n n n n n n n n n o o o o o o oeoer r r r r r s s s s s s "
    "s s t t t t t t u u u u u u u u u u u u w w y y y z z z z z z s ";

bool IsUpperLatin(int code) {  // of U+00C0 to U+017F
  if (code < 0xDF) return code != 0xD7;
  if (code < 0x100) return false;
  if (code == 0x178 || code == 0x179 || code == 0x17B || code == 0x17D) return true;
  if (code >= 0x139 && code <= 0x148) return code % 2 == 1;
  return code < 0x178 && code % 2 == 0;
}

size_t FoldTwoBytes(unsigned char lead, unsigned char next, uint64_t* hash, bool* capital) {
  const int code = (lead & 0x1F) << 6 | (next & 0x3F);
  if (code >= 0xC0 && code < 0x180) {
    *capital = IsUpperLatin(code);
    const auto at = static_cast<size_t>(code - 0xC0) * 2;
    *hash = HashLetter(*hash, static_cast<unsigned char>(kLatin[at]));
    if (kLatin[at + 1] != ' ')
      *hash = HashLetter(*hash, static_cast<unsigned char>(kLatin[at + 1]));
    return 2;
  }
  if (code >= 0x300 && code < 0x370) return 2;  // combining accents
  int folded = code;
  if (code >= 0x410 && code < 0x430) folded = code + 0x20;  // Cyrillic
  if (code == 0x401 || code == 0x451) folded = 0x435;
  *capital = folded != code && code != 0x451;
  *hash = HashLetter(*hash, static_cast<unsigned char>(folded >> 8));
  *hash = HashLetter(*hash, static_cast<unsigned char>(folded & 0xFF));
  return 2;
}

// Open addressing with linear probing; twice as many places as words.
class WordTable {
 public:
  WordTable() : places_(1 << 15) {
    AddAll(kGivenNames, kGivenName, 0);
    AddAll(kSurnames, kSurname, 0);
    for (const WordList& list : WordLists()) {
      AddAll(list.words, list.flags, *list.country == '\0' ? 0 : CountryCode(list.country));
    }
  }

  const WordFacts* Find(uint64_t key) const {
    for (size_t at = key & kMask;; at = (at + 1) & kMask) {
      if (places_[at].key == key) return &places_[at];
      if (places_[at].key == 0) return nullptr;
    }
  }

 private:
  static constexpr size_t kMask = (1 << 15) - 1;

  void AddAll(std::string_view words, uint32_t flags, uint16_t country) {
    uint8_t month = 0;
    for (const std::string& entry : Split(words, ' ')) {
      std::string word = entry;
      uint32_t more = 0;
      if (word.ends_with("*")) {
        word.pop_back();
        more = kCommonWord;
      }
      if (word.empty()) continue;
      if ((flags & kMonth) != 0) month = static_cast<uint8_t>(month % 12 + 1);
      const size_t joint = word.find('_');
      if (joint == std::string::npos) {
        Add(FoldedHash(word), flags | more, country, month);
        continue;
      }
      const uint64_t first = FoldedHash(word.substr(0, joint));
      Add(first, kPairFirst, 0, 0);
      Add(PairKey(first, FoldedHash(word.substr(joint + 1))), flags, country, 0);
    }
  }

  void Add(uint64_t key, uint32_t flags, uint16_t country, uint8_t month) {
    size_t at = key & kMask;
    while (places_[at].key != 0 && places_[at].key != key) at = (at + 1) & kMask;
    places_[at].key = key;
    places_[at].flags |= flags;
    if (country != 0) places_[at].country = country;
    if (month != 0) places_[at].month = month;
  }

 public:
  static uint64_t PairKey(uint64_t first, uint64_t second) {
    return (first * 31) ^ (second >> 1) ^ 0x9E3779B97F4A7C15ULL;
  }

 private:
  std::vector<WordFacts> places_;
};

const WordTable& Table() {
  static const WordTable table;
  return table;
}

}  // namespace

size_t FoldCharacter(std::string_view text, size_t at, uint64_t* hash, bool* capital) {
  const auto c = static_cast<unsigned char>(text[at]);
  *capital = false;
  if (c < 0x80) {
    *capital = c >= 'A' && c <= 'Z';
    *hash = HashLetter(*hash, *capital ? static_cast<unsigned char>(c | 0x20) : c);
    return 1;
  }
  if ((c & 0xE0) == 0xC0 && at + 1 < text.size()) {
    return FoldTwoBytes(c, static_cast<unsigned char>(text[at + 1]), hash, capital);
  }
  *hash = HashLetter(*hash, c);
  return 1;
}

uint64_t FoldedHash(std::string_view word) {
  uint64_t hash = kWordSeed;
  bool capital = false;
  for (size_t at = 0; at < word.size();) at += FoldCharacter(word, at, &hash, &capital);
  return hash;
}

const WordFacts* FindWord(uint64_t hash) { return Table().Find(hash); }

const WordFacts* FindWordPair(uint64_t first, uint64_t second) {
  return Table().Find(WordTable::PairKey(first, second));
}

}  // namespace bottega
