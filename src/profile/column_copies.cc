#include "profile/column_copies.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/interrupt.h"
#include "base/threads.h"

namespace bottega {
namespace {

constexpr int64_t kLook = 400;  // rows after which most pairs are given up
constexpr double kEnoughBits = 40;
constexpr int64_t kFewestRepeats = 20;
constexpr double kRepeating = 0.3;  // of the compared rows have to repeat a value

// Folded texts as codes shared by all columns are not needed: equal texts are compared by bytes
// first, by fold only when that fails.
bool SameValue(const CellColumn& a, int32_t x, const CellColumn& b, int32_t y, bool folded) {
  const size_t i = static_cast<size_t>(x), j = static_cast<size_t>(y);
  if (a.is_number() != b.is_number()) return false;
  if (a.is_number()) return a.number[i] == b.number[j];
  return a.text[i] == b.text[j] || (folded && FoldText(a.text[i]) == FoldText(b.text[j]));
}

// Boyer and Moore's majority vote: the partner that most rows of a code have.
class Partners {
 public:
  explicit Partners(int64_t codes)
      : partner_(static_cast<size_t>(codes), -1), votes_(static_cast<size_t>(codes)) {}

  // False when the row contradicts the present partner.
  bool Vote(int32_t code, int32_t other) {
    int32_t& partner = partner_[static_cast<size_t>(code)];
    int32_t& votes = votes_[static_cast<size_t>(code)];
    if (votes == 0) partner = other;
    const bool agrees = partner == other;
    votes += agrees ? 1 : -1;
    return agrees;
  }
  bool Seen(int32_t code) const { return partner_[static_cast<size_t>(code)] >= 0; }
  int32_t Of(int32_t code) const { return partner_[static_cast<size_t>(code)]; }
  std::vector<int32_t> Take() { return std::move(partner_); }

 private:
  std::vector<int32_t> partner_, votes_;
};

class Comparison {
 public:
  Comparison(const CellColumn& a, const CellColumn& b, double most_differ)
      : a_(a), b_(b), most_(most_differ), rows_(static_cast<int64_t>(a.code.size())) {}

  std::optional<ColumnCopy> Run() {
    if (a_.distinct() < 2 || b_.distinct() < 2) return std::nullopt;
    for (const bool folded : {false, true}) {
      if (folded && a_.is_number()) continue;
      if (auto same = SameValues(folded)) return same;
    }
    return Recoded();
  }

 private:
  bool BothFilled(int64_t i, int32_t* x, int32_t* y) const {
    *x = a_.code[static_cast<size_t>(i)];
    *y = b_.code[static_cast<size_t>(i)];
    return *x >= 0 && *y >= 0;
  }
  bool TooMany(int64_t differ, int64_t compared) const {
    return static_cast<double>(differ) > most_ * static_cast<double>(compared);
  }
  bool EnoughShared(int64_t compared) const {
    const int64_t filled = rows_ - std::min(a_.missing, b_.missing);
    return compared >= 10 && compared * 2 >= filled;
  }

  std::optional<ColumnCopy> SameValues(bool folded) const {
    ColumnCopy out{.kind = folded ? CopyKind::kSpelling : CopyKind::kSame};
    for (int64_t i = 0; i < rows_; ++i) {
      int32_t x, y;
      if (!BothFilled(i, &x, &y)) continue;
      ++out.compared;
      out.differ += !SameValue(a_, x, b_, y, folded);
      if (out.differ > 3 && TooMany(out.differ, 4 * out.compared + kLook / 8)) return std::nullopt;
    }
    if (!EnoughShared(out.compared) || TooMany(out.differ, out.compared)) return std::nullopt;
    return out;
  }

  // Whether the first rows, spread over the column, speak for a recoding at all.
  bool LooksRecoded() const {
    const double spare = static_cast<double>(rows_) * most_ + 2;
    if (std::abs(static_cast<double>(a_.distinct() - b_.distinct())) > spare) return false;
    Partners forth(a_.distinct());
    int64_t compared = 0, differ = 0;
    const int64_t step = std::max<int64_t>(1, rows_ / kLook);
    for (int64_t i = 0; i < rows_ && compared < kLook; i += step) {
      int32_t x, y;
      if (!BothFilled(i, &x, &y)) continue;
      ++compared;
      differ += !forth.Vote(x, y);
      if (differ > 5 && TooMany(differ, 6 * compared)) return false;
    }
    return true;
  }

  std::optional<ColumnCopy> Recoded() const {
    const int64_t repeated = rows_ - std::max(a_.distinct(), b_.distinct());
    if (repeated < kFewestRepeats || !LooksRecoded()) return std::nullopt;
    Partners forth(a_.distinct()), back(b_.distinct());
    ColumnCopy out{.kind = CopyKind::kRecoded};
    int64_t repeats = 0, contradicted = 0;
    double bits = 0;
    for (int64_t i = 0; i < rows_; ++i) {
      int32_t x, y;
      if (!BothFilled(i, &x, &y)) continue;
      ++out.compared;
      if (forth.Seen(x) && back.Seen(y)) {
        ++repeats;
        bits += BitsOf(b_, y);
      }
      // Each vote against a partner is a row that differs in the end.
      contradicted += !forth.Vote(x, y);
      back.Vote(y, x);
      if (TooMany(contradicted, rows_)) return std::nullopt;
    }
    for (int64_t i = 0; i < rows_; ++i) {
      int32_t x, y;
      if (BothFilled(i, &x, &y)) out.differ += forth.Of(x) != y || back.Of(y) != x;
    }
    const bool borne_out =
        repeats >= kFewestRepeats && bits >= kEnoughBits &&
        static_cast<double>(repeats) >= kRepeating * static_cast<double>(out.compared);
    if (!EnoughShared(out.compared) || !borne_out || TooMany(out.differ, out.compared)) {
      return std::nullopt;
    }
    out.partner = forth.Take();
    return out;
  }

  const CellColumn& a_;
  const CellColumn& b_;
  const double most_;
  const int64_t rows_;
};

}  // namespace

std::vector<ColumnCopy> FindColumnCopies(const std::vector<const CellColumn*>& cells,
                                         double most_differ) {
  std::vector<std::optional<ColumnCopy>> found(cells.size());
  ParallelFor(static_cast<int64_t>(cells.size()), 1, [&](int64_t i, int64_t) {
    ThrowIfInterrupted();
    const size_t second = static_cast<size_t>(i);
    for (size_t first = 0; first < second && !found[second]; ++first) {
      found[second] = Comparison(*cells[first], *cells[second], most_differ).Run();
      if (!found[second]) continue;
      found[second]->first = first;
      found[second]->second = second;
    }
  });
  std::vector<ColumnCopy> out;
  for (std::optional<ColumnCopy>& copy : found) {
    if (copy) out.push_back(std::move(*copy));
  }
  return out;
}

bool IsConversion(const CellColumn& first, const CellColumn& second, const ColumnCopy& copy) {
  if (copy.kind != CopyKind::kRecoded || !first.is_number() || !second.is_number()) return false;
  std::vector<std::pair<double, double>> values;
  for (size_t code = 0; code < copy.partner.size(); ++code) {
    if (copy.partner[code] < 0) continue;
    values.emplace_back(first.number[code], second.number[static_cast<size_t>(copy.partner[code])]);
  }
  std::ranges::sort(values);
  size_t rises = 0;
  for (size_t i = 1; i < values.size(); ++i) rises += values[i].second > values[i - 1].second;
  const size_t steps = values.size() - 1;
  return values.size() > 20 && (rises * 20 >= steps * 19 || rises * 20 <= steps);
}

}  // namespace bottega
