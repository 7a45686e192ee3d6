#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

#include "base/interrupt.h"
#include "base/threads.h"
#include "profile/date_parts.h"
#include "profile/derived_columns.h"
#include "profile/number_columns.h"
#include "profile/quantiles.h"

namespace bottega {
namespace {

using Codes32 = std::vector<int32_t>;

constexpr size_t kLook = 300;
constexpr double kEnoughBits = 40;
constexpr int64_t kMostSteps = 30;  // different values of a column of steps

// Codes of the looked-at rows, numbered anew.
struct Column32 {
  Codes32 code;
  int64_t distinct = 0, filled = 0;
  double commonest = 1;  // share of the filled
  double equal = 1;      // chance that two rows have the same
};

Column32 Renumbered(const Codes32& code) {
  Column32 out{.code = code};
  int32_t most = -1;
  for (const int32_t c : code) most = std::max(most, c);
  Codes32 place(static_cast<size_t>(most) + 1, -1);
  std::vector<int64_t> count;
  for (int32_t& c : out.code) {
    if (c < 0) continue;
    int32_t& p = place[static_cast<size_t>(c)];
    if (p < 0) {
      p = static_cast<int32_t>(count.size());
      count.push_back(0);
    }
    c = p;
    ++count[static_cast<size_t>(p)];
    ++out.filled;
  }
  out.distinct = static_cast<int64_t>(count.size());
  out.equal = 0;
  int64_t top = 0;
  for (const int64_t n : count) {
    const double share = static_cast<double>(n) / static_cast<double>(out.filled);
    out.equal += share * share;
    top = std::max(top, n);
  }
  if (out.filled > 0) out.commonest = static_cast<double>(top) / static_cast<double>(out.filled);
  return out;
}

// How well each value of x has one value of y, judged on rows whose x repeats.
struct Determined {
  int64_t compared = 0;
  double wrong = 1;  // share of the repeating rows that break the rule
  bool holds = false;
};

Determined Determines(const Column32& x, const Column32& y, double errors) {
  Determined out;
  if (x.distinct < 2 || y.distinct < 2 || y.commonest > 0.98) return out;
  std::vector<std::pair<int32_t, int32_t>> vote(static_cast<size_t>(x.distinct), {-1, 0});
  int64_t repeats = 0, contradict = 0;
  double bits = 0;
  const auto pass = [&](size_t rows) {
    for (size_t i = 0; i < rows; ++i) {
      if (x.code[i] < 0 || y.code[i] < 0) continue;
      auto& [partner, votes] = vote[static_cast<size_t>(x.code[i])];
      if (partner >= 0) {
        ++repeats;
        contradict += partner != y.code[i];
      }
      if (votes == 0) partner = y.code[i];
      votes += partner == y.code[i] ? 1 : -1;
    }
  };
  pass(std::min(kLook, x.code.size()));
  if (contradict > 5 && static_cast<double>(contradict) > 8 * errors * static_cast<double>(repeats))
    return out;
  std::ranges::fill(vote, std::pair(-1, 0));
  pass(x.code.size());
  int64_t wrong = 0, seen = 0;
  for (size_t i = 0; i < x.code.size(); ++i) {
    if (x.code[i] < 0 || y.code[i] < 0) continue;
    ++out.compared;
    wrong += vote[static_cast<size_t>(x.code[i])].first != y.code[i];
  }
  for (const auto& [partner, votes] : vote) seen += partner >= 0;
  const double informative = static_cast<double>(out.compared - seen);
  if (informative < 50 || informative < 0.5 * static_cast<double>(out.compared)) return out;
  out.wrong = static_cast<double>(wrong) / informative;
  bits = -informative * std::log2(y.equal);
  out.holds = out.wrong <= errors && out.wrong <= 0.1 * (1 - y.commonest) && bits >= kEnoughBits &&
              out.compared * 10 >= 3 * y.filled;
  return out;
}

class Search {
 public:
  Search(const std::vector<DeriveColumn>& columns, const std::vector<int64_t>& rows,
         const DeriveOptions& options)
      : columns_(columns),
        rows_(rows),
        options_(options),
        codes_(columns.size()),
        numbers_(columns.size()),
        order_(columns.size()) {
    ParallelFor(static_cast<int64_t>(columns.size()), 1,
                [&](int64_t i, int64_t) { Prepare(static_cast<size_t>(i)); });
  }

