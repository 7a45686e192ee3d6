#include "data/dataset.h"

#include <arrow/array.h>
#include <arrow/chunked_array.h>
#include <arrow/compute/api_vector.h>
#include <arrow/table.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/radix_sort.h"
#include "base/text.h"
#include "base/text_numbers.h"
#include "data/arrow_support.h"
#include "data/values.h"

namespace bottega {
namespace {

constexpr std::string_view kTypeNames[] = {"number", "category", "binary",    "date",
                                           "text",   "picture",  "identifier"};
constexpr std::string_view kRoleNames[] = {"feature", "target", "group",  "time",
                                           "weight",  "part",   "ignored"};

template <size_t N>
int ParseName(const std::string_view (&names)[N], std::string_view kind, std::string_view name) {
  for (size_t i = 0; i < N; ++i) {
    if (names[i] == name) return static_cast<int>(i);
  }
  const std::vector<std::string> all(std::begin(names), std::end(names));
  const std::vector<std::string> near = NearestNames(name, all, 1);
  throw Error(ErrorKind::kRecipe, "'" + std::string(name) + "' is no " + std::string(kind), {},
              near.empty() ? "name one of " + Join(all, ", ") : "did you mean '" + near[0] + "'?");
}

std::shared_ptr<arrow::Array> ArrayOf(const Dataset& data, int column) {
  return OneChunk(data.table->column(column));
}

Codes CodesOfNumbers(const arrow::Array& array) {
  struct Cell {
    double value = 0;
    int64_t row = 0;
  };
  const auto value = [&](int64_t i) {
    return array.type_id() == arrow::Type::DOUBLE
               ? static_cast<const arrow::DoubleArray&>(array).Value(i)
               : static_cast<double>(static_cast<const arrow::TimestampArray&>(array).Value(i));
  };
  std::vector<Cell> cells;
  for (int64_t i = 0; i < array.length(); ++i) {
    if (array.IsValid(i) && !std::isnan(value(i))) cells.push_back({value(i) + 0.0, i});
  }
  RadixSort(&cells, [](const Cell& cell) { return OrderedBits(cell.value); });
  Codes codes;
  codes.code.resize(static_cast<size_t>(array.length()), -1);
  for (size_t i = 0; i < cells.size(); ++i) {
    if (i == 0 || cells[i].value != cells[i - 1].value) {
      codes.values.push_back(*TextOfCell(array, cells[i].row));
    }
    codes.code[static_cast<size_t>(cells[i].row)] = static_cast<int32_t>(codes.values.size() - 1);
  }
  return codes;
}

Codes CodesOfTexts(const arrow::StringArray& array) {
  TextNumbers numbers;
  Codes codes;
  codes.code.resize(static_cast<size_t>(array.length()), -1);
  for (int64_t i = 0; i < array.length(); ++i) {
    if (!array.IsNull(i)) codes.code[static_cast<size_t>(i)] = numbers.Of(array.GetView(i));
  }
  const std::vector<std::string_view>& order = numbers.texts();
  std::vector<int32_t> sorted(order.size());
  std::iota(sorted.begin(), sorted.end(), 0);
  std::sort(sorted.begin(), sorted.end(), [&](int32_t a, int32_t b) {
    return order[static_cast<size_t>(a)] < order[static_cast<size_t>(b)];
  });
  std::vector<int32_t> rank(order.size());
  for (size_t i = 0; i < sorted.size(); ++i) {
    rank[static_cast<size_t>(sorted[i])] = static_cast<int32_t>(i);
    codes.values.emplace_back(order[static_cast<size_t>(sorted[i])]);
  }
  for (int32_t& code : codes.code) {
    if (code >= 0) code = rank[static_cast<size_t>(code)];
  }
  return codes;
}

}  // namespace

std::string_view FeatureTypeName(FeatureType type) { return kTypeNames[static_cast<int>(type)]; }

FeatureType ParseFeatureType(std::string_view name) {
  return static_cast<FeatureType>(ParseName(kTypeNames, "feature type", name));
}

std::string_view RoleName(Role role) { return kRoleNames[static_cast<int>(role)]; }

Role ParseRole(std::string_view name) {
  return static_cast<Role>(ParseName(kRoleNames, "role", name));
}

int Dataset::Find(std::string_view name) const {
  for (size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].name == name) return static_cast<int>(i);
  }
  return -1;
}

