#include "profile/language.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <unordered_map>

#include "base/hash.h"
#include "base/threads.h"
#include "profile/language_model.h"
#include "profile/language_samples.h"
#include "profile/words.h"

namespace bottega {
namespace {

constexpr int kMostWords = 60;     // of a text that are looked at
constexpr float kMostPerWord = 6;  // nats that one word may speak for a language
constexpr double kOrdinary = 2.2;  // nats a letter in prose
constexpr int kToldLetters = 12;   // what IdentifyLanguage asks for by default
constexpr double kToldMargin = 4;

struct Name {
  const char *code, *name;
};

// Of the languages with a sample, in any order.
constexpr Name kNames[] = {
    {"en", "English"},    {"de", "German"},     {"fr", "French"},     {"es", "Spanish"},
    {"it", "Italian"},    {"pt", "Portuguese"}, {"nl", "Dutch"},      {"sv", "Swedish"},
    {"da", "Danish"},     {"nb", "Norwegian"},  {"is", "Icelandic"},  {"af", "Afrikaans"},
    {"ro", "Romanian"},   {"ca", "Catalan"},    {"pl", "Polish"},     {"cs", "Czech"},
    {"sk", "Slovak"},     {"sl", "Slovenian"},  {"hr", "Croatian"},   {"hu", "Hungarian"},
    {"fi", "Finnish"},    {"et", "Estonian"},   {"lv", "Latvian"},    {"lt", "Lithuanian"},
    {"tr", "Turkish"},    {"vi", "Vietnamese"}, {"id", "Indonesian"}, {"sq", "Albanian"},
    {"sw", "Swahili"},    {"tl", "Tagalog"},    {"ru", "Russian"},    {"uk", "Ukrainian"},
    {"be", "Belarusian"}, {"bg", "Bulgarian"},  {"sr", "Serbian"},    {"mk", "Macedonian"},
    {"ar", "Arabic"},     {"fa", "Persian"},    {"ur", "Urdu"},
};

struct Alone {
  const char *code, *name;
  UScriptCode script;
};

// The language that most texts of a script are written in.
constexpr Alone kAlone[] = {
    {"el", "Greek", USCRIPT_GREEK},       {"he", "Hebrew", USCRIPT_HEBREW},
    {"th", "Thai", USCRIPT_THAI},         {"ka", "Georgian", USCRIPT_GEORGIAN},
    {"hy", "Armenian", USCRIPT_ARMENIAN}, {"ko", "Korean", USCRIPT_HANGUL},
    {"hi", "Hindi", USCRIPT_DEVANAGARI},  {"bn", "Bengali", USCRIPT_BENGALI},
    {"ta", "Tamil", USCRIPT_TAMIL},       {"te", "Telugu", USCRIPT_TELUGU},
    {"kn", "Kannada", USCRIPT_KANNADA},   {"ml", "Malayalam", USCRIPT_MALAYALAM},
    {"gu", "Gujarati", USCRIPT_GUJARATI}, {"pa", "Punjabi", USCRIPT_GURMUKHI},
    {"or", "Odia", USCRIPT_ORIYA},        {"si", "Sinhala", USCRIPT_SINHALA},
    {"km", "Khmer", USCRIPT_KHMER},       {"lo", "Lao", USCRIPT_LAO},
    {"my", "Burmese", USCRIPT_MYANMAR},   {"am", "Amharic", USCRIPT_ETHIOPIC},
    {"bo", "Tibetan", USCRIPT_TIBETAN},   {"ja", "Japanese", USCRIPT_HIRAGANA},
    {"zh", "Chinese", USCRIPT_HAN},
};

int ScriptOf(char32_t c) {
  if (c < 128) return USCRIPT_LATIN;
  UErrorCode status = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(static_cast<UChar32>(c), &status);
  return script == USCRIPT_KATAKANA ? USCRIPT_HIRAGANA : script;
}

// Letters at the start that have one script; marks have that of the letter before.
size_t RunOfScript(std::u32string_view letters) {
  size_t i = 1;
  int script = -1;
  for (; i < letters.size(); ++i) {
    if (letters[i] < 0x370) continue;
    if (script < 0) script = ScriptOf(letters[0]);
    const int next = ScriptOf(letters[i]);
    if (next != script && next != USCRIPT_COMMON && next != USCRIPT_INHERITED) break;
  }
  return i;
}

int ScriptOfSample(const LanguageSample& sample) {
  int script = USCRIPT_LATIN;
  ForEachWord(sample.common, [&](std::u32string_view word) {
    script = ScriptOf(word[0]);
    return false;
  });
  return script;
}

// Words of many texts, each once; of each text its first ones.
class WordTable {
 public:
  struct Word {
    std::u32string letters;  // empty once scored
    int script = 0;
  };

