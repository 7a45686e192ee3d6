// Which language a text is written in, told by its script and by how its words are spelt.
//
// Languages that share a script are told apart by a character model of each: the probability of a
// letter after the up to three before it in the word, orders mixed by Witten and Bell's estimate
// (IEEE Trans. Information Theory 37, 1991), learned when first used from the sentences and common
// words of language_samples.h. See doc/decisions on why no library does it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "profile/cells.h"

namespace bottega {

struct Language {
  std::string code;  // ISO 639-1
  std::string name;  // in English
  int script = 0;    // ICU's UScriptCode of its letters
};

// All that can be told, by script; stable within a version of the program.
const std::vector<Language>& Languages();
// Index into Languages(), -1: none.
int FindLanguage(std::string_view code);

// The most probable language of one text, -1 where it has fewer than `letters` letters of one
// script or two languages fit nearly as well (the better one less than `margin` nats above). Looks
// at the first 60 words.
int IdentifyLanguage(std::string_view text, int letters = 12, double margin = 4);

// The languages of a column of texts.
struct ColumnLanguages {
  int main = -1;      // of most texts; -1: no text could be told, or none is in a majority
  double share = 0;   // of the texts that can be told, in `main`
  int64_t told = 0;   // texts, by distinct value, that can be told
  double common = 0;  // share of the words that are common ones of their own language, 0 to 1
  std::vector<int> language;       // per code: the most probable one; -1 without letters
  std::vector<int> told_language;  // the same where it is sure (as IdentifyLanguage), else -1
  // Per code: how much better `language` fits than `main`, in nats; 0 where they agree, infinite
  // for another script. No word counts for more than six, and none for another language that
  // several texts of the main one have too: names and terms of the trade.
  std::vector<float> margin;
  std::vector<int> words;    // per code: words that the judgement rests on
  std::vector<int> letters;  // per code: of them
  // Per code: -ln of the probability of a letter in `language`, mean over the words, those that
  // several other texts have counting as ordinary; about 2.2 in prose, 4 for random letters. NaN
  // where there are fewer than eight letters or no model of the script.
  std::vector<float> oddness;
};

// In parallel; time linear in the distinct texts, of which the first 60 words are looked at.
ColumnLanguages LanguagesOf(const CellColumn& cells);

}  // namespace bottega