int Dataset::RoleIndex(Role role) const {
  for (size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].role == role) return static_cast<int>(i);
  }
  return -1;
}

const Column* Dataset::TargetColumn() const {
  const int index = RoleIndex(Role::kTarget);
  return index < 0 ? nullptr : &columns[static_cast<size_t>(index)];
}

int Dataset::PictureIndex() const {
  const auto at = std::ranges::find(columns, FeatureType::kPicture, &Column::type);
  return at == columns.end() ? -1 : static_cast<int>(at - columns.begin());
}

std::vector<double> NumbersOf(const Dataset& data, int column) {
  const std::shared_ptr<arrow::Array> array = ArrayOf(data, column);
  std::vector<double> numbers(static_cast<size_t>(array->length()),
                              std::numeric_limits<double>::quiet_NaN());
  for (int64_t i = 0; i < array->length(); ++i) {
    if (array->IsNull(i)) continue;
    double& number = numbers[static_cast<size_t>(i)];
    if (array->type_id() == arrow::Type::DOUBLE) {
      number = static_cast<const arrow::DoubleArray&>(*array).Value(i);
    } else if (array->type_id() == arrow::Type::TIMESTAMP) {
      const int64_t us = static_cast<const arrow::TimestampArray&>(*array).Value(i);
      number = static_cast<double>(us) / 86'400e6;
    } else if (const auto parsed =
                   ParseNumber(static_cast<const arrow::StringArray&>(*array).GetView(i))) {
      number = *parsed;
    }
  }
  return numbers;
}

std::vector<std::optional<std::string>> TextsOf(const Dataset& data, int column) {
  const std::shared_ptr<arrow::Array> array = ArrayOf(data, column);
  std::vector<std::optional<std::string>> texts(static_cast<size_t>(array->length()));
  for (int64_t i = 0; i < array->length(); ++i)
    texts[static_cast<size_t>(i)] = TextOfCell(*array, i);
  return texts;
}

Codes CodesOf(const Dataset& data, int column) {
  const std::shared_ptr<arrow::Array> array = ArrayOf(data, column);
  if (array->type_id() == arrow::Type::STRING) {
    return CodesOfTexts(static_cast<const arrow::StringArray&>(*array));
  }
  return CodesOfNumbers(*array);
}

const Written* WrittenOf(const Dataset& data, int column) {
  if (data.written == nullptr) return nullptr;
  const auto at = data.written->find(data.columns[static_cast<size_t>(column)].name);
  return at == data.written->end() ? nullptr : &at->second;
}

Dataset TakeRows(const Dataset& data, const std::vector<int64_t>& positions) {
  EnsureArrow();
  Dataset taken = data;
  const std::shared_ptr<arrow::Array> indices = IntegerArray(positions);
  std::vector<std::shared_ptr<arrow::ChunkedArray>> columns;
  for (int i = 0; i < data.table->num_columns(); ++i) {
    columns.push_back(std::make_shared<arrow::ChunkedArray>(
        ArrowValue(arrow::compute::Take(*ArrayOf(data, i), *indices))));
  }
  taken.table =
      arrow::Table::Make(data.table->schema(), columns, static_cast<int64_t>(positions.size()));
  taken.rows.clear();
  taken.rows.reserve(positions.size());
  for (const int64_t position : positions) {
    taken.rows.push_back(data.rows[static_cast<size_t>(position)]);
  }
  return taken;
}

Dataset WithColumn(const Dataset& data, int column, const std::shared_ptr<arrow::Array>& values) {
  Dataset changed = data;
  const std::string& name = data.columns[static_cast<size_t>(column)].name;
  changed.table = ArrowValue(data.table->SetColumn(column, arrow::field(name, values->type()),
                                                   std::make_shared<arrow::ChunkedArray>(values)));
  return changed;
}

}  // namespace bottega
