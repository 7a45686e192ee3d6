#include <algorithm>
#include <cmath>
#include <optional>

#include "base/interrupt.h"
#include "base/text.h"
#include "base/threads.h"
#include "profile/derived_columns.h"

namespace bottega {
namespace {

using Texts = std::vector<std::string>;

constexpr size_t kRows = 500;
constexpr size_t kFewestTexts = 50;
constexpr size_t kLongest = 200;     // bytes of a cell that are looked at
constexpr size_t kLongestJoint = 4;  // bytes of a literal between joined texts
constexpr size_t kMostParts = 4;
constexpr size_t kMostColumns = 80;  // columns that texts are sought among

bool IsWordByte(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

Texts WordsOf(std::string_view text) {
  Texts words(1);
  for (const char c : text) {
    if (IsWordByte(c)) {
      words.back() += c;
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

class Search {
 public:
  Search(const std::vector<DeriveColumn>& columns, const std::vector<int64_t>& rows,
         const DeriveOptions& options)
      : columns_(columns), errors_(options.errors), texts_(columns.size()) {
    for (size_t i = 0; i < std::min(columns.size(), kMostColumns); ++i) {
      const CellColumn& cells = *columns[i].cells;
      if (cells.type == FeatureType::kDate || cells.distinct() < 2) continue;
      used_.push_back(i);
      for (size_t r = 0; r < std::min(kRows, rows.size()); ++r) {
        const int32_t code = cells.code[static_cast<size_t>(rows[r])];
        texts_[i].push_back(code < 0 ? ""
                                     : LowerAscii(Trim(CellText(cells, code))).substr(0, kLongest));
      }
    }
  }

  std::vector<Derivation> Run() {
    std::vector<std::optional<Derivation>> found(columns_.size());
    ParallelFor(static_cast<int64_t>(used_.size()), 1, [&](int64_t i, int64_t) {
      ThrowIfInterrupted();
      const size_t y = used_[static_cast<size_t>(i)];
      if (!columns_[y].output || columns_[y].cells->is_number()) return;
      found[y] = Part(y);
      if (!found[y]) found[y] = Joined(y);
    });
    std::vector<Derivation> out;
    for (std::optional<Derivation>& d : found) {
      if (d) out.push_back(std::move(*d));
    }
    return out;
  }

 private:
  // Share of rows with both filled in which `holds`; 0 as soon as it cannot be high, or is no more
  // than between rows that do not belong together.
  template <class Holds>
  double Share(size_t x, size_t y, Holds holds) const {
    const Texts &a = texts_[x], &b = texts_[y];
    size_t n = 0, wrong = 0, strangers = 0, by_chance = 0;
    for (size_t r = 0; r < a.size(); ++r) {
      if (a[r].empty() || b[r].empty()) continue;
      ++n;
      wrong += !holds(a[r], b[r]);
      if (wrong > 3 && static_cast<double>(wrong) > 4 * errors_ * static_cast<double>(n)) return 0;
      const std::string& other = b[(r + 7) % b.size()];
      if (other.empty() || other == b[r]) continue;
      ++strangers;
      by_chance += holds(a[r], other);
    }
    if (n < kFewestTexts || strangers < kFewestTexts / 2 || by_chance * 2 > strangers) return 0;
    const double share = 1 - static_cast<double>(wrong) / static_cast<double>(n);
    return share >= 1 - errors_ ? share : 0;
  }

  std::optional<Derivation> Part(size_t y) const {
    for (const size_t x : used_) {
      if (x == y || columns_[x].cells->is_number()) continue;
      const double start = Share(x, y, [](const std::string& whole, const std::string& part) {
        return whole.size() > part.size() && whole.starts_with(part);
      });
      if (start > 0) return Found(y, {x}, "the start of " + columns_[x].name, start);
      const double end = Share(x, y, [](const std::string& whole, const std::string& part) {
        return whole.size() > part.size() && whole.ends_with(part);
      });
      if (end > 0) return Found(y, {x}, "the end of " + columns_[x].name, end);
      for (size_t k = 0; k < 3; ++k) {
        const double word = Share(x, y, [k](const std::string& whole, const std::string& part) {
          const Texts words = WordsOf(whole);
          return words.size() > k + 1 && words[k] == part;
        });
        if (word > 0) {
          return Found(y, {x}, "word " + std::to_string(k + 1) + " of " + columns_[x].name, word);
        }
      }
    }
    return std::nullopt;
  }

  // y as literal, column, literal, column ...: the longest column that fits comes next.
  std::optional<Derivation> Joined(size_t y) const {
    Texts rest = texts_[y];
    std::vector<size_t> inputs;
    std::string formula;
    double least = 1;
    while (inputs.size() < kMostParts) {
      size_t best = columns_.size(), best_length = 0, best_joint = 0;
      double best_share = 0;
      for (const size_t x : used_) {
        if (x == y || std::ranges::find(inputs, x) != inputs.end()) continue;
        for (size_t joint = 0; joint <= kLongestJoint; ++joint) {
          const auto [share, length] = Follows(rest, x, joint);
          if (share < 1 - errors_ || length <= best_length) continue;
          best = x;
          best_length = length;
          best_joint = joint;
          best_share = share;
        }
      }
      if (best == columns_.size()) break;
      inputs.push_back(best);
      least = std::min(least, best_share);
      formula += (formula.empty() ? "" : " + ") + columns_[best].name;
      for (size_t r = 0; r < rest.size(); ++r) {
        const size_t taken = best_joint + texts_[best][r].size();
        rest[r] = rest[r].size() >= taken ? rest[r].substr(taken) : "";
      }
    }
    size_t left = 0, n = 0;
    for (size_t r = 0; r < rest.size(); ++r) {
      n += !texts_[y][r].empty();
      left += rest[r].size() > kLongestJoint;
    }
    if (inputs.size() < 2 || n < kFewestTexts ||
        static_cast<double>(left) > errors_ * static_cast<double>(n)) {
      return std::nullopt;
    }
    return Found(y, inputs, formula, least);
  }

  // Share of rows where the rest is a literal of `joint` bytes and then x; total length of x.
  std::pair<double, size_t> Follows(const Texts& rest, size_t x, size_t joint) const {
    const Texts& part = texts_[x];
    size_t n = 0, wrong = 0, length = 0;
    std::optional<std::string> literal;
    for (size_t r = 0; r < rest.size(); ++r) {
      if (part[r].empty() || rest[r].empty()) continue;
      if (rest[r].size() < joint) {
        ++wrong;
        ++n;
        continue;
      }
      if (!literal) literal = rest[r].substr(0, joint);
      ++n;
      length += part[r].size();
      wrong += rest[r].compare(0, joint, *literal) != 0 ||
               rest[r].compare(joint, part[r].size(), part[r]) != 0;
      if (wrong > 3 && static_cast<double>(wrong) > 4 * errors_ * static_cast<double>(n)) {
        return {0, 0};
      }
    }
    if (n < kFewestTexts) return {0, 0};
    return {1 - static_cast<double>(wrong) / static_cast<double>(n), length};
  }

  Derivation Found(size_t y, const std::vector<size_t>& inputs, const std::string& what,
                   double share) const {
    return {.column = y,
            .inputs = inputs,
            .kind = DerivationKind::kText,
            .formula = columns_[y].name + " = " + what,
            .agree = share,
            .compared = static_cast<int64_t>(texts_[y].size())};
  }

  const std::vector<DeriveColumn>& columns_;
  const double errors_;
  std::vector<size_t> used_;
  std::vector<Texts> texts_;
};

}  // namespace

std::vector<Derivation> DeriveTexts(const std::vector<DeriveColumn>& columns,
                                    const std::vector<int64_t>& rows,
                                    const DeriveOptions& options) {
  return Search(columns, rows, options).Run();
}

}  // namespace bottega
