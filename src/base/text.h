// Text helpers. Strings are UTF-8 bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bottega {

std::vector<std::string> Split(std::string_view text, char separator);
std::string Join(const std::vector<std::string>& parts, std::string_view separator);
std::string_view Trim(std::string_view text);  // ASCII white space
std::string LowerAscii(std::string_view text);
constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }  // ASCII
std::string Replace(std::string text, std::string_view from, std::string_view to);

// A whole number or decimal (no locale, no thousands separators, surrounding space allowed), fully
// consumed; "nan" and "inf" spellings are accepted.
std::optional<double> ParseNumber(std::string_view text);
std::optional<int64_t> ParseInteger(std::string_view text);

// Levenshtein distance over bytes, given up (returns limit + 1) once it exceeds `limit`.
int EditDistance(std::string_view a, std::string_view b, int limit = 1 << 20);
// The names nearest to `word` by edit distance and prefix, best first; empty when none is near.
std::vector<std::string> NearestNames(std::string_view word, const std::vector<std::string>& names,
                                      int most = 3);

// Byte offset of the first byte that is not valid UTF-8, or -1.
int64_t FirstInvalidUtf8(std::string_view bytes);
// Number of terminal cells, counting wide characters as two and combining marks as none.
int DisplayWidth(std::string_view text);
// At most `cells` wide, with "…" where it was cut.
std::string Shorten(std::string_view text, int cells);

std::string EscapeHtml(std::string_view text);
// `text` as one word of a POSIX shell: quoted only if it needs to be.
std::string ShellQuote(std::string_view text);

std::string FormatCount(int64_t n);                  // 12,345
std::string FormatNumber(double x, int digits = 4);  // significant digits, no trailing zeros
std::string FormatPercent(double fraction, int decimals = 1);  // 0.4567 -> "45.7 %"
std::string FormatBytes(int64_t bytes);                        // 1.4 MB
std::string FormatDuration(double seconds);                    // 0.31 ms, 1.2 s, 3 min 04 s

}  // namespace bottega