  void Add(std::string_view text) {
    int left = kMostWords;
    ForEachWord(text, [&](std::u32string_view letters) {
      // Runs of writing without spaces are cut, so that no text costs more than others.
      letters = letters.substr(0, 64);
      // Kana and Chinese letters follow one another without a space.
      while (!letters.empty()) {
        const size_t run = RunOfScript(letters);
        AddWord(letters.substr(0, run));
        letters.remove_prefix(run);
      }
      return --left > 0;
    });
    ends_.push_back(ids_.size());
  }

  // Scores of all words by the models of their script.
  void Score() {
    const LanguageModel& model = LanguageModel::Get();
    const size_t l = static_cast<size_t>(model.languages());
    scores_.assign(words_.size() * l, 0);
    ParallelFor(static_cast<int64_t>(words_.size()), 256, [&](int64_t begin, int64_t end) {
      for (size_t w = static_cast<size_t>(begin); w < static_cast<size_t>(end); ++w) {
        if (!IsShared(words_[w].script)) continue;
        model.Score(words_[w].letters, &scores_[w * l]);
      }
    });
  }

  static bool IsShared(int script) {
    return script == USCRIPT_LATIN || script == USCRIPT_CYRILLIC || script == USCRIPT_ARABIC;
  }

  size_t size() const { return words_.size(); }
  size_t texts() const { return ends_.size(); }
  // Word numbers of a text.
  std::pair<const int32_t*, const int32_t*> WordsOf(size_t text) const {
    return {ids_.data() + (text == 0 ? 0 : ends_[text - 1]), ids_.data() + ends_[text]};
  }
  const Word& word(int32_t id) const { return words_[static_cast<size_t>(id)]; }
  const float* scores(int32_t id) const {
    return &scores_[static_cast<size_t>(id) *
                    static_cast<size_t>(LanguageModel::Get().languages())];
  }

 private:
  void AddWord(std::u32string_view letters) {
    const uint64_t key =
        Xxh3({reinterpret_cast<const char*>(letters.data()), letters.size() * sizeof(char32_t)});
    const auto [at, added] = known_.emplace(key, static_cast<int32_t>(words_.size()));
    if (added) words_.push_back({std::u32string(letters), ScriptOf(letters[0])});
    ids_.push_back(at->second);
  }

