#include "data/values.h"

#include <arrow/array.h>
#include <arrow/scalar.h>

#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>

#include "data/arrow_support.h"

namespace bottega {

std::string NumberText(double value) {
  char buffer[32];
  // Whole numbers of ordinary size without an exponent: 100000, not 1e+05.
  if (std::abs(value) < 1e15 && value == std::trunc(value) &&
      !(value == 0 && std::signbit(value))) {
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, static_cast<int64_t>(value)).ptr;
    return std::string(buffer, end);
  }
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  return std::string(buffer, end);
}

std::string DateText(int64_t microseconds) {
  using std::chrono::floor;
  const std::chrono::sys_time<std::chrono::microseconds> time{
      std::chrono::microseconds(microseconds)};
  const auto day = floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  char buffer[64];
  const int length =
      std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02u", static_cast<int>(date.year()),
                    static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  if (time == day) return std::string(buffer, static_cast<size_t>(length));
  std::string text(buffer, static_cast<size_t>(length));
  std::snprintf(buffer, sizeof buffer, "T%02d:%02d:%02d", static_cast<int>(clock.hours().count()),
                static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  text += buffer;
  if (clock.subseconds().count() != 0) {
    std::snprintf(buffer, sizeof buffer, ".%06d", static_cast<int>(clock.subseconds().count()));
    text += buffer;
  }
  return text;
}

std::string DayText(double days) {
  constexpr double kMicrosecondsOfDay = 86'400e6;
  return DateText(std::llround(days * kMicrosecondsOfDay));
}

std::optional<std::string> TextOfCell(const arrow::Array& array, int64_t index) {
  if (array.IsNull(index)) return std::nullopt;
  switch (array.type_id()) {
    case arrow::Type::STRING:
      return static_cast<const arrow::StringArray&>(array).GetString(index);
    case arrow::Type::DOUBLE:
      return NumberText(static_cast<const arrow::DoubleArray&>(array).Value(index));
    case arrow::Type::TIMESTAMP:
      return DateText(static_cast<const arrow::TimestampArray&>(array).Value(index));
    case arrow::Type::INT64:
      return std::to_string(static_cast<const arrow::Int64Array&>(array).Value(index));
    case arrow::Type::INT32:
      return std::to_string(static_cast<const arrow::Int32Array&>(array).Value(index));
    default:
      return ArrowValue(array.GetScalar(index))->ToString();
  }
}

}  // namespace bottega
