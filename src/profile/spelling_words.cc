#include "profile/spelling_words.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/text.h"

namespace bottega {
namespace {

constexpr size_t kShortestWord = 5;
constexpr int64_t kWordRatio = 20;
constexpr size_t kMostPairs = 20'000'000;  // of words that are compared

// Places in which `b` differs from `a` by one character of `a` that is always the same; 0 where
// that is not so.
int ReplacedPlaces(std::string_view a, std::string_view b) {
  int places = 0;
  char stand_in = 0;
  const int most = static_cast<int>(a.size() / 3);
  for (size_t i = 0; i < a.size(); ++i) {
    if (a[i] == b[i]) continue;
    if (IsDigit(b[i]) || (stand_in != 0 && a[i] != stand_in) || ++places > most) return 0;
    stand_in = a[i];
  }
  return places;
}

// Every word of `whole` that differs keeps half of its letters.
bool WordsKeepHalf(std::string_view damaged, std::string_view whole) {
  for (size_t begin = 0; begin < whole.size();) {
    const size_t end = std::min(whole.find(' ', begin), whole.size());
    size_t same = 0;
    for (size_t i = begin; i < end; ++i) same += damaged[i] == whole[i];
    if (same < end - begin && (same * 2 < end - begin || end - begin < 3)) return false;
    begin = end + 1;
  }
  return true;
}

bool IsWord(const std::string& word) {
  return word.size() >= kShortestWord && std::ranges::none_of(word, IsDigit);
}

}  // namespace

std::vector<int64_t> FindReplacedLetters(const std::vector<SpellingForm>& forms, double ratio,
                                         size_t most) {
  std::vector<int64_t> target(forms.size(), -1);
  if (forms.size() > most) return target;
  std::unordered_map<size_t, std::vector<size_t>> by_length;
  for (size_t i = 0; i < forms.size(); ++i) by_length[forms[i].normal.size()].push_back(i);
  for (size_t i = 0; i < forms.size(); ++i) {
    const std::string& damaged = forms[i].normal;
    int fewest = 0;
    if (damaged.size() < 6) continue;
    for (const size_t j : by_length[damaged.size()]) {
      if (static_cast<double>(forms[i].count) * ratio > static_cast<double>(forms[j].count))
        continue;
      const int places = ReplacedPlaces(damaged, forms[j].normal);
      if (places < 2 || (fewest > 0 && places >= fewest)) continue;
      if (!WordsKeepHalf(damaged, forms[j].normal)) continue;
      target[i] = static_cast<int64_t>(j);
      fewest = places;
    }
  }
  return target;
}

std::vector<int64_t> FindSlippedWords(const std::vector<SpellingForm>& forms) {
  std::vector<int64_t> target(forms.size(), -1);
  std::unordered_map<std::string, int64_t> rows;
  std::unordered_map<std::string, int64_t> by_text;
  for (size_t i = 0; i < forms.size(); ++i) {
    by_text.emplace(forms[i].normal, static_cast<int64_t>(i));
    for (const std::string& word : forms[i].words) rows[word] += forms[i].count;
  }
  std::vector<const std::string*> frequent;
  for (const auto& [word, count] : rows) {
    if (count >= kWordRatio && IsWord(word)) frequent.push_back(&word);
  }
  if (frequent.size() * rows.size() > kMostPairs) return target;
  std::unordered_map<std::string, const std::string*> meant;
  const auto meaning = [&](const std::string& word) -> const std::string* {
    const auto [at, added] = meant.try_emplace(word, nullptr);
    if (!added) return at->second;
    for (const std::string* other : frequent) {
      const bool near = word.front() == other->front() || word.back() == other->back();
      if (!near || rows[*other] < kWordRatio * rows[word]) continue;
      if (EditDistance(word, *other, 1) > 1) continue;
      if (at->second == nullptr || rows[*other] > rows[*at->second]) at->second = other;
    }
    return at->second;
  };
  for (size_t i = 0; i < forms.size(); ++i) {
    if (forms[i].words.size() < 2) continue;
    for (size_t w = 0; w < forms[i].words.size(); ++w) {
      const std::string& word = forms[i].words[w];
      const std::string* other = IsWord(word) ? meaning(word) : nullptr;
      if (other == nullptr) continue;
      std::vector<std::string> words = forms[i].words;
      words[w] = *other;
      const auto at = by_text.find(Join(words, " "));
      if (at != by_text.end() && forms[static_cast<size_t>(at->second)].count >= forms[i].count) {
        target[i] = at->second;
      }
    }
  }
  return target;
}

}  // namespace bottega
