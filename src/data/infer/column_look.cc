#include "data/infer/column_look.h"

#include <arrow/array.h>
#include <arrow/chunked_array.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/text.h"
#include "base/text_numbers.h"
#include "data/infer/dates.h"
#include "data/values.h"

namespace bottega {
namespace {

constexpr int64_t kMostCells = 200'000;
constexpr size_t kStyleSample = 500;
constexpr size_t kMostValues = 1'000;

struct Sample {
  std::vector<std::string_view> cells;  // the filled ones
  std::vector<std::string> owned;       // behind cells of columns that are no text
  int64_t rows = 0;
};

Sample SampleOf(const arrow::ChunkedArray& column) {
  Sample sample;
  const int64_t step = std::max<int64_t>(1, (column.length() + kMostCells - 1) / kMostCells);
  sample.cells.reserve(static_cast<size_t>(column.length() / step + 1));
  if (column.type()->id() != arrow::Type::STRING) {
    sample.owned.reserve(static_cast<size_t>(column.length() / step + 1));
  }
  int64_t skip = 0;
  for (const std::shared_ptr<arrow::Array>& chunk : column.chunks()) {
    int64_t i = skip;
    for (; i < chunk->length(); i += step) {
      ++sample.rows;
      if (chunk->IsNull(i)) continue;
      if (chunk->type_id() == arrow::Type::STRING) {
        sample.cells.push_back(static_cast<const arrow::StringArray&>(*chunk).GetView(i));
      } else {
        sample.owned.push_back(*TextOfCell(*chunk, i));
        sample.cells.push_back(sample.owned.back());
      }
    }
    skip = i - chunk->length();
  }
  return sample;
}

NumberStyle DetectStyle(const std::vector<std::string_view>& cells, const std::string& decimal) {
  std::vector<NumberStyle> styles = {{'.', 0, false},    {'.', ',', false}, {',', 0, false},
                                     {',', '.', false},  {'.', ' ', false}, {',', ' ', false},
                                     {'.', '\'', false}, {'.', ',', true},  {',', '.', true}};
  std::erase_if(styles, [&](const NumberStyle& s) {
    return (decimal == "point" && s.decimal == ',') || (decimal == "comma" && s.decimal == '.');
  });
  const size_t step = std::max<size_t>(1, cells.size() / kStyleSample);
  NumberStyle best = styles[0];
  int64_t best_count = 0;
  for (const NumberStyle& style : styles) {
    int64_t count = 0;
    int64_t looked = 0;
    for (size_t i = 0; i < cells.size(); i += step) {
      ++looked;
      count += ParseStyledNumber(cells[i], style).has_value();
    }
    // A less usual style must read clearly more.
    if (count > best_count + looked / 100) {
      best = style;
      best_count = count;
    }
    if (best_count == looked) break;
  }
  return best;
}

bool HasLeadingZero(std::string_view cell) {
  return cell.size() > 1 && cell[0] == '0' && std::all_of(cell.begin(), cell.end(), IsDigit);
}

// The different cells, each with how often it occurs.
struct Counted {
  std::vector<std::string_view> value;
  std::vector<int64_t> count;
};

Counted CountedOf(const std::vector<std::string_view>& cells) {
  TextNumbers numbers;
  Counted out;
  for (const std::string_view cell : cells) {
    const auto at = static_cast<size_t>(numbers.Of(cell));
    if (at == out.count.size()) out.count.push_back(0);
    ++out.count[at];
  }
  out.value = numbers.texts();
  return out;
}

void CountNumbers(const Counted& cells, ColumnLook* look) {
  look->least = std::numeric_limits<double>::infinity();
  look->most = -look->least;
  for (size_t i = 0; i < cells.value.size(); ++i) {
    const std::string_view cell = cells.value[i];
    const int64_t count = cells.count[i];
    const std::optional<double> number =
        look->style.plain() ? ParsePlainNumber(cell) : ParseStyledNumber(cell, look->style);
    if (!number && look->style.plain() && ParseStyledNumber(cell, look->style)) {
      look->numbers += count;
    }
    if (!number) continue;
    look->numbers += count;
    if (!std::isfinite(*number)) continue;
    const bool whole = *number == std::trunc(*number);
    look->integers += whole ? count : 0;
    // "1e300" is whole too, but no code.
    look->too_long = look->too_long || (std::abs(*number) > 9007199254740992.0 && whole &&
                                        cell.size() < 40 && cell.find_first_of("eE") == cell.npos);
    look->leading_zeros += HasLeadingZero(cell) ? count : 0;
    look->least = std::min(look->least, *number);
    look->most = std::max(look->most, *number);
  }
}

void CountValues(const Counted& cells, ColumnLook* look) {
  look->distinct = static_cast<int64_t>(cells.value.size());
  std::vector<size_t> order(cells.value.size());
  std::iota(order.begin(), order.end(), 0);
  const auto more = [&](size_t a, size_t b) {
    return cells.count[a] != cells.count[b] ? cells.count[a] > cells.count[b]
                                            : cells.value[a] < cells.value[b];
  };
  const size_t kept = std::min(order.size(), kMostValues);
  std::ranges::partial_sort(order, order.begin() + static_cast<int64_t>(kept), more);
  int64_t words = 0;
  for (size_t i = 0; i < kept; ++i) {
    const std::string_view value = cells.value[order[i]];
    look->values.emplace_back(value, cells.count[order[i]]);
    look->odd_values += !ParseStyledNumber(value, look->style).has_value();
    words += 1 + std::ranges::count(value, ' ');
  }
  if (kept == 0) return;
  int64_t bytes = 0;
  for (size_t i = 0; i < cells.value.size(); ++i) {
    bytes += cells.count[i] * static_cast<int64_t>(cells.value[i].size());
  }
  look->length = static_cast<double>(bytes) / static_cast<double>(look->filled);
  look->words = static_cast<double>(words) / static_cast<double>(kept);
}

void CountDates(const Sample& sample, const Counted& cells, ColumnLook* look) {
  std::vector<std::string_view> some;
  const size_t step = std::max<size_t>(1, sample.cells.size() / kStyleSample);
  for (size_t i = 0; i < sample.cells.size(); i += step) some.push_back(sample.cells[i]);
  look->date_format = DetectDateFormat(some, 0.9);
  if (look->date_format.empty()) return;
  for (size_t i = 0; i < cells.value.size(); ++i) {
    look->dates += ParseDate(cells.value[i], look->date_format) ? cells.count[i] : 0;
  }
}

}  // namespace

ColumnLook LookAt(const arrow::ChunkedArray& column, const std::string& decimal) {
  const Sample sample = SampleOf(column);
  ColumnLook look;
  look.rows = sample.rows;
  look.filled = static_cast<int64_t>(sample.cells.size());
  if (column.type()->id() == arrow::Type::STRING) look.style = DetectStyle(sample.cells, decimal);
  const Counted cells = CountedOf(sample.cells);
  CountNumbers(cells, &look);
  CountValues(cells, &look);
  look.consecutive = look.filled > 1 && look.integers == look.filled &&
                     look.distinct == look.filled && sample.rows == column.length() &&
                     look.most - look.least + 1 == static_cast<double>(look.filled);
  if (look.NumberShare() < 0.5 && look.filled > 0) CountDates(sample, cells, &look);
  return look;
}

}  // namespace bottega