  std::unordered_map<uint64_t, int32_t> known_;
  std::vector<Word> words_;
  std::vector<int32_t> ids_;
  std::vector<size_t> ends_;
  std::vector<float> scores_;
};

struct Guess {
  int language = -1;
  int letters = 0, words = 0;  // of its script
  int script = 0;
  double lead = 0;         // over the second language of the script; infinite where there is none
  double other_share = 0;  // letters of other scripts
};

// Letters by script; a text has few scripts.
struct ScriptCount {
  int script = 0, letters = 0, words = 0;
};

std::vector<ScriptCount> CountScripts(const WordTable& table, size_t text) {
  std::vector<ScriptCount> counts;
  const auto [begin, end] = table.WordsOf(text);
  for (const int32_t* id = begin; id != end; ++id) {
    const WordTable::Word& word = table.word(*id);
    auto at = std::ranges::find(counts, word.script, &ScriptCount::script);
    if (at == counts.end()) at = counts.insert(counts.end(), {word.script, 0, 0});
    at->letters += static_cast<int>(word.letters.size());
    ++at->words;
  }
  return counts;
}

int LettersOf(const std::vector<ScriptCount>& counts, int script) {
  const auto at = std::ranges::find(counts, script, &ScriptCount::script);
  return at == counts.end() ? 0 : at->letters;
}

int AloneIn(int script) {
  const std::vector<Language>& all = Languages();
  const auto at = std::ranges::find(all, script, &Language::script);
  return at == all.end() ? -1 : static_cast<int>(at - all.begin());
}

void GuessAmongSamples(const WordTable& table, size_t text, Guess* guess) {
  const int n = LanguageModel::Get().languages();
  std::array<double, 64> sum{};
  const auto [begin, end] = table.WordsOf(text);
  for (const int32_t* id = begin; id != end; ++id) {
    if (table.word(*id).script != guess->script) continue;
    const float* scores = table.scores(*id);
    for (int l = 0; l < n; ++l) sum[static_cast<size_t>(l)] += scores[l];
  }
  double best = -std::numeric_limits<double>::infinity(), second = best;
  for (int l = 0; l < n; ++l) {
    if (Languages()[static_cast<size_t>(l)].script != guess->script) continue;
    const double score = sum[static_cast<size_t>(l)];
    if (score > best) {
      second = best;
      best = score;
      guess->language = l;
    } else {
      second = std::max(second, score);
    }
  }
  guess->lead = best - second;
}

Guess GuessLanguage(const WordTable& table, size_t text) {
  std::vector<ScriptCount> counts = CountScripts(table, text);
  Guess guess;
  if (counts.empty()) return guess;
  int all = 0;
  for (const ScriptCount& count : counts) all += count.letters;
  // Japanese is written in kana among Chinese letters.
  const int kana = LettersOf(counts, USCRIPT_HIRAGANA), han = LettersOf(counts, USCRIPT_HAN);
  if (kana > 0 && kana * 10 >= han) {
    std::erase_if(counts, [](const ScriptCount& c) { return c.script == USCRIPT_HAN; });
    std::ranges::find(counts, static_cast<int>(USCRIPT_HIRAGANA), &ScriptCount::script)->letters +=
        han;
  }
  const ScriptCount most = *std::ranges::max_element(counts, {}, &ScriptCount::letters);
  guess.script = most.script;
  guess.letters = most.letters;
  guess.words = most.words;
  guess.other_share = 1 - static_cast<double>(most.letters) / all;
  guess.lead = std::numeric_limits<double>::infinity();
  if (WordTable::IsShared(most.script)) {
    GuessAmongSamples(table, text, &guess);
  } else {
    guess.language = AloneIn(most.script);
  }
  return guess;
}

bool IsTold(const Guess& guess, int letters, double margin) {
  // A Chinese or Korean letter tells as much as several of an alphabet.
  const bool alone = !WordTable::IsShared(guess.script);
  return guess.language >= 0 && guess.letters >= (alone ? (letters + 2) / 3 : letters) &&
         guess.lead >= margin && guess.other_share <= 0.4;
}

// Texts in which a word occurs: those surely of the main language, and those surely of another.
struct Occurrence {
  int main = 0, other = 0;

