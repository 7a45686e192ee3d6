// Amounts of time and memory as people write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace bottega {

// "90s", "30m", "2h", "1h30m", "1.5h", "250ms"; a bare number is seconds. In seconds; nothing for
// any other text and for less than nothing.
std::optional<double> ParseDuration(std::string_view text);

// "8G", "512M", "1.5GB", "64KiB"; a bare number is bytes; 1K = 1024. Nothing for any other text.
std::optional<int64_t> ParseBytes(std::string_view text);

}  // namespace bottega
