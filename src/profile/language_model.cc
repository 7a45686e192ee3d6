#include "profile/language_model.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "base/hash.h"
#include "profile/language_samples.h"
#include "profile/words.h"

namespace bottega {
namespace {

constexpr int kOrder = 4;         // letters of the longest n-gram
constexpr float kLetters = 64;    // of an alphabet: what is never seen has this many rivals
constexpr int kCommonWeight = 3;  // a common word counts as often as this in the sentences

uint64_t KeyOf(std::u32string_view letters) {
  return Xxh3({reinterpret_cast<const char*>(letters.data()), letters.size() * sizeof(char32_t)});
}

std::u32string Padded(std::u32string_view word) {
  std::u32string padded = U" ";
  padded += word;
  padded += U' ';
  return padded;
}

}  // namespace

const LanguageModel& LanguageModel::Get() {
  static const LanguageModel model;
  return model;
}

struct LanguageModel::Gram {
  uint64_t key = 0, context = 0;
  uint16_t language = 0, weight = 1;
};

// Every letter of " word " but the first space, with the up to three letters before it.
void LanguageModel::AddWord(std::u32string_view word, int language, int weight,
                            std::vector<Gram>* grams) const {
  const std::u32string padded = Padded(word);
  const std::u32string_view all = padded;
  for (size_t i = 1; i < all.size(); ++i) {
    for (size_t n = 1; n <= kOrder && n <= i + 1; ++n) {
      grams->push_back({KeyOf(all.substr(i + 1 - n, n)), KeyOf(all.substr(i + 1 - n, n - 1)),
                        static_cast<uint16_t>(language), static_cast<uint16_t>(weight)});
    }
  }
}

LanguageModel::LanguageModel() {
  const std::vector<LanguageSample>& samples = LanguageSamples();
  languages_ = static_cast<int>(samples.size());
  common_.resize(samples.size());
  std::vector<Gram> grams;
  for (int l = 0; l < languages_; ++l) {
    const LanguageSample& sample = samples[static_cast<size_t>(l)];
    ForEachWord(sample.sentences, [&](std::u32string_view word) {
      AddWord(word, l, 1, &grams);
      return true;
    });
    ForEachWord(sample.common, [&](std::u32string_view word) {
      AddWord(word, l, kCommonWeight, &grams);
      common_[static_cast<size_t>(l)].insert(KeyOf(word));
      return true;
    });
  }
  std::vector<std::pair<uint64_t, Count>> counts = LearnContexts(&grams);
  LearnGrams(&counts);
}

std::vector<std::pair<uint64_t, LanguageModel::Count>> LanguageModel::LearnContexts(
    std::vector<Gram>* grams) {
  // The followers of a context in a language stand together.
  const auto order = [](const Gram& g) { return std::tuple(g.context, g.language, g.key); };
  std::ranges::sort(*grams, {}, order);
  std::vector<std::pair<uint64_t, Count>> counts;
  const Gram* last = nullptr;
  for (const Gram& gram : *grams) {
    if (last == nullptr || gram.context != last->context || gram.language != last->language) {
      const uint32_t at = static_cast<uint32_t>(followers_.size());
      contexts_.try_emplace(gram.context, Span{at, at});
      followers_.push_back({.language = gram.language});
      contexts_[gram.context].end = at + 1;
      last = nullptr;
    }
    if (last == nullptr || gram.key != last->key) {
      counts.emplace_back(gram.key, Count{gram.language, 0});
      ++followers_.back().kinds;
    }
    counts.back().second.count += gram.weight;
    followers_.back().total += gram.weight;
    last = &gram;
  }
  return counts;
}

void LanguageModel::LearnGrams(std::vector<std::pair<uint64_t, Count>>* counts) {
  std::ranges::sort(*counts, {},
                    [](const auto& c) { return std::pair(c.first, c.second.language); });
  grams_.reserve(counts->size());
  for (const auto& [key, count] : *counts) {
    const uint32_t at = static_cast<uint32_t>(counts_.size());
    grams_.try_emplace(key, Span{at, at}).first->second.end = at + 1;
    counts_.push_back(count);
  }
}

void LanguageModel::Score(std::u32string_view word, float* out) const {
  std::fill(out, out + languages_, 0.0F);
  const std::u32string padded = Padded(word);
  const std::u32string_view all = padded;
  std::vector<float> p(static_cast<size_t>(languages_));
  for (size_t i = 1; i < all.size(); ++i) {
    std::ranges::fill(p, 1 / kLetters);
    for (size_t n = 1; n <= kOrder && n <= i + 1; ++n) {
      const auto context = contexts_.find(KeyOf(all.substr(i + 1 - n, n - 1)));
      if (context == contexts_.end()) break;
      const auto gram = grams_.find(KeyOf(all.substr(i + 1 - n, n)));
      uint32_t at = gram == grams_.end() ? 0 : gram->second.begin;
      const uint32_t end = gram == grams_.end() ? 0 : gram->second.end;
      for (uint32_t f = context->second.begin; f < context->second.end; ++f) {
        const Follower& follower = followers_[f];
        while (at < end && counts_[at].language < follower.language) ++at;
        const bool seen = at < end && counts_[at].language == follower.language;
        const float count = seen ? static_cast<float>(counts_[at].count) : 0;
        const float kinds = follower.kinds;
        float& mixed = p[follower.language];
        mixed = (count + kinds * mixed) / (static_cast<float>(follower.total) + kinds);
      }
    }
    for (int l = 0; l < languages_; ++l) out[l] += std::log(p[static_cast<size_t>(l)]);
  }
}

bool LanguageModel::IsCommon(int language, std::u32string_view word) const {
  return common_[static_cast<size_t>(language)].contains(KeyOf(word));
}

}  // namespace bottega
