#include "profile/cells.h"

#include <arrow/array.h>
#include <arrow/table.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/mix.h"
#include "base/radix_sort.h"
#include "base/text.h"
#include "base/text_numbers.h"
#include "base/threads.h"
#include "data/arrow_support.h"
#include "data/values.h"

namespace bottega {
namespace {

constexpr int64_t kRowChunk = 1 << 15;

void CodeTexts(const arrow::StringArray& array, CellColumn* out) {
  TextNumbers numbers;
  for (int64_t i = 0; i < array.length(); ++i) {
    if (array.IsNull(i)) {
      ++out->missing;
      continue;
    }
    const int32_t code = numbers.Of(array.GetView(i));
    if (static_cast<size_t>(code) == out->count.size()) out->count.push_back(0);
    out->code[static_cast<size_t>(i)] = code;
    ++out->count[static_cast<size_t>(code)];
  }
  out->text.assign(numbers.texts().begin(), numbers.texts().end());
}

struct NumberCell {
  double number = 0;
  int32_t row = 0;
};

std::vector<NumberCell> SortedCells(const std::vector<double>& values) {
  std::vector<NumberCell> cells;
  cells.reserve(values.size());
  for (size_t i = 0; i < values.size(); ++i) {
    if (std::isnan(values[i])) continue;
    cells.push_back({values[i] == 0 ? 0 : values[i], static_cast<int32_t>(i)});
  }
  RadixSort(&cells, [](const NumberCell& cell) { return OrderedBits(cell.number); });
  return cells;
}

void CodeNumbers(const std::vector<double>& values, CellColumn* out) {
  const std::vector<NumberCell> sorted = SortedCells(values);
  out->missing = static_cast<int64_t>(values.size() - sorted.size());
  std::vector<size_t> begins;  // of each distinct number
  for (size_t i = 0; i < sorted.size(); ++i) {
    if (i == 0 || sorted[i].number != sorted[i - 1].number) begins.push_back(i);
    out->code[static_cast<size_t>(sorted[i].row)] = static_cast<int32_t>(begins.size() - 1);
  }
  const size_t distinct = begins.size();
  begins.push_back(sorted.size());
  out->rising.assign(distinct, -1);
  out->number.reserve(distinct);
  out->count.reserve(distinct);
  for (int32_t& code : out->code) {
    if (code < 0) continue;
    const auto place = static_cast<size_t>(code);
    if (out->rising[place] < 0) {
      out->rising[place] = static_cast<int32_t>(out->number.size());
      out->number.push_back(sorted[begins[place]].number);
      out->count.push_back(static_cast<int64_t>(begins[place + 1] - begins[place]));
    }
    code = out->rising[place];
  }
}

}  // namespace

CellColumn CellsOf(const Dataset& data, int column) {
  CellColumn out{.column = column, .type = data.columns[static_cast<size_t>(column)].type};
  out.code.assign(static_cast<size_t>(data.size()), -1);
  const std::shared_ptr<arrow::Array> array = OneChunk(data.table->column(column));
  if (array->type_id() == arrow::Type::STRING) {
    CodeTexts(static_cast<const arrow::StringArray&>(*array), &out);
  } else {
    CodeNumbers(NumbersOf(data, column), &out);
  }
  return out;
}

std::vector<CellColumn> CellsOf(const Dataset& data, const std::vector<int>& columns) {
  std::vector<CellColumn> cells(columns.size());
  ParallelFor(static_cast<int64_t>(columns.size()), 1, [&](int64_t begin, int64_t) {
    cells[static_cast<size_t>(begin)] = CellsOf(data, columns[static_cast<size_t>(begin)]);
  });
  return cells;
}

std::vector<int> ComparedColumns(const Dataset& data) {
  std::vector<int> columns;
  for (size_t i = 0; i < data.columns.size(); ++i) {
    const Column& column = data.columns[i];
    const bool feature = column.role == Role::kFeature || column.role == Role::kTime;
    if (feature && column.type != FeatureType::kIdentifier) columns.push_back(static_cast<int>(i));
  }
  return columns;
}

std::vector<int32_t> RisingCodes(const CellColumn& column) {
  if (column.rising.size() == column.number.size()) return column.rising;
  std::vector<int32_t> order(column.number.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::sort(order, {}, [&](int32_t c) { return column.number[static_cast<size_t>(c)]; });
  return order;
}

std::string CellText(const CellColumn& column, int32_t code) {
  const size_t i = static_cast<size_t>(code);
  if (!column.is_number()) return column.text[i];
  return column.type == FeatureType::kDate ? DayText(column.number[i])
                                           : FormatNumber(column.number[i], 8);
}

double BitsOf(const CellColumn& column, int32_t code) {
  const double rows = static_cast<double>(column.code.size());
  const int64_t count = code < 0 ? column.missing : column.count[static_cast<size_t>(code)];
  return count == 0 ? 0 : std::log2(rows / static_cast<double>(count));
}

std::vector<uint64_t> HashRows(const std::vector<const CellColumn*>& cells, int64_t rows) {
  std::vector<uint64_t> hashes(static_cast<size_t>(rows), 0x9e3779b97f4a7c15ULL);
  ParallelFor(rows, kRowChunk, [&](int64_t begin, int64_t end) {
    for (size_t column = 0; column < cells.size(); ++column) {
      const std::vector<int32_t>& code = cells[column]->code;
      for (int64_t i = begin; i < end; ++i) {
        uint64_t& hash = hashes[static_cast<size_t>(i)];
        hash = Mix(hash * 31 + static_cast<uint32_t>(code[static_cast<size_t>(i)]) + column);
      }
    }
  });
  return hashes;
}

bool SameCells(const std::vector<const CellColumn*>& cells, int64_t a, int64_t b) {
  return std::ranges::all_of(cells, [&](const CellColumn* column) {
    return column->code[static_cast<size_t>(a)] == column->code[static_cast<size_t>(b)];
  });
}

std::string FoldText(std::string_view text) {
  icu::UnicodeString wide =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int>(text.size())));
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCCasefoldInstance(status);
  if (U_SUCCESS(status)) wide = nfkc->normalize(wide, status);
  icu::UnicodeString folded;
  bool gap = false;
  for (int32_t i = 0; i < wide.length(); i = wide.moveIndex32(i, 1)) {
    const UChar32 c = wide.char32At(i);
    if (!u_isalnum(c) && u_charType(c) != U_NON_SPACING_MARK) {
      gap = true;
      continue;
    }
    if (gap && !folded.isEmpty()) folded.append(static_cast<UChar32>(' '));
    gap = false;
    folded.append(c);
  }
  std::string out;
  folded.toUTF8String(out);
  return out;
}

}  // namespace bottega
