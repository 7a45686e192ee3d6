// For tests of the text checks: English sentences of ours, none twice.
#pragma once

#include <string>
#include <vector>

#include "audit/test_audit.h"

namespace bottega {

inline std::vector<std::string> Sentences(int n) {
  const std::vector<std::string> who = {"The waiter",  "My sister",      "Our neighbour",
                                        "The captain", "A young doctor", "Nobody in the office",
                                        "The girl"};
  const std::vector<std::string> did = {"was looking for", "had already forgotten",
                                        "liked",           "would never sell",
                                        "brought back",    "has finally found"};
  const std::vector<std::string> what = {"the keys of the house", "a basket of apples",
                                         "what the driver told him", "that ticket to the opera",
                                         "the letter from the bank"};
  const std::vector<std::string> when = {"on Monday", "after the rain", "before breakfast",
                                         "in the middle of the night", "with some help"};
  std::vector<std::string> out;
  for (int i = 0; i < n; ++i) {
    const size_t k = static_cast<size_t>(i);
    out.push_back(who[k % 7] + " " + did[k / 7 % 6] + " " + what[k % 5] + " " + when[k / 3 % 5] +
                  (k >= 210 ? " again " + std::to_string(k) : "") + ".");
  }
  return out;
}

inline Dataset TextData(const std::vector<std::string>& texts) {
  return TestDataset()
      .Text("review", TextCells(texts.begin(), texts.end()), FeatureType::kText)
      .Make();
}

}  // namespace bottega
