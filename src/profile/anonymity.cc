#include "profile/anonymity.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <unordered_map>

#include "base/mix.h"
#include "base/text.h"
#include "base/threads.h"
#include "data/values.h"

namespace bottega {

namespace {

uint64_t CellHash(size_t column, int32_t code) {
  return Mix((static_cast<uint64_t>(column) + 1) << 32 | static_cast<uint32_t>(code + 1));
}

// Dense classes of equal hashes, in order of first appearance.
class HashClasses {
 public:
  explicit HashClasses(size_t rows)
      : mask_(std::bit_ceil(std::max<size_t>(2 * rows, 16)) - 1),
        class_(mask_ + 1, -1),
        key_(mask_ + 1) {}

  int32_t Take(uint64_t hash) {
    size_t at = hash & mask_;
    while (class_[at] >= 0 && key_[at] != hash) at = (at + 1) & mask_;
    if (class_[at] < 0) {
      class_[at] = static_cast<int32_t>(size.size());
      key_[at] = hash;
      size.push_back(0);
    }
    ++size[static_cast<size_t>(class_[at])];
    return class_[at];
  }

  std::vector<int64_t> size;

 private:
  size_t mask_;
  std::vector<int32_t> class_;
  std::vector<uint64_t> key_;
};

int64_t Below(const std::vector<int64_t>& sizes, int64_t k) {
  int64_t rows = 0;
  for (const int64_t size : sizes) rows += size < k ? size : 0;
  return rows;
}

double EntropyOf(const std::vector<int64_t>& counts) {
  const double n = static_cast<double>(std::accumulate(counts.begin(), counts.end(), int64_t{0}));
  double entropy = 0;
  for (const int64_t count : counts) {
    const double p = static_cast<double>(count) / n;
    if (count > 0) entropy -= p * std::log(p);
  }
  return entropy;
}

// A way to generalize a column: code to a coarser code (all codes of the column are given one).
struct Coarser {
  std::string how;
  std::vector<int32_t> code;
};

template <class Key>
Coarser ByKey(const std::string& how, size_t distinct, Key&& key_of) {
  Coarser coarser{how, std::vector<int32_t>(distinct)};
  std::unordered_map<std::decay_t<decltype(key_of(size_t{0}))>, int32_t> known;
  for (size_t code = 0; code < distinct; ++code) {
    coarser.code[code] =
        known.try_emplace(key_of(code), static_cast<int32_t>(known.size())).first->second;
  }
  return coarser;
}

std::vector<Coarser> CoarserNumbers(const CellColumn& cells) {
  const size_t n = cells.number.size();
  const auto [low, high] = std::ranges::minmax(cells.number);
  std::vector<Coarser> ways;
  const auto steps = [&](double step) {
    ways.push_back(ByKey("steps of " + FormatNumber(step), n, [&](size_t code) {
      return static_cast<int64_t>(std::floor(cells.number[code] / step));
    }));
  };
  if (high - low <= 150 && n > 5) {  // ages and the like
    for (const double step : {5.0, 10.0, 20.0}) steps(step);
  } else if (n > 10) {
    const double digit = std::pow(10, std::floor(std::log10((high - low) / 10)));
    for (const double step : {digit, 10 * digit}) steps(step);
  }
  return ways;
}

std::vector<Coarser> CoarserDates(const CellColumn& cells) {
  std::vector<Coarser> ways;
  const std::pair<const char*, size_t> kPrefixes[] = {{"months", 7}, {"years", 4}, {"decades", 3}};
  for (const auto& [how, length] : kPrefixes) {
    ways.push_back(ByKey(how, cells.number.size(), [&, size = length](size_t code) {
      return DayText(cells.number[code]).substr(0, size);
    }));
  }
  return ways;
}

// Most cells are of one length and hold digits: postal codes.
bool AreCodes(const CellColumn& cells) {
  size_t alike = 0;
  for (const std::string& text : cells.text) {
    alike += text.size() == cells.text[0].size() && text.size() >= 4 && text.size() <= 10 &&
             std::ranges::any_of(text, IsDigit);
  }
  return 10 * alike >= 9 * cells.text.size();
}

std::vector<Coarser> CoarserTexts(const CellColumn& cells) {
  std::vector<Coarser> ways;
  const size_t n = cells.text.size();
  if (n > 10 && AreCodes(cells)) {
    for (const size_t kept : {cells.text[0].size() - 1, cells.text[0].size() - 2, size_t{2}}) {
      if (kept < 1) continue;
      ways.push_back(ByKey("its first " + std::to_string(kept) + " characters", n,
                           [&](size_t code) { return cells.text[code].substr(0, kept); }));
    }
  }
  if (n > 2) {
    const int64_t rows = static_cast<int64_t>(cells.code.size());
    for (const int share : {2, 5, 10}) {
      ways.push_back(
          ByKey("values below " + std::to_string(share) + " % as one", n, [&](size_t code) {
            const bool rare = cells.count[code] * 100 < rows * share;
            return rare ? int64_t{-1} : static_cast<int64_t>(code);
          }));
    }
  }
  return ways;
}

std::vector<Coarser> WaysFor(const CellColumn& cells) {
  std::vector<Coarser> ways = {{"drop it", std::vector<int32_t>(cells.count.size(), -1)}};
  if (cells.count.empty()) return ways;
  std::vector<Coarser> more = !cells.is_number()                 ? CoarserTexts(cells)
                              : cells.type == FeatureType::kDate ? CoarserDates(cells)
                                                                 : CoarserNumbers(cells);
  std::ranges::move(more, std::back_inserter(ways));
  return ways;
}

double Lost(const CellColumn& cells, const Coarser& way) {
  std::vector<int64_t> counts(cells.count.size() + 1);
  for (size_t code = 0; code < cells.count.size(); ++code) {
    counts[static_cast<size_t>(way.code[code] + 1)] += cells.count[code];
  }
  const double before = EntropyOf(cells.count);
  return before > 0 ? 1 - EntropyOf(counts) / before : 0;
}

}  // namespace

int64_t EquivalenceClasses::smallest() const {
  return size.empty() ? 0 : *std::ranges::min_element(size);
}

int64_t EquivalenceClasses::RowsBelow(int64_t k) const { return Below(size, k); }

Anonymity::Anonymity(std::vector<const CellColumn*> quasi, int64_t rows)
    : quasi_(std::move(quasi)), hashes_(static_cast<size_t>(rows)) {
  for (size_t column = 0; column < quasi_.size(); ++column) {
    for (size_t row = 0; row < hashes_.size(); ++row) {
      hashes_[row] += CellHash(column, quasi_[column]->code[row]);
    }
  }
  HashClasses classes(hashes_.size());
  classes_.of_row.reserve(hashes_.size());
  for (const uint64_t hash : hashes_) classes_.of_row.push_back(classes.Take(Mix(hash)));
  classes_.size = std::move(classes.size);
}

std::vector<Generalization> Anonymity::Generalizations(int64_t k) const {
  std::vector<std::pair<size_t, Coarser>> ways;
  for (size_t column = 0; column < quasi_.size(); ++column) {
    for (Coarser& way : WaysFor(*quasi_[column])) ways.emplace_back(column, std::move(way));
  }
  std::vector<Generalization> out(ways.size());
  ParallelFor(static_cast<int64_t>(ways.size()), 1, [&](int64_t i, int64_t) {
    const auto& [column, way] = ways[static_cast<size_t>(i)];
    const CellColumn& cells = *quasi_[column];
    // What a row's hash changes by, per code and for a missing cell; a dropped column adds nothing.
    std::vector<uint64_t> change(cells.count.size() + 1);
    for (size_t code = 0; code < cells.count.size(); ++code) {
      change[code + 1] =
          CellHash(column, way.code[code]) - CellHash(column, static_cast<int32_t>(code));
    }
    HashClasses classes(hashes_.size());
    for (size_t row = 0; row < hashes_.size(); ++row) {
      classes.Take(Mix(hashes_[row] + change[static_cast<size_t>(cells.code[row] + 1)]));
    }
    out[static_cast<size_t>(i)] = {column, way.how, *std::ranges::min_element(classes.size),
                                   Below(classes.size, k), Lost(cells, way)};
  });
  std::ranges::stable_sort(out, [](const Generalization& a, const Generalization& b) {
    return a.below != b.below ? a.below < b.below : a.lost < b.lost;
  });
  return out;
}

namespace {

// The column as codes in [0, values): quantiles of numbers in their order, else as they are.
struct Confidential {
  std::vector<int32_t> code;
  size_t values = 0;
  bool ordered = false;
};

Confidential CodesFor(const CellColumn& cells) {
  constexpr size_t kQuantiles = 50;
  Confidential out{cells.code, cells.count.size(), cells.is_number()};
  if (!out.ordered) return out;
  std::vector<int32_t> order(cells.number.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::sort(order, {},
                    [&](int32_t code) { return cells.number[static_cast<size_t>(code)]; });
  const double filled =
      static_cast<double>(std::accumulate(cells.count.begin(), cells.count.end(), int64_t{0}));
  const bool few = order.size() <= kQuantiles;
  std::vector<int32_t> bin(order.size());
  double before = 0;
  int32_t last = -1, bins = 0;
  for (size_t rank = 0; rank < order.size(); ++rank) {
    const auto code = static_cast<size_t>(order[rank]);
    const auto quantile =
        static_cast<int32_t>(few ? static_cast<double>(rank) : before / filled * kQuantiles);
    if (quantile != last) ++bins;
    last = quantile;
    bin[code] = bins - 1;
    before += static_cast<double>(cells.count[code]);
  }
  for (int32_t& code : out.code) code = code < 0 ? -1 : bin[static_cast<size_t>(code)];
  out.values = static_cast<size_t>(bins);
  return out;
}

// Ordered distance: how much is moved past each value.
double OrderedDistance(const std::vector<int64_t>& counts, int64_t n,
                       const std::vector<double>& whole) {
  double distance = 0, ahead = 0;
  for (size_t value = 0; value < whole.size(); ++value) {
    ahead += static_cast<double>(counts[value]) / static_cast<double>(n) - whole[value];
    distance += std::abs(ahead);
  }
  return whole.size() > 1 ? distance / static_cast<double>(whole.size() - 1) : 0;
}

}  // namespace

Diversity DiversityOf(const EquivalenceClasses& classes, const CellColumn& confidential,
                      int64_t least) {
  const Confidential column = CodesFor(confidential);
  const size_t rows = classes.of_row.size();
  // Rows in the order of their classes.
  std::vector<size_t> begin(classes.size.size() + 1);
  for (size_t c = 0; c < classes.size.size(); ++c) {
    begin[c + 1] = begin[c] + static_cast<size_t>(classes.size[c]);
  }
  std::vector<size_t> next(begin.begin(), begin.end() - 1);
  std::vector<int32_t> sorted(rows);
  std::vector<double> whole(column.values);
  double filled = 0;
  for (size_t row = 0; row < rows; ++row) {
    const int32_t code = column.code[row];
    sorted[next[static_cast<size_t>(classes.of_row[row])]++] = code;
    if (code < 0) continue;
    whole[static_cast<size_t>(code)] += 1;
    filled += 1;
  }
  for (double& share : whole) share /= std::max(filled, 1.0);
  Diversity out;
  bool first = true;
  std::vector<int64_t> counts(column.values);
  for (size_t c = 0; c < classes.size.size(); ++c) {
    if (classes.size[c] < least) continue;
    std::vector<int32_t> touched;
    int64_t n = 0;
    for (size_t i = begin[c]; i < begin[c + 1]; ++i) {
      if (sorted[i] < 0) continue;
      if (counts[static_cast<size_t>(sorted[i])]++ == 0) touched.push_back(sorted[i]);
      ++n;
    }
    if (n == 0) continue;
    double entropy = 0, shared = 0, apart = 0;
    for (const int32_t code : touched) {
      const double p =
          static_cast<double>(counts[static_cast<size_t>(code)]) / static_cast<double>(n);
      entropy -= p * std::log(p);
      apart += std::abs(p - whole[static_cast<size_t>(code)]);
      shared += whole[static_cast<size_t>(code)];
    }
    const double distance = column.ordered ? OrderedDistance(counts, n, whole)
                                           : (apart + std::max(0.0, 1 - shared)) / 2;
    const auto distinct = static_cast<int64_t>(touched.size());
    out.distinct = first ? distinct : std::min(out.distinct, distinct);
    out.entropy = first ? std::exp(entropy) : std::min(out.entropy, std::exp(entropy));
    out.distance = std::max(out.distance, distance);
    if (distinct == 1 && n > 1) out.uniform_rows += n;
    first = false;
    for (const int32_t code : touched) counts[static_cast<size_t>(code)] = 0;
  }
  return out;
}

}  // namespace bottega
