// Cells as text: how numbers and dates are written wherever a table leaves the program.
#pragma once

#include <arrow/type_fwd.h>

#include <cstdint>
#include <optional>
#include <string>

namespace bottega {

// The shortest decimal that reads back as the same double: 39, 0.1, 1e+20, nan, inf.
std::string NumberText(double value);
// 2024-01-31, or 2024-01-31T12:30:00[.ffffff] when it has a time of day (UTC).
std::string DateText(int64_t microseconds);
// The same of days since 1970, as NumbersOf gives a date.
std::string DayText(double days);
// One cell of a utf8, float64, timestamp[us], int64, int32 or bool array; nullopt where it is null.
std::optional<std::string> TextOfCell(const arrow::Array& array, int64_t index);

}  // namespace bottega
