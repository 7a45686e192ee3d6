// Sentences of ours in many languages, from which language.cc learns how they are spelt.
#pragma once

#include <string_view>
#include <vector>

namespace bottega {

struct LanguageSample {
  std::string_view code;       // ISO 639-1
  std::string_view common;     // the words that any running text has, lower case, between spaces
  std::string_view sentences;  // ordinary prose: letters, reviews, news, notes
};

// Latin, Cyrillic and Arabic scripts; languages that are alone in their script need no sample.
const std::vector<LanguageSample>& LanguageSamples();

// Parts of the list, by file.
std::vector<LanguageSample> WesternSamples();  // Germanic and Romance
std::vector<LanguageSample> EasternSamples();  // Slavic, Baltic, Uralic in Latin script
std::vector<LanguageSample> DistantSamples();  // the others, Cyrillic and Arabic scripts

}  // namespace bottega
