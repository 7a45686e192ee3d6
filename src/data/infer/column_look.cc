#include "data/infer/column_look.h"

#include <arrow/array.h>
#include <arrow/chunked_array.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "base/hash.h"
#include "base/text.h"
#include "data/infer/dates.h"
#include "data/values.h"

namespace bottega {
namespace {

constexpr int64_t kMostCells = 200'000;
constexpr size_t kStyleSample = 500;
constexpr size_t kMostValues = 1'000;

struct TextHash {
  size_t operator()(std::string_view text) const { return Xxh3(text); }
};

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

void CountNumbers(const std::vector<std::string_view>& cells, ColumnLook* look) {
  look->least = std::numeric_limits<double>::infinity();
  look->most = -look->least;
  for (const std::string_view cell : cells) {
    const std::optional<double> number =
        look->style.plain() ? ParsePlainNumber(cell) : ParseStyledNumber(cell, look->style);
    if (!number && look->style.plain() && ParseStyledNumber(cell, look->style)) ++look->numbers;
    if (!number) continue;
    ++look->numbers;
    if (!std::isfinite(*number)) continue;
    look->integers += *number == std::trunc(*number);
    // "1e300" is whole too, but no code.
    look->too_long = look->too_long ||
                     (std::abs(*number) > 9007199254740992.0 && *number == std::trunc(*number) &&
                      cell.size() < 40 && cell.find_first_of("eE") == cell.npos);
    look->leading_zeros += HasLeadingZero(cell);
    look->least = std::min(look->least, *number);
    look->most = std::max(look->most, *number);
  }
}

void CountValues(const std::vector<std::string_view>& cells, ColumnLook* look) {
  std::unordered_map<std::string_view, int64_t, TextHash> counts;
  counts.reserve(1024);
  int64_t bytes = 0;
  for (const std::string_view cell : cells) {
    ++counts[cell];
    bytes += static_cast<int64_t>(cell.size());
  }
  look->distinct = static_cast<int64_t>(counts.size());
  std::vector<std::pair<std::string_view, int64_t>> sorted(counts.begin(), counts.end());
  const auto more = [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  };
  const size_t kept = std::min(sorted.size(), kMostValues);
  std::partial_sort(sorted.begin(), sorted.begin() + static_cast<int64_t>(kept), sorted.end(),
                    more);
  for (size_t i = 0; i < kept; ++i) look->values.emplace_back(sorted[i]);
  for (const auto& [value, count] : look->values) {
    look->odd_values += !ParseStyledNumber(value, look->style).has_value();
  }
  if (cells.empty()) return;
  look->length = static_cast<double>(bytes) / static_cast<double>(cells.size());
  int64_t words = 0;
  for (size_t i = 0; i < kept; ++i) {
    const std::string& value = look->values[i].first;
    words += 1 + std::count(value.begin(), value.end(), ' ');
  }
  look->words = static_cast<double>(words) / static_cast<double>(kept);
}

}  // namespace

ColumnLook LookAt(const arrow::ChunkedArray& column, const std::string& decimal) {
  const Sample sample = SampleOf(column);
  ColumnLook look;
  look.rows = sample.rows;
  look.filled = static_cast<int64_t>(sample.cells.size());
  if (column.type()->id() == arrow::Type::STRING) look.style = DetectStyle(sample.cells, decimal);
  CountNumbers(sample.cells, &look);
  CountValues(sample.cells, &look);
  look.consecutive = look.filled > 1 && look.integers == look.filled &&
                     look.distinct == look.filled && sample.rows == column.length() &&
                     look.most - look.least + 1 == static_cast<double>(look.filled);
  if (look.NumberShare() < 0.5 && look.filled > 0) {
    std::vector<std::string_view> some;
    const size_t step = std::max<size_t>(1, sample.cells.size() / kStyleSample);
    for (size_t i = 0; i < sample.cells.size(); i += step) some.push_back(sample.cells[i]);
    look.date_format = DetectDateFormat(some, 0.9);
    if (!look.date_format.empty()) {
      for (const std::string_view cell : sample.cells) {
        look.dates += ParseDate(cell, look.date_format).has_value();
      }
    }
  }
  return look;
}

}  // namespace bottega
