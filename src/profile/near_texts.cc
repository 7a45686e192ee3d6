#include "profile/near_texts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <unordered_map>

#include "base/interrupt.h"
#include "base/threads.h"
#include "profile/text_words.h"

namespace bottega {
namespace {

constexpr int kBands = 28, kRowsOfBand = 4;
constexpr int64_t kBlock = 48;   // members of a bucket that are compared with each other
constexpr int64_t kWindow = 12;  // and, in larger ones, each with the next
constexpr int64_t kChunk = 4096;
constexpr size_t kFamily = 20;

struct Keyed {
  uint64_t key;
  uint32_t text;
};

// How rare a word is, by its hash.
class WordBits {
 public:
  explicit WordBits(const TextSets& words) : texts_(static_cast<double>(words.size())) {
    std::vector<uint32_t> all = words.member;
    std::ranges::sort(all);
    for (size_t i = 0; i < all.size();) {
      size_t end = i;
      while (end < all.size() && all[end] == all[i]) ++end;
      word_.push_back(all[i]);
      bits_.push_back(static_cast<float>(std::log2(texts_ / static_cast<double>(end - i))));
      i = end;
    }
  }

  double Of(uint32_t word) const {
    const auto at = std::ranges::lower_bound(word_, word);
    return bits_[static_cast<size_t>(at - word_.begin())];
  }

 private:
  double texts_;
  std::vector<uint32_t> word_;
  std::vector<float> bits_;
};

double SharedBits(const TextSets& words, const WordBits& bits, int64_t a, int64_t b) {
  const uint32_t* x = words.first(a);
  const uint32_t* y = words.first(b);
  double shared = 0;
  while (x < words.last(a) && y < words.last(b)) {
    if (*x == *y) shared += bits.Of(*x);
    const bool forward_x = *x <= *y, forward_y = *y <= *x;
    x += forward_x;
    y += forward_y;
  }
  return shared;
}

uint32_t Permuted(uint32_t x, uint64_t a, uint64_t b) {
  return static_cast<uint32_t>((a * x + b) >> 32);
}

// Multiply-add-shift with odd random factors: 2-independent (Dietzfelbinger 1996).
uint64_t Factor(int i) {
  uint64_t x = 0x9e3779b97f4a7c15ULL * static_cast<uint64_t>(i + 1);
  x ^= x >> 30;
  x *= 0xbf58476d1ce4e5b9ULL;
  x ^= x >> 27;
  x *= 0x94d049bb133111ebULL;
  return (x ^ (x >> 31)) | 1;
}

class Finder {
 public:
  Finder(const std::vector<std::string>& texts, const NearTextOptions& options)
      : options_(options),
        shingles_(ShinglesOf(texts, ShingleWidth(texts, options))),
        words_(ShinglesOf(texts, 1)),
        bits_(words_),
        enough_(2 * std::log2(static_cast<double>(std::max<size_t>(2, texts.size()))) + 4),
        root_(texts.size()) {
    std::iota(root_.begin(), root_.end(), 0);
  }

  std::vector<DuplicatePair> Find() {
    for (int band = 0; band < kBands; ++band) {
      ThrowIfInterrupted();
      Compare(KeysOf(band));
      // Roots stand before their members: one pass leaves every chain at length one.
      for (uint32_t& root : root_) root = root_[root];
    }
    std::ranges::sort(pairs_, {},
                      [](const DuplicatePair& p) { return std::pair(p.first, p.second); });
    return std::move(pairs_);
  }

  double BitsOf(int64_t text) const { return SharedBits(words_, bits_, text, text); }

 private:
  std::vector<Keyed> KeysOf(int band) const;
  void Compare(std::vector<Keyed> keyed);
  bool SameText(int64_t a, int64_t b, DuplicatePair* pair) const;

  uint32_t Root(uint32_t i) const {
    while (root_[i] != i) i = root_[i];
    return i;
  }
  void Join(uint32_t a, uint32_t b) {
    a = Root(a);
    b = Root(b);
    root_[std::max(a, b)] = std::min(a, b);
  }

  const NearTextOptions options_;
  const TextSets shingles_, words_;
  const WordBits bits_;
  const double enough_;
  std::vector<uint32_t> root_;
  std::vector<DuplicatePair> pairs_;
};

std::vector<Keyed> Finder::KeysOf(int band) const {
  std::array<uint64_t, kRowsOfBand> a, b;
  for (int r = 0; r < kRowsOfBand; ++r) {
    a[static_cast<size_t>(r)] = Factor(2 * (band * kRowsOfBand + r));
    b[static_cast<size_t>(r)] = Factor(2 * (band * kRowsOfBand + r) + 1);
  }
  std::vector<Keyed> keyed(root_.size());
  ParallelFor(shingles_.size(), kChunk, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) {
      std::array<uint32_t, kRowsOfBand> least;
      least.fill(~0U);
      for (const uint32_t* s = shingles_.first(i); s < shingles_.last(i); ++s) {
        for (size_t r = 0; r < kRowsOfBand; ++r) {
          least[r] = std::min(least[r], Permuted(*s, a[r], b[r]));
        }
      }
      uint64_t key = 0x243f6a8885a308d3ULL;
      for (const uint32_t value : least) key = (key ^ value) * 0xff51afd7ed558ccdULL + (key >> 29);
      keyed[static_cast<size_t>(i)] = {key, static_cast<uint32_t>(i)};
    }
  });
  std::erase_if(keyed, [&](const Keyed& k) { return shingles_.count(k.text) == 0; });
  return keyed;
}

