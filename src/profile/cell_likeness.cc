#include "profile/cell_likeness.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_map>

#include "base/text.h"

namespace bottega {
namespace {

constexpr double kNumberBits = 6.6;   // two numbers within 1 % of the scale: about 1 in 100
constexpr double kRoundedBits = 3;    // one is the other, rounded to a whole number
constexpr double kChangeRate = 0.03;  // share of fields that differ between true duplicates

void FoldColumn(const CellColumn& column, Comparer* out) {
  out->folded.resize(column.count.size());
  std::unordered_map<std::string, int32_t> seen;
  for (size_t code = 0; code < column.text.size(); ++code) {
    std::string folded = FoldText(column.text[code]);
    if (folded.empty()) folded = column.text[code];
    const auto [at, added] = seen.emplace(std::move(folded), static_cast<int32_t>(seen.size()));
    if (added) out->spelling.push_back(at->first);
    out->folded[code] = at->second;
  }
}

double Deviation(const CellColumn& column) {
  double n = 0, sum = 0, squares = 0;
  for (size_t i = 0; i < column.number.size(); ++i) {
    const double count = static_cast<double>(column.count[i]);
    n += count;
    sum += count * column.number[i];
    squares += count * column.number[i] * column.number[i];
  }
  return n < 2 ? 0 : std::sqrt(std::max(0.0, squares / n - (sum / n) * (sum / n)));
}

bool CloseTexts(const Comparer& column, int32_t a, int32_t b) {
  const std::string& x =
      column.spelling[static_cast<size_t>(column.folded[static_cast<size_t>(a)])];
  const std::string& y =
      column.spelling[static_cast<size_t>(column.folded[static_cast<size_t>(b)])];
  const std::vector<int64_t>& count = column.cells->count;
  if (std::min(count[static_cast<size_t>(a)], count[static_cast<size_t>(b)]) > column.rare) {
    return false;
  }
  const size_t length = std::min(x.size(), y.size());
  if (length < 4) return false;
  const int limit = std::max(1, static_cast<int>(length / 8));
  return EditDistance(x, y, limit) <= limit;
}

}  // namespace

Comparer MakeComparer(const CellColumn& column) {
  Comparer out{.cells = &column};
  if (column.is_number()) {
    out.folded.resize(column.count.size());
    std::iota(out.folded.begin(), out.folded.end(), 0);
    out.scale = Deviation(column);
  } else {
    FoldColumn(column, &out);
  }
  const double rows = static_cast<double>(column.code.size());
  double same = 0;
  for (size_t code = 0; code < column.count.size(); ++code) {
    const double share = static_cast<double>(column.count[code]) / rows;
    out.bits.push_back(-std::log2(share));
    same += share * share;
  }
  out.missing_bits = BitsOf(column, -1);
  out.differ_bits = std::min(0.0, std::log2(kChangeRate / std::max(1e-9, 1 - same)));
  out.rare = std::max<int64_t>(3, static_cast<int64_t>(0.002 * rows));
  return out;
}

Likeness Compare(const Comparer& column, int32_t a, int32_t b, double* bits) {
  const auto bits_of = [&](int32_t code) {
    return code < 0 ? column.missing_bits : column.bits[static_cast<size_t>(code)];
  };
  if (a == b) {
    *bits += bits_of(a);
    return Likeness::kEqual;
  }
  if (a < 0 || b < 0) return Likeness::kClose;
  const double lesser = std::min(bits_of(a), bits_of(b));
  if (column.folded[static_cast<size_t>(a)] == column.folded[static_cast<size_t>(b)]) {
    *bits += lesser;
    return Likeness::kClose;
  }
  bool close = false;
  double most = kNumberBits;
  if (column.cells->is_number()) {
    const double x = column.cells->number[static_cast<size_t>(a)];
    const double y = column.cells->number[static_cast<size_t>(b)];
    close = std::abs(x - y) <= 0.01 * column.scale;
    if (!close && (std::round(x) == y || std::round(y) == x)) {
      close = true;
      most = kRoundedBits;
    }
  } else {
    close = CloseTexts(column, a, b);
  }
  *bits += close ? std::min(lesser, most) : column.differ_bits;
  return close ? Likeness::kClose : Likeness::kDifferent;
}

}  // namespace bottega
