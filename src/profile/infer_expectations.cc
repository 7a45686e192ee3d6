#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "profile/cells.h"
#include "profile/expectations.h"
#include "profile/shape.h"

namespace bottega {
namespace {

constexpr size_t kMostValues = 40;
constexpr int64_t kFewestRows = 20;  // below which nothing but names and types is concluded

int64_t CharactersOf(const std::string& text) {
  return std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; });
}

// A tenth of the range on both sides; what never was negative stays so, whole numbers stay whole.
void ExpectRange(const CellColumn& cells, ColumnExpectation* expected) {
  const auto [low, high] = std::ranges::minmax(cells.number);
  const bool whole = std::ranges::all_of(cells.number, [](double x) { return x == std::floor(x); });
  const double room = std::max((high - low) / 10, whole ? 1.0 : 0.0);
  expected->min = low - room;
  expected->max = high + room;
  if (low >= 0) expected->min = std::max(0.0, *expected->min);
  if (high <= 0) expected->max = std::min(0.0, *expected->max);
  if (whole) {
    expected->min = std::floor(*expected->min);
    expected->max = std::ceil(*expected->max);
  }
}

// "aa-9999" -> [A-Za-z]{2}-[0-9]{4}; other characters as they are.
std::string PatternOf(const std::string& shape) {
  std::string pattern;
  for (size_t i = 0; i < shape.size();) {
    size_t end = i;
    while (end < shape.size() && shape[end] == shape[i]) ++end;
    const std::string run = end - i > 1 ? "{" + std::to_string(end - i) + "}" : "";
    if (shape[i] == '9' || shape[i] == 'a') {
      pattern += (shape[i] == '9' ? "[0-9]" : "\\p{L}") + run;
    } else {
      for (size_t k = i; k < end; ++k) {
        const bool plain = IsDigit(shape[k]) ||
                           std::isalnum(static_cast<unsigned char>(shape[k])) ||
                           (shape[k] & 0x80) != 0;
        pattern += plain ? std::string(1, shape[k]) : std::string("\\") + shape[k];
      }
    }
    i = end;
  }
  return pattern;
}

void ExpectTexts(const CellColumn& cells, ColumnExpectation* expected) {
  int64_t least = std::numeric_limits<int64_t>::max(), most = 0;
  for (const std::string& text : cells.text) {
    least = std::min(least, CharactersOf(text));
    most = std::max(most, CharactersOf(text));
  }
  const std::string shape = ExactShapeOf(cells.text[0]);
  const bool one_shape = shape.find('9') != shape.npos && shape.size() <= 40 &&
                         std::ranges::all_of(cells.text, [&](const std::string& text) {
                           return ExactShapeOf(text) == shape;
                         });
  if (one_shape && cells.distinct() > 3) {
    expected->pattern = PatternOf(shape);
  } else {
    expected->length = {least > 1 ? std::max<int64_t>(1, least / 2) : least, 2 * most};
  }
}

ColumnExpectation InferColumn(const Dataset& data, int index) {
  const Column& column = data.columns[static_cast<size_t>(index)];
  ColumnExpectation expected{.name = column.name, .type = column.type};
  const CellColumn cells = CellsOf(data, index);
  const int64_t filled = data.size() - cells.missing;
  if (data.size() < kFewestRows) return expected;
  const double share = static_cast<double>(cells.missing) / static_cast<double>(data.size());
  expected.missing = cells.missing == 0 ? 0 : std::min(1.0, std::ceil(200 * share + 1) / 100);
  if (filled == 0 || column.type == FeatureType::kPicture) return expected;
  expected.unique = column.type == FeatureType::kIdentifier && cells.distinct() == filled;
  if (cells.is_number()) {
    ExpectRange(cells, &expected);
    return expected;
  }
  const bool few =
      static_cast<size_t>(cells.distinct()) <= kMostValues && std::ranges::min(cells.count) >= 3;
  const bool category =
      column.type == FeatureType::kCategory || column.type == FeatureType::kBinary;
  if (category && few) {
    expected.values = cells.text;
    std::ranges::sort(expected.values);
  } else {
    ExpectTexts(cells, &expected);
  }
  return expected;
}

}  // namespace

Expectations InferExpectations(const Dataset& data) {
  Expectations expectations;
  expectations.least_rows = std::max<int64_t>(1, data.size() / 2);
  for (int i = 0; i < static_cast<int>(data.columns.size()); ++i) {
    expectations.columns.push_back(InferColumn(data, i));
  }
  return expectations;
}

}  // namespace bottega
