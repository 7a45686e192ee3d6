// Slips in texts of several words, and texts in which one character stands for others.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "profile/spelling_form.h"

namespace bottega {

// Per form: the form that it was before letters were replaced by one and the same character
// ("heaxt failuxe"), -1: none. Two places at least, a third of the text at most; every word that
// differs keeps at least half of its letters, digits are equal, and the other form has `ratio`
// times as many rows. Nothing for more than `most` forms (time is their number squared).
std::vector<int64_t> FindReplacedLetters(const std::vector<SpellingForm>& forms, double ratio,
                                         size_t most = 3'000);

// Per form of several words: the form that it is but for one rare word that is a letter away from
// a word of at least 20 times as many rows ("37 patixnts" where "37 patients" exists, however
// rare), -1: none. Words have five letters and more.
std::vector<int64_t> FindSlippedWords(const std::vector<SpellingForm>& forms);

}  // namespace bottega