bool Finder::SameText(int64_t a, int64_t b, DuplicatePair* pair) const {
  const double fewer = static_cast<double>(std::min(shingles_.count(a), shingles_.count(b)));
  const double more = static_cast<double>(std::max(shingles_.count(a), shingles_.count(b)));
  if (fewer < options_.similarity * more) return false;
  const double similarity = Jaccard(shingles_, a, b);
  if (similarity < options_.similarity) return false;
  const double bits = SharedBits(words_, bits_, a, b);
  *pair = {std::min(a, b), std::max(a, b), similarity, false, bits};
  return bits >= enough_;
}

// Buckets are compared in parallel against the groups of earlier bands; joined afterwards in order.
void Finder::Compare(std::vector<Keyed> keyed) {
  std::ranges::sort(keyed, {}, [](const Keyed& k) { return std::pair(k.key, k.text); });
  const int64_t n = static_cast<int64_t>(keyed.size());
  std::vector<std::vector<DuplicatePair>> found(static_cast<size_t>((n + kChunk - 1) / kChunk));
  ParallelFor(n, kChunk, [&](int64_t begin, int64_t end) {
    ThrowIfInterrupted();
    for (int64_t i = begin; i < end; ++i) {
      const Keyed& one = keyed[static_cast<size_t>(i)];
      int64_t last = i + 1;
      while (last < n && last <= i + kBlock && keyed[static_cast<size_t>(last)].key == one.key) {
        ++last;
      }
      if (last > i + kBlock) last = i + 1 + kWindow;
      for (int64_t j = i + 1; j < last; ++j) {
        const uint32_t other = keyed[static_cast<size_t>(j)].text;
        if (Root(one.text) == Root(other)) continue;
        DuplicatePair pair;
        if (SameText(one.text, other, &pair)) {
          found[static_cast<size_t>(begin / kChunk)].push_back(pair);
        }
      }
    }
  });
  for (const std::vector<DuplicatePair>& chunk : found) {
    for (const DuplicatePair& pair : chunk) {
      const uint32_t a = static_cast<uint32_t>(pair.first), b = static_cast<uint32_t>(pair.second);
      if (Root(a) == Root(b)) continue;
      Join(a, b);
      pairs_.push_back(pair);
    }
  }
}

// Looks at groups of kFamily texts and more again, each on its own: what all of its texts share is
// a template there and says nothing.
std::vector<DuplicatePair> WithoutTemplates(const std::vector<std::string>& texts,
                                            std::vector<DuplicatePair> pairs,
                                            const NearTextOptions& options) {
  const std::vector<int64_t> group = GroupsOf(static_cast<int64_t>(texts.size()), pairs);
  std::unordered_map<int64_t, std::vector<int64_t>> families;
  for (const DuplicatePair& pair : pairs) {
    families[group[static_cast<size_t>(pair.first)]];
  }
  for (size_t i = 0; i < group.size(); ++i) {
    const auto at = families.find(group[i]);
    if (at != families.end()) at->second.push_back(static_cast<int64_t>(i));
  }
  std::erase_if(families, [](const auto& family) { return family.second.size() < kFamily; });
  std::erase_if(pairs, [&](const DuplicatePair& pair) {
    return families.contains(group[static_cast<size_t>(pair.first)]);
  });
  for (const auto& [first, members] : families) {
    std::vector<std::string> some;
    for (const int64_t i : members) some.push_back(texts[static_cast<size_t>(i)]);
    for (DuplicatePair pair : Finder(some, options).Find()) {
      pair.first = members[static_cast<size_t>(pair.first)];
      pair.second = members[static_cast<size_t>(pair.second)];
      pairs.push_back(pair);
    }
  }
  std::ranges::sort(pairs, {}, [](const DuplicatePair& p) { return std::pair(p.first, p.second); });
  return pairs;
}

}  // namespace

int ShingleWidth(const std::vector<std::string>& texts, const NearTextOptions& options) {
  if (options.shingle > 0) return options.shingle;
  const int words = MedianWords(texts);
  return words <= 12 ? 1 : words <= 60 ? 2 : 3;
}

std::vector<DuplicatePair> FindNearTexts(const std::vector<std::string>& texts,
                                         const NearTextOptions& options) {
  return texts.size() < 2 ? std::vector<DuplicatePair>()
                          : WithoutTemplates(texts, Finder(texts, options).Find(), options);
}

Duplicates FindDuplicateTexts(const CellColumn& cells, const NearTextOptions& options) {
  Duplicates out;
  const int64_t rows = static_cast<int64_t>(cells.code.size());
  Finder finder(cells.text, options);
  std::vector<int64_t> first(cells.count.size(), -1);
  const double enough = std::log2(static_cast<double>(std::max<int64_t>(2, rows))) + 3;
  for (int64_t i = 0; i < rows; ++i) {
    const int32_t code = cells.code[static_cast<size_t>(i)];
    if (code < 0) continue;
    int64_t& earlier = first[static_cast<size_t>(code)];
    if (earlier < 0) {
      earlier = i;
    } else if (const double bits = finder.BitsOf(code); bits < enough) {
      ++out.by_chance;
    } else {
      out.pairs.push_back({earlier, i, 1, true, bits});
    }
  }
  std::vector<DuplicatePair> near;
  if (options.near) near = WithoutTemplates(cells.text, finder.Find(), options);
  for (DuplicatePair pair : near) {
    pair.first = first[static_cast<size_t>(pair.first)];
    pair.second = first[static_cast<size_t>(pair.second)];
    if (pair.first > pair.second) std::swap(pair.first, pair.second);
    out.pairs.push_back(pair);
  }
  std::ranges::sort(out.pairs, {},
                    [](const DuplicatePair& p) { return std::pair(p.first, p.second); });
  out.group = GroupsOf(rows, out.pairs);
  return out;
}

}  // namespace bottega
