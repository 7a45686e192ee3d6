// Passages that many different texts share word for word: headers, footers, signatures, templates.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace bottega {

struct PassageOptions {
  int words = 8;        // shortest passage; shorter ones are turns of phrase
  double share = 0.01;  // of the texts that have to have it
  int64_t fewest = 5;   // texts that have to have it in any case
  int64_t sample =
      50'000;  // texts in which passages are looked for; all are then searched for them
  uint64_t seed = 7;
};

struct Passage {
  std::string text;  // its words, where it is longest, in lower case
  int64_t words = 0;
  std::vector<int32_t> texts;  // indices of the texts that have it, ascending
};

// `texts` are different from one another (copies would make all they say a passage). Runs of
// `words` words (shingles: Broder, "On the resemblance and containment of documents", 1997) are
// counted over texts by 64-bit hashes; of the frequent ones those that follow one another in at
// least half of their texts are joined. Numbers and punctuation do not count, so that a template
// with other numbers is found. Most frequent first. Time linear in the words; memory for at most
// some 4 million hashes: beyond, one in two, four ... is kept by its value, so that passages a
// little longer than `words` may be missed.
std::vector<Passage> RepeatedPassages(const std::vector<std::string>& texts,
                                      const PassageOptions& options);

}  // namespace bottega
