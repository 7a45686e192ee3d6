#include "profile/repeated_passages.h"

#include <algorithm>
#include <mutex>
#include <numeric>
#include <unordered_map>

#include "base/hash.h"
#include "base/random.h"
#include "base/threads.h"
#include "profile/words.h"

namespace bottega {
namespace {

constexpr size_t kMostHashes = 4'000'000;

struct Shingle {
  uint64_t hash = 0;
  int32_t at = 0;  // its first word
};

uint64_t Mix(uint64_t x) {
  x ^= x >> 32;
  x *= 0xd6e8feb86659fd93ULL;
  return x ^ (x >> 32);
}

std::vector<Shingle> ShinglesOf(const std::string& text, int words) {
  std::vector<uint64_t> hashes;
  ForEachWord(text, [&](std::u32string_view word) {
    hashes.push_back(
        Xxh3({reinterpret_cast<const char*>(word.data()), word.size() * sizeof(char32_t)}));
    return true;
  });
  std::vector<Shingle> shingles;
  const size_t n = static_cast<size_t>(words);
  if (hashes.size() < n) return shingles;
  // A polynomial that rolls: each word's hash times a power of an odd number.
  constexpr uint64_t kFactor = 0x9e3779b97f4a7c15ULL;
  uint64_t last_power = 1, rolling = 0;
  for (size_t i = 0; i < n; ++i) {
    rolling = rolling * kFactor + hashes[i];
    if (i > 0) last_power *= kFactor;
  }
  for (size_t i = 0;; ++i) {
    shingles.push_back({Mix(rolling), static_cast<int32_t>(i)});
    if (i + n >= hashes.size()) return shingles;
    rolling = (rolling - hashes[i] * last_power) * kFactor + hashes[i + n];
  }
}

// Hashes of shingles, each once a text; thinned by value when there are too many.
class ShingleCounter {
 public:
  void Add(std::vector<Shingle> of_text) {
    std::ranges::sort(of_text, {}, &Shingle::hash);
    const auto repeated = std::ranges::unique(of_text, {}, &Shingle::hash);
    of_text.erase(repeated.begin(), repeated.end());
    for (const Shingle& shingle : of_text) {
      if ((shingle.hash & mask_) == 0) hashes_.push_back(shingle.hash);
    }
    while (hashes_.size() > kMostHashes) {
      mask_ = mask_ * 2 + 1;
      std::erase_if(hashes_, [this](uint64_t hash) { return (hash & mask_) != 0; });
    }
  }

  // Those of at least `least` texts, numbered.
  std::unordered_map<uint64_t, int32_t> Frequent(int64_t least) {
    std::ranges::sort(hashes_);
    std::unordered_map<uint64_t, int32_t> frequent;
    for (size_t i = 0; i < hashes_.size();) {
      size_t j = i;
      while (j < hashes_.size() && hashes_[j] == hashes_[i]) ++j;
      if (static_cast<int64_t>(j - i) >= least) {
        frequent.emplace(hashes_[i], static_cast<int32_t>(frequent.size()));
      }
      i = j;
    }
    return frequent;
  }

  // Words that two kept shingles of one passage may lie apart.
  int32_t gap(int words) const { return words * static_cast<int32_t>(mask_ + 1); }

 private:
  std::vector<uint64_t> hashes_;
  uint64_t mask_ = 0;
};

// A stretch of one text that frequent shingles cover.
struct Run {
  int32_t text = 0, first_shingle = 0;
  int32_t begin = 0, end = 0;  // words
};

class Groups {
 public:
  explicit Groups(size_t n) : parent_(n) { std::iota(parent_.begin(), parent_.end(), 0); }
  int32_t Find(int32_t x) {
    while (parent_[static_cast<size_t>(x)] != x) {
      x = parent_[static_cast<size_t>(x)] =
          parent_[static_cast<size_t>(parent_[static_cast<size_t>(x)])];
    }
    return x;
  }
  void Join(int32_t a, int32_t b) { parent_[static_cast<size_t>(Find(b))] = Find(a); }

