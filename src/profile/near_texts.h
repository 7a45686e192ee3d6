// Texts that say nearly the same: one text copied, edited, retyped.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "profile/cells.h"
#include "profile/duplicates.h"

namespace bottega {

struct NearTextOptions {
  double similarity = 0.6;  // least Jaccard similarity of the shingle sets of two texts
  int shingle = 0;          // words in a shingle; 0: 1, 2 or 3 by the length of the texts
  bool near = true;         // false: equal texts alone
};

// The shingle width that 0 stands for: 1 where the middle text has at most 12 words, 2 up to 60.
int ShingleWidth(const std::vector<std::string>& texts, const NearTextOptions& options);

// Pairs of indices into `texts` (distinct texts), enough of them to link each group of near-equal
// texts; not all pairs of a group. Candidates come from MinHash signatures cut into bands
// (Broder 1997; Indyk & Motwani, "Approximate nearest neighbors", STOC 1998): 28 bands of 4 values
// find a pair of similarity s with probability 1 - (1 - s^4)^28: 0.98 at 0.6, 0.9995 at 0.7. Each
// candidate is verified: the Jaccard similarity of the shingles itself, and what the two share must
// be no template: their common words hold at least 2 log2(n) + 4 bits, where a word holds
// -log2(share of the other texts with it). Where 20 texts or more are linked at a similarity of
// 0.25 they are taken to follow a template, and shares and n are those among them (2 log2(n) + 1
// bits), unless two are 90 % alike. Time n log n.
std::vector<DuplicatePair> FindNearTexts(const std::vector<std::string>& texts,
                                         const NearTextOptions& options);

// The same of the rows of a text column. Rows of one text are linked too, as exact pairs, when the
// text itself holds at least log2(n) + 3 bits.
Duplicates FindDuplicateTexts(const CellColumn& cells, const NearTextOptions& options);

}  // namespace bottega
