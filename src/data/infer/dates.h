// Dates and times in text: which strptime format a column is written in, and reading by it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bottega {

// Microseconds since 1970-01-01T00:00 UTC. Understood: %Y %y %m %d %H %M %S %f %b %B %p %I %z %%,
// anything else literally; %z also takes "Z". The whole text must be consumed (white space at both
// ends aside) and name a day that exists.
std::optional<int64_t> ParseDate(std::string_view text, std::string_view format);

// The inverse: `microseconds` written in `format` (%z as "Z", %b and %B as English names).
std::string WriteDate(int64_t microseconds, std::string_view format);

// The formats that are tried, most usual first.
const std::vector<std::string>& DateFormats();

// The format that reads most of `values`, if it reads at least `share` of them; "" otherwise.
// Between day-first and month-first, the first that reads more; on a tie month-first.
std::string DetectDateFormat(const std::vector<std::string_view>& values, double share);

// The moment in a format that ParseDate understands (%z as "+0000", %B as "March").
std::string FormatDate(int64_t microseconds, std::string_view format);

// What DateText (data/values.h) writes: 2024-01-31, with or without a time.
std::optional<int64_t> ParseIsoDate(std::string_view text);

// Whether any of the formats reads `text` (cheap on what is no date).
bool LooksLikeDate(std::string_view text);

}  // namespace bottega
