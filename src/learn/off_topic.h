// Texts and pictures that have little in common with the rest.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "learn/matrix.h"

namespace bottega {

// Per item: how many items so foreign a collection of this size and spread holds by chance;
// infinity where it cannot be judged (a text of fewer than `kFewestTopicWords` different words).
using Foreignness = std::vector<double>;

inline constexpr int64_t kFewestTopicWords = 5;

// Distinct texts. Two views, each against its own tail: the mean over a text's words of
// log(share of the other texts with the word), low when it is made of words that the others do not
// use; and, of the words that others do use, the mean of how usual those others are in that sense,
// low when a text keeps company with foreign texts only (a small second topic). Both are set in
// relation to their deviation for a text of as many words. Time linear in the words.
Foreignness ForeignTexts(const std::vector<std::string>& texts);

// Rows of `features`: the logarithm of the distance to the k-th nearest of at most 2,000 other
// rows, where k is `company` of them, so that a foreign group smaller than that keeps no company.
Foreignness ForeignRows(const Matrix& features, double company, uint64_t seed);

}  // namespace bottega
