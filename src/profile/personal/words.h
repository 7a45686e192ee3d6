// What single words tell about the text around them: names, titles, street words, months, and the
// words that announce a number. Words are compared folded: lower case, without accents.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace bottega {

enum WordFlag : uint32_t {
  kGivenName = 1U << 0,
  kSurname = 1U << 1,
  kCommonWord = 1U << 2,  // a name that is an ordinary word, place or brand as well
  kTitle = 1U << 3,       // Mr, Dr, Frau
  kParticle = 1U << 4,    // van, de la
  kOrganization = 1U << 5,
  kNoName = 1U << 6,       // written with a capital and yet no name: months, days, pronouns
  kStreetFirst = 1U << 7,  // rue, via: the name follows
  kStreetLast = 1U << 8,   // Street, Road: the name stands before
  kMonth = 1U << 9,
  kNameFollows = 1U << 10,  // "Dear", "name is", "ich heisse"
  kPairFirst = 1U << 11,    // begins an entry of two words
  // What a number near it is.
  kSaysPhone = 1U << 12,
  kSaysCard = 1U << 13,
  kSaysBank = 1U << 14,
  kSaysBirth = 1U << 15,
  kSaysIp = 1U << 16,
  kSaysMac = 1U << 17,
  kSaysPlace = 1U << 18,
  kSaysSecret = 1U << 19,
  kSaysPlate = 1U << 20,
  kSaysId = 1U << 21,
  kSaysOther = 1U << 22,  // order, invoice, version: nothing personal
  kSaysAddress = 1U << 23,
  kSaysName = 1U << 24,      // of columns and labels: "name", "patient"
  kSaysDigest = 1U << 25,    // sha256, commit: hexadecimal digits that are no secret
  kBrand = 1U << 27,         // a firm that is called like its founder
  kCapitalsOnly = 1U << 26,  // tells something in capitals alone: SIN
};
inline constexpr uint32_t kSaysAny = kSaysPhone | kSaysCard | kSaysBank | kSaysBirth | kSaysIp |
                                     kSaysMac | kSaysPlace | kSaysSecret | kSaysPlate | kSaysId |
                                     kSaysOther | kSaysDigest;

struct WordFacts {
  uint64_t key = 0;
  uint32_t flags = 0;
  uint16_t country = 0;  // of kSaysId: two letters, 'I' << 8 | 'T'; 0 for any
  uint8_t month = 0;
};

constexpr uint16_t CountryCode(const char* two) {
  return static_cast<uint16_t>(static_cast<unsigned char>(two[0]) << 8 |
                               static_cast<unsigned char>(two[1]));
}

// The hash of a folded word, taken up letter by letter.
constexpr uint64_t kWordSeed = 1469598103934665603ULL;
constexpr uint64_t HashLetter(uint64_t hash, unsigned char c) {
  return (hash ^ c) * 1099511628211ULL;
}

// Folds the UTF-8 character at `at` of a word into `hash` and returns its length in bytes; sets
// `capital` if it is an upper-case letter. ASCII, Latin-1, Latin Extended-A and Cyrillic are
// folded.
size_t FoldCharacter(std::string_view text, size_t at, uint64_t* hash, bool* capital);
uint64_t FoldedHash(std::string_view word);

// nullptr for words that tell nothing.
const WordFacts* FindWord(uint64_t hash);
// The entry of two words, from the hashes of both.
const WordFacts* FindWordPair(uint64_t first, uint64_t second);

// Lists: words separated by spaces, folded; "*" after a name that is a common word too.
extern const char* const kGivenNames;
extern const char* const kSurnames;

// "street words [CC]" lists of words.cc, each with its flags.
struct WordList {
  uint32_t flags;
  const char* country;  // "" for any
  const char* words;    // "a b c_d": an underscore joins two words
};
const std::vector<WordList>& WordLists();

}  // namespace bottega
