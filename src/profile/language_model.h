// The character models behind language.h.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace bottega {

// Probabilities of words in every language of language_samples.h. Immutable; thread-safe.
class LanguageModel {
 public:
  static const LanguageModel& Get();  // learned at the first call, in some 20 ms

  int languages() const { return languages_; }
  // Natural logarithm of the probability of `word` (lower case, UTF-8) and its end, in the order of
  // LanguageSamples(); `out` has room for languages() values.
  void Score(std::u32string_view word, float* out) const;
  bool IsCommon(int language, std::u32string_view word) const;

 private:
  LanguageModel();

  // What follows a context of 0 to 3 letters, per language that has it.
  struct Follower {
    uint16_t language = 0;
    uint16_t kinds = 0;  // different letters that follow
    uint32_t total = 0;  // letters that follow
  };
  struct Count {
    uint16_t language = 0;
    uint32_t count = 0;
  };
  struct Span {
    uint32_t begin = 0, end = 0;
  };

  struct Gram;
  void AddWord(std::u32string_view word, int language, int weight, std::vector<Gram>* grams) const;
  std::vector<std::pair<uint64_t, Count>> LearnContexts(std::vector<Gram>* grams);
  void LearnGrams(std::vector<std::pair<uint64_t, Count>>* counts);

  int languages_ = 0;
  std::unordered_map<uint64_t, Span> grams_, contexts_;
  std::vector<Count> counts_;
  std::vector<Follower> followers_;
  std::vector<std::unordered_set<uint64_t>> common_;
};

}  // namespace bottega
