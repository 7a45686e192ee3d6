// Dates as texts: which formats can read one, and texts that look like a date and name no day.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace bottega {

// The part of a strptime format that says the day: "%d/%m/%Y" of "%d/%m/%Y %H:%M".
std::string_view DayPart(std::string_view format);

// Remembers which formats fit which pattern of characters, so that a column of many dates in few
// notations is read quickly. Not thread-safe.
class DateReader {
 public:
  // The formats of DateFormats() that read `text`, in their order.
  std::vector<const std::string*> Formats(std::string_view text);
  // It has the pattern of a date, and there is no such day: 31/02/2020, 2020-13-01, 00/00/0000.
  bool IsImpossible(std::string_view text);

 private:
  // Formats that fit the pattern, whatever the numbers.
  const std::vector<const std::string*>& Fitting(std::string_view text);
  std::unordered_map<std::string, std::vector<const std::string*>> by_pattern_;
};

}  // namespace bottega
