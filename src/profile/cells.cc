#include "profile/cells.h"

#include <arrow/array.h>
#include <arrow/table.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>
#include <unordered_map>

#include "base/hash.h"
#include "base/mix.h"
#include "base/text.h"
#include "base/threads.h"
#include "data/arrow_support.h"
#include "data/values.h"

namespace bottega {
namespace {

constexpr int64_t kRowChunk = 1 << 15;

struct FastHash {
  size_t operator()(std::string_view text) const { return Xxh3(text); }
};

void CodeTexts(const arrow::StringArray& array, CellColumn* out) {
  std::unordered_map<std::string_view, int32_t, FastHash> seen;
  for (int64_t i = 0; i < array.length(); ++i) {
    if (array.IsNull(i)) {
      ++out->missing;
      continue;
    }
    const auto [at, added] = seen.emplace(array.GetView(i), static_cast<int32_t>(seen.size()));
    if (added) {
      out->count.push_back(0);
      out->text.emplace_back(at->first);
    }
    out->code[static_cast<size_t>(i)] = at->second;
    ++out->count[static_cast<size_t>(at->second)];
  }
}

struct BitsHash {
  size_t operator()(uint64_t bits) const { return Mix(bits); }
};

void CodeNumbers(const std::vector<double>& values, CellColumn* out) {
  std::unordered_map<uint64_t, int32_t, BitsHash> seen;
  for (size_t i = 0; i < values.size(); ++i) {
    if (std::isnan(values[i])) {
      ++out->missing;
      continue;
    }
    const double value = values[i] == 0 ? 0 : values[i];
    const auto [at, added] =
        seen.emplace(std::bit_cast<uint64_t>(value), static_cast<int32_t>(seen.size()));
    if (added) {
      out->count.push_back(0);
      out->number.push_back(value);
    }
    out->code[i] = at->second;
    ++out->count[static_cast<size_t>(at->second)];
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

std::vector<uint64_t> HashRows(const std::vector<CellColumn>& cells,
                               const std::vector<size_t>& columns, int64_t rows) {
  std::vector<uint64_t> hashes(static_cast<size_t>(rows), 0x9e3779b97f4a7c15ULL);
  ParallelFor(rows, kRowChunk, [&](int64_t begin, int64_t end) {
    for (const size_t column : columns) {
      const std::vector<int32_t>& code = cells[column].code;
      for (int64_t i = begin; i < end; ++i) {
        uint64_t& hash = hashes[static_cast<size_t>(i)];
        hash = Mix(hash * 31 + static_cast<uint32_t>(code[static_cast<size_t>(i)]) + column);
      }
    }
  });
  return hashes;
}

bool SameCells(const std::vector<CellColumn>& cells, int64_t a, int64_t b) {
  return std::ranges::all_of(cells, [&](const CellColumn& column) {
    return column.code[static_cast<size_t>(a)] == column.code[static_cast<size_t>(b)];
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