 private:
  std::vector<int32_t> parent_;
};

std::vector<Run> RunsOf(const std::vector<Shingle>& shingles, int32_t text, int32_t gap, int words,
                        const std::unordered_map<uint64_t, int32_t>& frequent,
                        std::vector<std::pair<int32_t, int32_t>>* joined) {
  std::vector<Run> runs;
  int32_t last = 0;
  for (const Shingle& shingle : shingles) {
    const auto at = frequent.find(shingle.hash);
    if (at == frequent.end()) continue;
    if (!runs.empty() && shingle.at - last <= gap) {
      joined->emplace_back(runs.back().first_shingle, at->second);
    } else {
      runs.push_back({text, at->second, shingle.at, 0});
    }
    last = shingle.at;
    runs.back().end = shingle.at + words;
  }
  return runs;
}

std::string WordsOf(const std::string& text, int32_t begin, int32_t end) {
  std::string out;
  int32_t at = 0;
  ForEachWord(text, [&](std::u32string_view word) {
    if (at >= begin) {
      if (!out.empty()) out += ' ';
      for (const char32_t c : word) {
        if (c < 0x80) {
          out += static_cast<char>(c);
        } else if (c < 0x800) {
          out += {static_cast<char>(0xC0 | c >> 6), static_cast<char>(0x80 | (c & 63))};
        } else if (c < 0x10000) {
          out += {static_cast<char>(0xE0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 63)),
                  static_cast<char>(0x80 | (c & 63))};
        } else {
          out += {static_cast<char>(0xF0 | c >> 18), static_cast<char>(0x80 | (c >> 12 & 63)),
                  static_cast<char>(0x80 | (c >> 6 & 63)), static_cast<char>(0x80 | (c & 63))};
        }
      }
    }
    return ++at < end;
  });
  return out;
}

std::vector<Passage> PassagesOf(const std::vector<std::string>& texts, std::vector<Run> runs,
                                Groups* groups) {
  std::ranges::sort(runs, {}, &Run::text);
  std::unordered_map<int32_t, size_t> known;
  std::vector<Passage> passages;
  for (const Run& run : runs) {
    const auto [at, added] = known.emplace(groups->Find(run.first_shingle), passages.size());
    if (added) {
      passages.push_back({WordsOf(texts[static_cast<size_t>(run.text)], run.begin, run.end),
                          run.end - run.begin,
                          {}});
    }
    std::vector<int32_t>& of_passage = passages[at->second].texts;
    if (of_passage.empty() || of_passage.back() != run.text) of_passage.push_back(run.text);
  }
  std::ranges::stable_sort(passages, std::greater<>(),
                           [](const Passage& p) { return p.texts.size(); });
  return passages;
}

}  // namespace

std::vector<Passage> RepeatedPassages(const std::vector<std::string>& texts,
                                      const PassageOptions& options) {
  const int64_t n = static_cast<int64_t>(texts.size());
  const int64_t looked = std::min(n, options.sample);
  std::vector<int64_t> order;
  if (looked < n) order = Permutation(n, options.seed, Purpose::kSample, 4);
  ShingleCounter counter;
  for (int64_t i = 0; i < looked; ++i) {
    const size_t text = static_cast<size_t>(looked < n ? order[static_cast<size_t>(i)] : i);
    counter.Add(ShinglesOf(texts[text], options.words));
  }
  const int64_t least = std::max(
      options.fewest, static_cast<int64_t>(options.share * static_cast<double>(looked) + 0.5));
  const std::unordered_map<uint64_t, int32_t> frequent = counter.Frequent(least);
  if (frequent.empty()) return {};
  Groups groups(frequent.size());
  std::vector<Run> runs;
  std::mutex mutex;
  ParallelFor(n, 1024, [&](int64_t begin, int64_t end) {
    std::vector<Run> found;
    std::vector<std::pair<int32_t, int32_t>> joined;
    for (int64_t i = begin; i < end; ++i) {
      const std::vector<Run> of_text =
          RunsOf(ShinglesOf(texts[static_cast<size_t>(i)], options.words), static_cast<int32_t>(i),
                 counter.gap(options.words), options.words, frequent, &joined);
      found.insert(found.end(), of_text.begin(), of_text.end());
    }
    const std::lock_guard lock(mutex);
    runs.insert(runs.end(), found.begin(), found.end());
    for (const auto& [a, b] : joined) groups.Join(a, b);
  });
  return PassagesOf(texts, std::move(runs), &groups);
}

}  // namespace bottega
