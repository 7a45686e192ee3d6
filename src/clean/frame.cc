#include "clean/frame.h"

#include <arrow/array.h>
#include <arrow/table.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#include "clean/refusal.h"
#include "data/arrow_support.h"

namespace bottega {

namespace {

arrow::Type::type StorageOf(FeatureType type) {
  if (type == FeatureType::kNumber) return arrow::Type::DOUBLE;
  if (type == FeatureType::kDate) return arrow::Type::TIMESTAMP;
  return arrow::Type::STRING;
}

std::shared_ptr<arrow::Array> CellsOf(const Dataset& data, const Column& column) {
  const int index = data.Find(column.name);
  const Place place = {.file = data.source.string(), .column = column.name};
  if (index < 0) {
    throw Error(ErrorKind::kData, "the training data had a column that is not here", place,
                "name the column '" + column.name + "' as it was in training, or train again");
  }
  std::shared_ptr<arrow::Array> cells = OneChunk(data.table->column(index));
  if (cells->type_id() == StorageOf(column.type)) return cells;
  throw Error(ErrorKind::kData,
              "a " + std::string(FeatureTypeName(column.type)) + " column in training holds " +
                  cells->type()->ToString() + " cells here",
              place, "give the column the same kind of values as in training");
}

NumberSeries NumbersIn(const arrow::Array& cells, const std::string& name, int64_t begin,
                       int64_t end) {
  const auto& array = static_cast<const arrow::DoubleArray&>(cells);
  NumberSeries series{.name = name, .column = name};
  const double* raw = array.raw_values();
  series.values.assign(raw + begin, raw + end);
  const bool nulls = array.null_count() > 0;
  for (int64_t i = begin; i < end; ++i) {
    double& value = series.values[static_cast<size_t>(i - begin)];
    if ((nulls && array.IsNull(i)) || !std::isfinite(value)) {
      value = std::numeric_limits<double>::quiet_NaN();
    }
  }
  return series;
}

template <class Series>
Series Take(std::vector<Series>* all, std::string_view name) {
  for (size_t i = 0; i < all->size(); ++i) {
    if ((*all)[i].name != name) continue;
    Series series = std::move((*all)[i]);
    all->erase(all->begin() + static_cast<int64_t>(i));
    return series;
  }
  throw Error(ErrorKind::kInternal, "no series '" + std::string(name) + "' left in the frame");
}

}  // namespace

Json RefusalToJson(const Refusal& refusal) {
  return {{"component", refusal.component}, {"column", refusal.column}, {"reason", refusal.reason}};
}

std::vector<double> NumberSeries::Known() const {
  std::vector<double> known;
  std::ranges::copy_if(values, std::back_inserter(known), [](double v) { return !std::isnan(v); });
  return known;
}

std::optional<std::string_view> TextSeries::At(int64_t i) const {
  if (!array->IsNull(offset + i)) return array->GetView(offset + i);
  if (fill) return std::string_view(*fill);
  return std::nullopt;
}

std::optional<int64_t> DateSeries::At(int64_t i) const {
  if (array->IsNull(offset + i)) return std::nullopt;
  return array->Value(offset + i);
}

int Frame::FindNumber(std::string_view name) const {
  for (size_t i = 0; i < numbers.size(); ++i) {
    if (numbers[i].name == name) return static_cast<int>(i);
  }
  return -1;
}

TextSeries Frame::TakeText(std::string_view name) { return Take(&texts, name); }
DateSeries Frame::TakeDate(std::string_view name) { return Take(&dates, name); }

TextSeries* Frame::FindText(std::string_view name) {
  for (TextSeries& series : texts) {
    if (series.name == name) return &series;
  }
  return nullptr;
}

Frame MakeFrame(const Dataset& data, const std::vector<Column>& wanted, int64_t begin,
                int64_t end) {
  Frame frame{.rows = end - begin};
  for (const Column& column : wanted) {
    const std::shared_ptr<arrow::Array> cells = CellsOf(data, column);
    if (column.type == FeatureType::kNumber) {
      frame.numbers.push_back(NumbersIn(*cells, column.name, begin, end));
    } else if (column.type == FeatureType::kDate) {
      frame.dates.push_back(
          {column.name, std::static_pointer_cast<arrow::TimestampArray>(cells), begin});
    } else {
      frame.texts.push_back({column.name,
                             column.type,
                             std::static_pointer_cast<arrow::StringArray>(cells),
                             begin,
                             {}});
    }
  }
  return frame;
}

}  // namespace bottega
