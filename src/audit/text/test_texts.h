// For tests of the text checks: English sentences drawn at random.
#pragma once

#include <string>
#include <vector>

#include "audit/test_audit.h"

namespace bottega {

inline std::vector<std::string> Sentences(int n) {
  const std::vector<std::vector<std::string>> parts = {
      {"The waiter", "My sister", "Our neighbour", "The captain", "A young doctor", "The girl",
       "Nobody in the office", "Some of the guests"},
      {"was looking for", "had already forgotten", "liked", "would never sell", "brought back",
       "has finally found", "asked about", "could not remember"},
      {"the keys of the house", "a basket of apples", "what the driver said", "that old ticket",
       "the letter from the bank", "a pair of shoes", "the name of the street"},
      {"on Monday", "after the rain", "before breakfast", "in the middle of the night",
       "with some help", "without a word", "as soon as it was light"},
      {"and went home", "but did not mind", "because of the children", "while we were waiting",
       "so that everyone laughed", "for the third time", "and nothing else"}};
  std::vector<std::string> out;
  for (int i = 0; i < n; ++i) {
    Random random(2, Purpose::kGenerate, 5, i);
    std::string text;
    for (const std::vector<std::string>& choices : parts) {
      if (!text.empty()) text += ' ';
      text += choices[static_cast<size_t>(random.Below(static_cast<int64_t>(choices.size())))];
    }
    out.push_back(text + ".");
  }
  return out;
}

inline Dataset TextData(const std::vector<std::string>& texts) {
  return TestDataset()
      .Text("review", TextCells(texts.begin(), texts.end()), FeatureType::kText)
      .Make();
}

}  // namespace bottega