  std::vector<Derivation> Run() {
    std::vector<std::vector<Derivation>> found(columns_.size());
    ParallelFor(static_cast<int64_t>(columns_.size()), 1, [&](int64_t i, int64_t) {
      ThrowIfInterrupted();
      const size_t x = static_cast<size_t>(i);
      for (size_t y = 0; y < columns_.size(); ++y) {
        if (x == y || !columns_[y].output) continue;
        if (std::optional<Derivation> d = From(x, y)) found[x].push_back(std::move(*d));
      }
    });
    std::vector<Derivation> out;
    for (std::vector<Derivation>& some : found) std::ranges::move(some, std::back_inserter(out));
    return out;
  }

 private:
  void Prepare(size_t i) {
    const CellColumn& cells = *columns_[i].cells;
    Codes32 code;
    for (const int64_t row : rows_) code.push_back(cells.code[static_cast<size_t>(row)]);
    codes_[i] = Renumbered(code);
    if (!cells.is_number()) return;
    numbers_[i] = NumberColumnOf(cells, i, rows_);
    for (size_t r = 0; r < rows_.size(); ++r) {
      if (std::isfinite(numbers_[i].value[r])) order_[i].push_back(static_cast<uint32_t>(r));
    }
    std::ranges::stable_sort(order_[i], {}, [&](uint32_t r) { return numbers_[i].value[r]; });
  }

  bool IsDate(size_t i) const { return columns_[i].cells->type == FeatureType::kDate; }
  bool IsText(size_t i) const { return columns_[i].cells->type == FeatureType::kText; }

  std::optional<Derivation> From(size_t x, size_t y) const {
    if (IsText(x) || IsText(y)) return std::nullopt;
    if (IsDate(x)) {
      if (std::optional<Derivation> part = Part(x, y)) return part;
    }
    if (std::optional<Derivation> function = Function(x, y)) return function;
    if (order_[x].size() < 200) return std::nullopt;
    if (std::optional<Derivation> steps = Steps(x, y)) return steps;
    return Smooth(x, y);
  }

  Derivation Found(size_t x, size_t y, DerivationKind kind, const std::string& formula,
                   int64_t compared, double wrong) const {
    return {.column = y,
            .inputs = {x},
            .kind = kind,
            .formula = formula,
            .agree = 1 - wrong,
            .compared = compared};
  }

  std::optional<Derivation> Part(size_t date, size_t y) const {
    if (IsDate(y) || codes_[y].distinct > 800) return std::nullopt;
    for (const DatePart& part : DateParts()) {
      Codes32 code(rows_.size(), -1);
      for (const uint32_t r : order_[date]) {
        code[r] = part.of(numbers_[date].value[r]);
        if (code[r] < 0) return std::nullopt;
      }
      const Determined found = Determines(Renumbered(code), codes_[y], options_.errors);
      if (!found.holds) continue;
      return Found(date, y, DerivationKind::kDatePart,
                   columns_[y].name + " = " + part.name + " of " + columns_[date].name,
                   found.compared, found.wrong);
    }
    return std::nullopt;
  }

  std::optional<Derivation> Function(size_t x, size_t y) const {
    const bool many_to_one =
        codes_[y].distinct < codes_[x].distinct && codes_[x].distinct * 5 <= codes_[x].filled;
    if (!many_to_one) return std::nullopt;
    const Determined found = Determines(codes_[x], codes_[y], options_.errors);
    if (!found.holds) return std::nullopt;
    return Found(x, y, DerivationKind::kFunction,
                 "each " + columns_[x].name + " has one " + columns_[y].name, found.compared,
                 found.wrong);
  }

