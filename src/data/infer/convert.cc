#include "data/infer/convert.h"

#include <arrow/array.h>
#include <arrow/chunked_array.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "base/text.h"
#include "data/arrow_support.h"
#include "data/infer/dates.h"
#include "data/values.h"

namespace bottega {
namespace {

// Models compute in single precision; beyond it a number is as good as infinite.
constexpr double kMostNumber = std::numeric_limits<float>::max();

void AddBad(int64_t position, std::string cell, bool infinite, Converted* converted) {
  converted->written.Add(position, cell, false);
  int64_t& count = infinite ? converted->infinite : converted->mixed;
  if (++count > IssueList::kMost) return;
  converted->bad.push_back({position, std::move(cell), infinite ? "infinity" : "mixed_type"});
}

// Calls cell(position, chunk, index) for every filled cell.
template <class Cell>
void ForFilled(const arrow::ChunkedArray& column, Cell cell) {
  int64_t position = 0;
  for (const std::shared_ptr<arrow::Array>& chunk : column.chunks()) {
    for (int64_t i = 0; i < chunk->length(); ++i, ++position) {
      if (chunk->IsValid(i)) cell(position, *chunk, i);
    }
  }
}

std::optional<double> NumberOf(const arrow::Array& chunk, int64_t i, const NumberStyle& style) {
  switch (chunk.type_id()) {
    case arrow::Type::DOUBLE:
      return static_cast<const arrow::DoubleArray&>(chunk).Value(i);
    case arrow::Type::TIMESTAMP:
      return static_cast<double>(static_cast<const arrow::TimestampArray&>(chunk).Value(i)) /
             86'400e6;
    default: {
      const std::string_view text = static_cast<const arrow::StringArray&>(chunk).GetView(i);
      const std::optional<double> plain =
          style.plain() ? ParsePlainNumber(text) : std::optional<double>();
      return plain ? plain : ParseStyledNumber(text, style);
    }
  }
}

// The signs of a decorated column, and the cells that wear others than most.
void NoteSigns(const arrow::ChunkedArray& column, const std::vector<double>& numbers,
               Converted* converted) {
  std::map<std::string, int64_t> counts;
  const auto signs_of = [&](int64_t position, const arrow::Array& chunk, int64_t i) {
    const auto text = static_cast<const arrow::StringArray&>(chunk).GetView(i);
    return std::isnan(numbers[static_cast<size_t>(position)]) ? std::string("?") : SignsOf(text);
  };
  ForFilled(column, [&](int64_t position, const arrow::Array& chunk, int64_t i) {
    ++counts[signs_of(position, chunk, i)];
  });
  counts.erase("?");
  if (counts.empty()) return;
  Written& written = converted->written;
  const auto less = [](const auto& a, const auto& b) { return a.second < b.second; };
  written.usual = std::ranges::max_element(counts, less)->first;
  if (counts.size() < 2) return;
  Written all{.usual = written.usual};
  size_t next = 0;
  ForFilled(column, [&](int64_t position, const arrow::Array& chunk, int64_t i) {
    if (next < written.cells.size() && written.cells[next].row == position) {
      all.Add(position, written.cells[next++].text, false);
    } else if (signs_of(position, chunk, i) != written.usual) {
      all.Add(position, static_cast<const arrow::StringArray&>(chunk).GetView(i), true);
    }
  });
  written = std::move(all);
}

Converted Numbers(const arrow::ChunkedArray& column, const NumberStyle& style) {
  Converted converted;
  std::vector<double> numbers(static_cast<size_t>(column.length()),
                              std::numeric_limits<double>::quiet_NaN());
  ForFilled(column, [&](int64_t position, const arrow::Array& chunk, int64_t i) {
    const std::optional<double> number = NumberOf(chunk, i, style);
    if (number && std::abs(*number) <= kMostNumber) {
      numbers[static_cast<size_t>(position)] = *number;
    } else if (!number || !std::isnan(*number)) {
      AddBad(position, *TextOfCell(chunk, i), number.has_value(), &converted);
    }
  });
  if (style.decorated && column.type()->id() == arrow::Type::STRING) {
    NoteSigns(column, numbers, &converted);
  }
  converted.array = NumberArray(numbers);
  return converted;
}

Converted Dates(const arrow::ChunkedArray& column, const std::string& format) {
  Converted converted;
  std::vector<std::optional<int64_t>> dates(static_cast<size_t>(column.length()));
  ForFilled(column, [&](int64_t position, const arrow::Array& chunk, int64_t i) {
    const std::optional<std::string> text = TextOfCell(chunk, i);
    std::optional<int64_t> date = ParseDate(*text, format);
    const bool usual = date.has_value();
    for (size_t k = 0; !date && k < DateFormats().size(); ++k) {
      const std::string& other = DateFormats()[k];
      if (other.starts_with("%Y")) date = ParseDate(*text, other);
    }
    if (!date) AddBad(position, *text, false, &converted);
    if (date && !usual) converted.written.Add(position, *text, true);
    dates[static_cast<size_t>(position)] = date;
  });
  converted.array = DateArray(dates);
  return converted;
}

Converted Texts(const arrow::ChunkedArray& column) {
  Converted converted;
  if (column.type()->id() == arrow::Type::STRING) {
    converted.array =
        OneChunk(std::make_shared<arrow::ChunkedArray>(column.chunks(), arrow::utf8()));
    return converted;
  }
  std::vector<std::optional<std::string>> texts(static_cast<size_t>(column.length()));
  ForFilled(column, [&](int64_t position, const arrow::Array& chunk, int64_t i) {
    texts[static_cast<size_t>(position)] = TextOfCell(chunk, i);
  });
  converted.array = TextArray(texts);
  return converted;
}

}  // namespace

Converted ConvertColumn(const arrow::ChunkedArray& column, const ColumnPlan& plan) {
  switch (plan.type) {
    case FeatureType::kNumber:
      return Numbers(column, plan.style);
    case FeatureType::kDate:
      if (column.type()->id() == arrow::Type::TIMESTAMP) {
        return {.array = OneChunk(
                    std::make_shared<arrow::ChunkedArray>(column.chunks(), column.type()))};
      }
      return Dates(column, plan.date_format);
    default:
      return Texts(column);
  }
}

void NoteBadCells(const RawTable& table, const ColumnPlan& plan, const Converted& converted,
                  IssueList* issues) {
  std::vector<int64_t> records;
  for (const Converted::Bad& bad : converted.bad) {
    records.push_back(table.rows[static_cast<size_t>(bad.position)]);
  }
  const std::vector<int64_t> lines = table.lines ? table.lines(records) : std::vector<int64_t>();
  const std::string what = plan.type == FeatureType::kDate ? "date" : "number";
  for (size_t i = 0; i < records.size(); ++i) {
    const std::string cell = Shorten(converted.bad[i].cell, 40);
    const bool infinite = converted.bad[i].kind == "infinity";
    issues->Add(
        {.kind = converted.bad[i].kind,
         .place = {.file = table.file,
                   .row = records[i],
                   .line = lines.empty() ? -1 : lines[i],
                   .column = plan.name},
         .message = infinite
                        ? "'" + cell +
                              "' is infinite, or too large to compute with; it was read as missing"
                        : "'" + cell + "' is no " + what + "; it was read as missing"});
  }
  const auto listed = [](int64_t n) { return std::min(n, IssueList::kMost); };
  if (converted.mixed > IssueList::kMost) {
    issues->AddCount("mixed_type", plan.name, converted.mixed - listed(converted.mixed));
  }
  if (converted.infinite > IssueList::kMost) {
    issues->AddCount("infinity", plan.name, converted.infinite - listed(converted.infinite));
  }
}

}  // namespace bottega
