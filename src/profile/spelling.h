// Category values that are one value spelled in several ways.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace bottega {

struct SpellingVariant {
  std::string text;
  int64_t count = 0;  // rows with it
  std::string why;    // "case", "spaces", "punctuation", "typo"
  double confidence = 1;
};

struct SpellingCluster {
  std::string canonical;                  // the most frequent spelling
  int64_t count = 0;                      // rows with the canonical spelling
  std::vector<SpellingVariant> variants;  // most frequent first, at least one
};

// `values` are distinct, `counts` their rows. Values that differ in case, white space or separating
// punctuation alone form one cluster. A rarer value joins a frequent one as a typing slip when few
// letters differ (1 below 12 letters, then 2, one more for each further 12), digits and signs such
// as + # < > are equal, every word that differs is itself close to its counterpart and is rare in
// the column, and the frequent value has at least `ratio` times as many rows. Texts in which one
// character replaces several letters, and slips in one word of several, are found as
// spelling_words.h says. Names of fewer than 5 letters are never slips. So "Male" and "Female",
// "A1" and "A2", "10th" and "11th" stay apart. At most `most_values` distinct values are looked at
// (0 clusters beyond it).
std::vector<SpellingCluster> FindSpellingClusters(const std::vector<std::string>& values,
                                                  const std::vector<int64_t>& counts,
                                                  double ratio = 5, int64_t most_values = 50'000);

}  // namespace bottega
