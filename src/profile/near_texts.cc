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
// Texts that share a template: groups of at least so many, joined from this similarity on.
constexpr uint32_t kFamily = 20;
constexpr double kFamilyLikeness = 0.25;
constexpr int kFamilyBands = 20;
constexpr double kSurelySame = 0.9;

struct Keyed {
  uint64_t key;
  uint32_t text;
};

// How rare a word is among some texts, by its hash.
class WordBits {
 public:
  WordBits(const TextSets& words, const std::vector<uint32_t>& texts, double spare)
      : enough_(2 * std::log2(std::max(2.0, static_cast<double>(texts.size()))) + spare) {
    std::vector<uint32_t> all;
    for (const uint32_t i : texts) all.insert(all.end(), words.first(i), words.last(i));
    std::ranges::sort(all);
    for (size_t i = 0; i < all.size();) {
      size_t end = i;
      while (end < all.size() && all[end] == all[i]) ++end;
      word_.push_back(all[i]);
      // Of the texts other than the one that is compared.
      const double others = static_cast<double>(std::max<size_t>(1, end - i - 1));
      bits_.push_back(static_cast<float>(std::log2(static_cast<double>(texts.size()) / others)));
      i = end;
    }
  }

  double Of(uint32_t word) const {
    const auto at = std::ranges::lower_bound(word_, word);
    return bits_[static_cast<size_t>(at - word_.begin())];
  }
  double enough() const { return enough_; }

 private:
  double enough_;
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

// Sets of texts that are joined by and by; the smallest member stands for its set.
class Sets {
 public:
  explicit Sets(size_t n) : root_(n) { std::iota(root_.begin(), root_.end(), 0); }
  uint32_t Of(uint32_t i) const {
    while (root_[i] != i) i = root_[i];
    return i;
  }
  bool Join(uint32_t a, uint32_t b) {
    a = Of(a);
    b = Of(b);
    root_[std::max(a, b)] = std::min(a, b);
    return a != b;
  }
  // Roots stand before their members: one pass leaves every chain at length one.
  void Flatten() {
    for (uint32_t& root : root_) root = root_[root];
  }

 private:
  std::vector<uint32_t> root_;
};

class Finder {
 public:
  Finder(const std::vector<std::string>& texts, const NearTextOptions& options)
      : options_(options),
        shingles_(ShinglesOf(texts, ShingleWidth(texts, options))),
        words_(ShinglesOf(texts, 1)),
        family_(texts.size(), 0) {
    std::vector<uint32_t> all(texts.size());
    std::iota(all.begin(), all.end(), 0);
    bits_.emplace_back(words_, all, 4);
  }

  std::vector<DuplicatePair> Find();
  double BitsOf(int64_t text) const { return SharedBits(words_, bits_[0], text, text); }

 private:
  using Joins = bool (Finder::*)(int64_t a, int64_t b, DuplicatePair* pair) const;
  std::vector<Keyed> KeysOf(int band) const;
  void JoinBand(int band, Joins joins, Sets* sets, std::vector<DuplicatePair>* pairs) const;
  double LikenessOf(int64_t a, int64_t b, double least) const;
  bool SameFamily(int64_t a, int64_t b, DuplicatePair* pair) const;
  bool SameText(int64_t a, int64_t b, DuplicatePair* pair) const;
  void FindFamilies();

  const NearTextOptions options_;
  const TextSets shingles_, words_;
  std::vector<uint32_t> family_;  // per text, into bits_; 0: none of its own
  std::vector<WordBits> bits_;    // of all texts, then of each family
};

std::vector<Keyed> Finder::KeysOf(int band) const {
  std::array<uint64_t, kRowsOfBand> a, b;
  for (int r = 0; r < kRowsOfBand; ++r) {
    a[static_cast<size_t>(r)] = Factor(2 * (band * kRowsOfBand + r));
    b[static_cast<size_t>(r)] = Factor(2 * (band * kRowsOfBand + r) + 1);
  }
  std::vector<Keyed> keyed(family_.size());
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

// Jaccard similarity, or 0 where it is below `least`.
double Finder::LikenessOf(int64_t a, int64_t b, double least) const {
  const double fewer = static_cast<double>(std::min(shingles_.count(a), shingles_.count(b)));
  const double more = static_cast<double>(std::max(shingles_.count(a), shingles_.count(b)));
  if (fewer < least * more) return 0;
  const double similarity = Jaccard(shingles_, a, b);
  return similarity < least ? 0 : similarity;
}

bool Finder::SameFamily(int64_t a, int64_t b, DuplicatePair*) const {
  return LikenessOf(a, b, kFamilyLikeness) > 0;
}

bool Finder::SameText(int64_t a, int64_t b, DuplicatePair* pair) const {
  const double similarity = LikenessOf(a, b, options_.similarity);
  if (similarity == 0) return false;
  const uint32_t family = family_[static_cast<size_t>(a)];
  const bool related = family == family_[static_cast<size_t>(b)] && similarity < kSurelySame;
  const WordBits& word_bits = bits_[related ? family : 0];
  const double bits = SharedBits(words_, word_bits, a, b);
  *pair = {std::min(a, b), std::max(a, b), similarity, false, bits};
  return bits >= word_bits.enough();
}

// Buckets are compared in parallel against the sets so far; joined afterwards in order.
void Finder::JoinBand(int band, Joins joins, Sets* sets, std::vector<DuplicatePair>* pairs) const {
  std::vector<Keyed> keyed = KeysOf(band);
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
        if (sets->Of(one.text) == sets->Of(other)) continue;
        DuplicatePair pair{one.text, other};
        if ((this->*joins)(one.text, other, &pair)) {
          found[static_cast<size_t>(begin / kChunk)].push_back(pair);
        }
      }
    }
  });
  for (const std::vector<DuplicatePair>& chunk : found) {
    for (const DuplicatePair& pair : chunk) {
      const bool first =
          sets->Join(static_cast<uint32_t>(pair.first), static_cast<uint32_t>(pair.second));
      if (first) pairs->push_back(pair);
    }
  }
  sets->Flatten();
}

void Finder::FindFamilies() {
  Sets sets(family_.size());
  std::vector<DuplicatePair> unused;
  for (int band = 0; band < kFamilyBands; ++band) {
    JoinBand(band, &Finder::SameFamily, &sets, &unused);
  }
  std::vector<uint32_t> size(family_.size());
  for (uint32_t i = 0; i < size.size(); ++i) ++size[sets.Of(i)];
  std::unordered_map<uint32_t, std::vector<uint32_t>> families;
  for (uint32_t i = 0; i < size.size(); ++i) {
    if (size[sets.Of(i)] >= kFamily) families[sets.Of(i)].push_back(i);
  }
  for (const auto& [root, members] : families) {
    for (const uint32_t i : members) family_[i] = static_cast<uint32_t>(bits_.size());
    bits_.emplace_back(words_, members, 1);
  }
}

std::vector<DuplicatePair> Finder::Find() {
  FindFamilies();
  Sets sets(family_.size());
  std::vector<DuplicatePair> pairs;
  for (int band = 0; band < kBands; ++band) JoinBand(band, &Finder::SameText, &sets, &pairs);
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
  return texts.size() < 2 ? std::vector<DuplicatePair>() : Finder(texts, options).Find();
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
  for (DuplicatePair pair : options.near ? finder.Find() : std::vector<DuplicatePair>()) {
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