  // y along rising x: changes at few places only.
  std::optional<Derivation> Steps(size_t x, size_t y) const {
    const Column32& code = codes_[y];
    if (code.distinct < 2 || code.distinct > kMostSteps || code.commonest > 0.98 ||
        codes_[x].distinct < 3 * code.distinct) {
      return std::nullopt;
    }
    int64_t n = 0, changes = 0;
    int32_t last = -1;
    for (const uint32_t r : order_[x]) {
      if (code.code[r] < 0) continue;
      changes += n > 0 && code.code[r] != last;
      last = code.code[r];
      ++n;
    }
    const double rows = static_cast<double>(n);
    const double limits = static_cast<double>(2 * code.distinct);
    const double allowed = 2 * options_.errors * rows + limits;
    if (n < 200 || static_cast<double>(changes) > std::min(allowed, 0.1 * rows * (1 - code.equal)))
      return std::nullopt;
    const double wrong = std::max(0.0, static_cast<double>(changes) - limits) / 2 / rows;
    return Found(x, y, DerivationKind::kStep,
                 columns_[y].name + " follows from limits of " + columns_[x].name, n, wrong);
  }

  // y lies on the line between its neighbours along x. Time and counters are left out: what drifts
  // with them is not computed from them.
  std::optional<Derivation> Smooth(size_t x, size_t y) const {
    if (numbers_[y].value.empty() || codes_[y].distinct <= kMostSteps ||
        codes_[x].distinct <= kMostSteps || IsDate(x) || IsDate(y) || IsSorted(x)) {
      return std::nullopt;
    }
    const std::vector<double>&a = numbers_[x].value, &b = numbers_[y].value;
    const double rounding = 1.5 * numbers_[y].unit;
    if (rounding > 0.05 * numbers_[y].spread) return std::nullopt;
    const double tolerance = rounding + 0.004 * numbers_[y].spread;
    int64_t n = 0, off = 0;
    const std::vector<uint32_t>& order = order_[x];
    for (size_t i = 1; i + 1 < order.size(); ++i) {
      const uint32_t p = order[i - 1], q = order[i], r = order[i + 1];
      if (!(a[p] < a[q] && a[q] < a[r])) continue;
      const double on_line = b[p] + (b[r] - b[p]) * (a[q] - a[p]) / (a[r] - a[p]);
      if (std::isnan(on_line) || std::isnan(b[q])) continue;
      ++n;
      off += std::abs(b[q] - on_line) > tolerance;
      if (off > 20 && static_cast<double>(off) > 0.5 * static_cast<double>(n)) return std::nullopt;
    }
    const double wrong = n == 0 ? 1 : static_cast<double>(off) / 3 / static_cast<double>(n);
    if (n < 200 || wrong > options_.errors) return std::nullopt;
    return Found(x, y, DerivationKind::kSmooth,
                 columns_[y].name + " is a smooth function of " + columns_[x].name, n, wrong);
  }

  bool IsSorted(size_t x) const {
    int64_t rises = 0, falls = 0;
    for (size_t i = 1; i < order_[x].size(); ++i) {
      const bool later = rows_[order_[x][i]] > rows_[order_[x][i - 1]];
      ++(later ? rises : falls);
    }
    return std::min(rises, falls) * 20 < rises + falls;
  }

  const std::vector<DeriveColumn>& columns_;
  const std::vector<int64_t>& rows_;
  const DeriveOptions options_;
  std::vector<Column32> codes_;
  std::vector<NumberColumn> numbers_;
  std::vector<std::vector<uint32_t>> order_;  // looked-at rows by rising number
};

}  // namespace

std::vector<Derivation> DeriveValues(const std::vector<DeriveColumn>& columns,
                                     const std::vector<int64_t>& rows,
                                     const DeriveOptions& options) {
  return Search(columns, rows, options).Run();
}

}  // namespace bottega
