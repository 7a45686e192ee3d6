#include "profile/repeated_passages.h"

#include <algorithm>
#include <functional>
#include <map>
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

// Shingles that enough texts share, numbered.
using Frequent = std::unordered_map<uint64_t, int32_t>;

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
  Frequent Shared(int64_t least) {
    std::ranges::sort(hashes_);
    Frequent frequent;
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

// A frequent shingle where it stands.
struct Occurrence {
  int32_t text = 0, shingle = 0, at = 0;
};

class Groups {
 public:
  explicit Groups(size_t n) : parent_(n) { std::iota(parent_.begin(), parent_.end(), 0); }
  int32_t Find(int32_t x) {
    while (parent_[static_cast<size_t>(x)] != x) {
      int32_t& parent = parent_[static_cast<size_t>(x)];
      x = parent = parent_[static_cast<size_t>(parent)];
    }
    return x;
  }
  void Join(int32_t a, int32_t b) {
    // The smaller number becomes the root, so that chains stay short and results the same.
    const int32_t ra = Find(a), rb = Find(b);
    parent_[static_cast<size_t>(std::max(ra, rb))] = std::min(ra, rb);
  }

 private:
  std::vector<int32_t> parent_;
};

// Calls `use(text, shingles)` for each of `which`, in parallel, from several threads.
void ForEachText(const std::vector<std::string>& texts, const std::vector<int64_t>& which,
                 int words, const std::function<void(int32_t, const std::vector<Shingle>&)>& use) {
  ParallelFor(static_cast<int64_t>(which.size()), 1024, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) {
      const int64_t text = which[static_cast<size_t>(i)];
      use(static_cast<int32_t>(text), ShinglesOf(texts[static_cast<size_t>(text)], words));
    }
  });
}

// In order of texts and words.
std::vector<Occurrence> OccurrencesOf(const std::vector<std::string>& texts,
                                      const std::vector<int64_t>& which, int words,
                                      const Frequent& frequent) {
  std::vector<Occurrence> all;
  std::mutex mutex;
  ForEachText(texts, which, words, [&](int32_t text, const std::vector<Shingle>& shingles) {
    std::vector<Occurrence> found;
    for (const Shingle& shingle : shingles) {
      const auto known = frequent.find(shingle.hash);
      if (known != frequent.end()) found.push_back({text, known->second, shingle.at});
    }
    if (found.empty()) return;
    const std::lock_guard lock(mutex);
    all.insert(all.end(), found.begin(), found.end());
  });
  std::ranges::sort(all, {}, [](const Occurrence& o) { return std::pair(o.text, o.at); });
  return all;
}

// Joins shingles that stand next to each other in at least half of the places of either.
Groups JoinNeighbors(const std::vector<Occurrence>& all, size_t shingles, int32_t gap) {
  std::vector<int64_t> count(shingles, 0);
  std::unordered_map<uint64_t, int64_t> together;
  for (size_t i = 0; i < all.size(); ++i) {
    ++count[static_cast<size_t>(all[i].shingle)];
    if (i == 0 || all[i - 1].text != all[i].text || all[i].at - all[i - 1].at > gap) continue;
    ++together[static_cast<uint64_t>(all[i - 1].shingle) << 32 |
               static_cast<uint64_t>(all[i].shingle)];
  }
  Groups groups(shingles);
  for (const auto& [pair, times] : together) {
    const size_t a = pair >> 32, b = pair & 0xFFFFFFFF;
    if (2 * times >= std::max(count[a], count[b])) {
      groups.Join(static_cast<int32_t>(a), static_cast<int32_t>(b));
    }
  }
  return groups;
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

// The passage of each group, with the texts of `all`.
std::map<int32_t, Passage> PassagesOf(const std::vector<std::string>& texts, int words,
                                      const std::vector<Occurrence>& all, Groups* groups) {
  std::map<int32_t, Passage> passages;
  for (size_t i = 0; i < all.size();) {
    // A stretch of one text that shingles of one group cover.
    const int32_t group = groups->Find(all[i].shingle);
    size_t j = i + 1;
    while (j < all.size() && all[j].text == all[i].text && groups->Find(all[j].shingle) == group) {
      ++j;
    }
    Passage& passage = passages[group];
    const int32_t end = all[j - 1].at + words;
    if (end - all[i].at > passage.words) {
      passage.words = end - all[i].at;
      passage.text = WordsOf(texts[static_cast<size_t>(all[i].text)], all[i].at, end);
    }
    passage.texts.push_back(all[i].text);
    i = j;
  }
  return passages;
}

// All texts that have a shingle of a passage's group, where only some were looked at before.
void FindInAll(const std::vector<std::string>& texts, const PassageOptions& options,
               const Frequent& frequent, Groups* groups, std::map<int32_t, Passage>* passages) {
  std::vector<int64_t> all(texts.size());
  std::iota(all.begin(), all.end(), 0);
  std::mutex mutex;
  for (auto& [group, passage] : *passages) passage.texts.clear();
  ForEachText(texts, all, options.words, [&](int32_t text, const std::vector<Shingle>& shingles) {
    std::vector<int32_t> found;
    for (const Shingle& shingle : shingles) {
      const auto known = frequent.find(shingle.hash);
      if (known != frequent.end()) found.push_back(known->second);
    }
    if (found.empty()) return;
    const std::lock_guard lock(mutex);
    for (const int32_t shingle : found) {
      std::vector<int32_t>& of_passage = (*passages)[groups->Find(shingle)].texts;
      if (of_passage.empty() || of_passage.back() != text) of_passage.push_back(text);
    }
  });
}

}  // namespace

std::vector<Passage> RepeatedPassages(const std::vector<std::string>& texts,
                                      const PassageOptions& options) {
  const int64_t n = static_cast<int64_t>(texts.size());
  std::vector<int64_t> looked = Permutation(n, options.seed, Purpose::kSample, 4);
  if (n > options.sample) looked.resize(static_cast<size_t>(options.sample));
  ShingleCounter counter;
  for (const int64_t text : looked) {
    counter.Add(ShinglesOf(texts[static_cast<size_t>(text)], options.words));
  }
  const double rows = static_cast<double>(looked.size());
  const Frequent frequent =
      counter.Shared(std::max(options.fewest, static_cast<int64_t>(options.share * rows + 0.5)));
  if (frequent.empty()) return {};
  const std::vector<Occurrence> all = OccurrencesOf(texts, looked, options.words, frequent);
  Groups groups = JoinNeighbors(all, frequent.size(), counter.gap(options.words));
  std::map<int32_t, Passage> passages = PassagesOf(texts, options.words, all, &groups);
  if (n > options.sample) FindInAll(texts, options, frequent, &groups, &passages);
  std::vector<Passage> out;
  for (auto& [group, passage] : passages) {
    std::ranges::sort(passage.texts);
    const auto repeated = std::ranges::unique(passage.texts);
    passage.texts.erase(repeated.begin(), repeated.end());
    out.push_back(std::move(passage));
  }
  std::ranges::stable_sort(out, std::greater<>(), [](const Passage& p) { return p.texts.size(); });
  return out;
}

}  // namespace bottega