  // A name or term of the column, however foreign it looks.
  bool belongs() const { return main >= 2 && main >= 3 * other; }
};

std::vector<Occurrence> Occurrences(const WordTable& table, const std::vector<Guess>& guesses,
                                    int main) {
  std::vector<Occurrence> out(table.size());
  for (size_t text = 0; text < guesses.size(); ++text) {
    if (!IsTold(guesses[text], kToldLetters, kToldMargin)) continue;
    const auto [begin, end] = table.WordsOf(text);
    for (const int32_t* id = begin; id != end; ++id) {
      Occurrence& occurrence = out[static_cast<size_t>(*id)];
      ++(guesses[text].language == main ? occurrence.main : occurrence.other);
    }
  }
  return out;
}

// How much better than `main` the guess fits, word by word.
double MarginOver(const WordTable& table, size_t text, const Guess& guess, int main,
                  const std::vector<Occurrence>& occurrences) {
  if (guess.language < 0 || guess.language == main) return 0;
  if (Languages()[static_cast<size_t>(main)].script != guess.script) {
    return std::numeric_limits<double>::infinity();
  }
  double margin = 0;
  const auto [begin, end] = table.WordsOf(text);
  for (const int32_t* id = begin; id != end; ++id) {
    if (table.word(*id).script != guess.script) continue;
    const float* scores = table.scores(*id);
    const bool belongs = occurrences[static_cast<size_t>(*id)].belongs();
    margin += std::clamp(scores[guess.language] - scores[main], -kMostPerWord,
                         belongs ? 0 : kMostPerWord);
  }
  return margin;
}

// Mean surprise a letter in the text's own language; words that other texts have are ordinary.
float OddnessOf(const WordTable& table, size_t text, const Guess& guess,
                const std::vector<Occurrence>& occurrences) {
  if (guess.language < 0 || !WordTable::IsShared(guess.script)) return std::nanf("");
  double surprise = 0, letters = 0;
  const auto [begin, end] = table.WordsOf(text);
  for (const int32_t* id = begin; id != end; ++id) {
    const WordTable::Word& word = table.word(*id);
    if (word.script != guess.script) continue;
    const double n = static_cast<double>(word.letters.size()) + 1;
    const double own = -table.scores(*id)[guess.language];
    const bool known = occurrences[static_cast<size_t>(*id)].belongs();
    surprise += known ? std::min(own, kOrdinary * n) : own;
    letters += n;
  }
  return letters < 8 ? std::nanf("") : static_cast<float>(surprise / letters);
}

// Of the words of texts that can be told, the share that is common in the text's own language.
double ShareOfCommon(const WordTable& table, const std::vector<Guess>& guesses) {
  struct Known {
    int language = -1;
    bool common = false;
  };
  const LanguageModel& model = LanguageModel::Get();
  std::vector<Known> known(table.size());  // of the language it was last asked for
  int64_t all = 0, found = 0;
  for (size_t text = 0; text < guesses.size(); ++text) {
    if (!IsTold(guesses[text], kToldLetters, kToldMargin)) continue;
    const int language = guesses[text].language;
    const auto [begin, end] = table.WordsOf(text);
    for (const int32_t* id = begin; id != end; ++id, ++all) {
      if (language >= model.languages()) {  // no list of its words; its script says enough
        ++found;
        continue;
      }
      Known& word = known[static_cast<size_t>(*id)];
      if (word.language != language) {
        word = {language, model.IsCommon(language, table.word(*id).letters)};
      }
      found += word.common;
    }
  }
  return all > 0 ? static_cast<double>(found) / static_cast<double>(all) : 0;
}

void FindMain(const std::vector<Guess>& guesses, ColumnLanguages* out) {
  std::map<int, int64_t> texts;
  for (const Guess& guess : guesses) {
    if (!IsTold(guess, kToldLetters, kToldMargin)) continue;
    ++texts[guess.language];
    ++out->told;
  }
  for (const auto& [language, count] : texts) {
    if (2 * count > out->told) out->main = language;
  }
  if (out->main < 0) return;
  out->share = static_cast<double>(texts[out->main]) / static_cast<double>(out->told);
}

}  // namespace

const std::vector<Language>& Languages() {
  static const std::vector<Language> all = [] {
    std::vector<Language> languages;
    for (const LanguageSample& sample : LanguageSamples()) {
      const auto* name = std::ranges::find(kNames, sample.code, &Name::code);
      languages.push_back({std::string(sample.code), name->name, ScriptOfSample(sample)});
    }
    for (const Alone& alone : kAlone) {
      languages.push_back({alone.code, alone.name, alone.script});
    }
    return languages;
  }();
  return all;
}

int FindLanguage(std::string_view code) {
  const std::vector<Language>& all = Languages();
  const auto at = std::ranges::find(all, code, &Language::code);
  return at == all.end() ? -1 : static_cast<int>(at - all.begin());
}

int IdentifyLanguage(std::string_view text, int letters, double margin) {
  WordTable table;
  table.Add(text);
  table.Score();
  const Guess guess = GuessLanguage(table, 0);
  return IsTold(guess, letters, margin) ? guess.language : -1;
}

ColumnLanguages LanguagesOf(const CellColumn& cells) {
  WordTable table;
  for (const std::string& text : cells.text) table.Add(text);
  table.Score();
  const int64_t n = static_cast<int64_t>(cells.text.size());
  std::vector<Guess> guesses(cells.text.size());
  ParallelFor(n, 1024, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) {
      guesses[static_cast<size_t>(i)] = GuessLanguage(table, static_cast<size_t>(i));
    }
  });
  ColumnLanguages out;
  FindMain(guesses, &out);
  const std::vector<Occurrence> occurrences = Occurrences(table, guesses, out.main);
  for (size_t i = 0; i < guesses.size(); ++i) {
    out.language.push_back(guesses[i].language);
    out.told_language.push_back(IsTold(guesses[i], kToldLetters, kToldMargin) ? guesses[i].language
                                                                              : -1);
    out.words.push_back(guesses[i].words);
    out.letters.push_back(guesses[i].letters);
    out.oddness.push_back(OddnessOf(table, i, guesses[i], occurrences));
    out.margin.push_back(
        out.main < 0 ? 0
                     : static_cast<float>(MarginOver(table, i, guesses[i], out.main, occurrences)));
  }
  out.common = ShareOfCommon(table, guesses);
  return out;
}

}  // namespace bottega
