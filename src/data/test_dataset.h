// For tests: small datasets, column by column.
#pragma once

#include <arrow/array.h>
#include <arrow/table.h>

#include <limits>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include "data/arrow_support.h"
#include "data/dataset.h"

namespace bottega {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();
using TextCells = std::vector<std::optional<std::string>>;

class TestDataset {
 public:
  TestDataset& Number(const std::string& name, const std::vector<double>& values,
                      Role role = Role::kFeature) {
    return Add({.name = name, .type = FeatureType::kNumber, .role = role}, NumberArray(values),
               values.size());
  }
  TestDataset& Text(const std::string& name, const TextCells& values,
                    FeatureType type = FeatureType::kCategory, Role role = Role::kFeature) {
    return Add({.name = name, .type = type, .role = role}, TextArray(values), values.size());
  }
  TestDataset& Dates(const std::string& name,
                     const std::vector<std::optional<int64_t>>& microseconds,
                     Role role = Role::kFeature) {
    return Add({.name = name, .type = FeatureType::kDate, .role = role}, DateArray(microseconds),
               microseconds.size());
  }
  Dataset Make() const {
    Dataset data{.table = arrow::Table::Make(arrow::schema(fields_), arrays_),
                 .columns = columns_,
                 .rows = std::vector<int64_t>(rows_),
                 .source = "test.csv",
                 .reading = {{"format", "csv"}}};
    std::iota(data.rows.begin(), data.rows.end(), 0);
    return data;
  }

 private:
  TestDataset& Add(Column column, std::shared_ptr<arrow::Array> array, size_t rows) {
    fields_.push_back(arrow::field(column.name, array->type()));
    arrays_.push_back(std::move(array));
    columns_.push_back(std::move(column));
    rows_ = rows;
    return *this;
  }

  std::vector<std::shared_ptr<arrow::Field>> fields_;
  std::vector<std::shared_ptr<arrow::Array>> arrays_;
  std::vector<Column> columns_;
  size_t rows_ = 0;
};

}  // namespace bottega
