#include "base/text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cwchar>

namespace bottega {

std::vector<std::string> Split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (true) {
    const size_t at = text.find(separator);
    parts.emplace_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

std::string Join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (const std::string& part : parts) {
    if (!text.empty() || &part != parts.data()) text += separator;
    text += part;
  }
  return text;
}

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n\v\f";
  const size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

std::string LowerAscii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return lower;
}

std::string Replace(std::string text, std::string_view from, std::string_view to) {
  for (size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

namespace {

std::string_view WithoutPlus(std::string_view text) {
  return text.starts_with('+') && !text.starts_with("+-") ? text.substr(1) : text;
}

}  // namespace

std::optional<double> ParseNumber(std::string_view text) {
  text = WithoutPlus(Trim(text));
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || end != text.data() + text.size()) return std::nullopt;
  if (error == std::errc::result_out_of_range) return std::nullopt;
  return value;
}

std::optional<int64_t> ParseInteger(std::string_view text) {
  text = WithoutPlus(Trim(text));
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

int EditDistance(std::string_view a, std::string_view b, int limit) {
  if (a.size() > b.size()) std::swap(a, b);
  if (static_cast<int64_t>(b.size() - a.size()) > limit) return limit + 1;
  std::vector<int> row(a.size() + 1);
  for (size_t i = 0; i <= a.size(); ++i) row[i] = static_cast<int>(i);
  for (size_t j = 1; j <= b.size(); ++j) {
    int diagonal = row[0];
    int best = row[0] = static_cast<int>(j);
    for (size_t i = 1; i <= a.size(); ++i) {
      const int substitute = diagonal + (a[i - 1] != b[j - 1]);
      diagonal = row[i];
      row[i] = std::min({row[i] + 1, row[i - 1] + 1, substitute});
      best = std::min(best, row[i]);
    }
    if (best > limit) return limit + 1;
  }
  return std::min(row[a.size()], limit + 1);
}

std::vector<std::string> NearestNames(std::string_view word, const std::vector<std::string>& names,
                                      int most) {
  const std::string lower = LowerAscii(word);
  const int limit = std::max(1, static_cast<int>(word.size()) * 2 / 5);
  std::vector<std::pair<int, std::string>> near;
  for (const std::string& name : names) {
    const std::string other = LowerAscii(name);
    int distance = EditDistance(lower, other, limit);
    const bool prefix = lower.size() >= 3 && (other.starts_with(lower) || lower.starts_with(other));
    if (prefix) distance = std::min(distance, 1);
    if (distance <= limit) near.emplace_back(distance, name);
  }
  std::stable_sort(near.begin(), near.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> result;
  for (const auto& [distance, name] : near) {
    if (static_cast<int>(result.size()) < most) result.push_back(name);
  }
  return result;
}

namespace {

// Decodes one code point at `at`; returns its length in bytes, 0 if it is not valid UTF-8.
int DecodeUtf8(std::string_view s, size_t at, char32_t* code) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(s[at + i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) {
    *code = lead;
    return 1;
  }
  const int length = lead >= 0xF0 && lead < 0xF5   ? 4
                     : lead >= 0xE0 && lead < 0xF0 ? 3
                     : lead >= 0xC2 && lead < 0xE0 ? 2
                                                   : 0;
  if (length == 0 || at + static_cast<size_t>(length) > s.size()) return 0;
  char32_t value = lead & (0xFF >> (length + 1));
  for (int i = 1; i < length; ++i) {
    if ((byte(static_cast<size_t>(i)) & 0xC0) != 0x80) return 0;
    value = value << 6 | (byte(static_cast<size_t>(i)) & 0x3F);
  }
  constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (value < kSmallest[length] || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000))
    return 0;
  *code = value;
  return length;
}

int CellsOf(char32_t c) {
  if ((c >= 0x300 && c < 0x370) || c == 0x200B || c == 0x200D || (c >= 0xFE00 && c < 0xFE10))
    return 0;
  const bool wide = (c >= 0x1100 && c < 0x1160) || (c >= 0x2E80 && c < 0xA4D0) ||
                    (c >= 0xAC00 && c < 0xD7A4) || (c >= 0xF900 && c < 0xFB00) ||
                    (c >= 0xFE30 && c < 0xFE70) || (c >= 0xFF00 && c < 0xFF61) ||
                    (c >= 0x1F300 && c < 0x1FB00) || (c >= 0x20000 && c < 0x40000);
  return wide ? 2 : 1;
}

}  // namespace

int64_t FirstInvalidUtf8(std::string_view bytes) {
  for (size_t at = 0; at < bytes.size();) {
    char32_t code = 0;
    const int length = DecodeUtf8(bytes, at, &code);
    if (length == 0) return static_cast<int64_t>(at);
    at += static_cast<size_t>(length);
  }
  return -1;
}

int DisplayWidth(std::string_view text) {
  int cells = 0;
  for (size_t at = 0; at < text.size();) {
    char32_t code = ' ';
    const int length = DecodeUtf8(text, at, &code);
    cells += CellsOf(code);
    at += static_cast<size_t>(std::max(length, 1));
  }
  return cells;
}

std::string Shorten(std::string_view text, int cells) {
  int used = 0;
  size_t at = 0, cut = 0;  // `cut`: what leaves room for the mark
  while (at < text.size()) {
    char32_t code = ' ';
    const int length = std::max(DecodeUtf8(text, at, &code), 1);
    used += CellsOf(code);
    if (used > cells) return cells < 1 ? "" : std::string(text.substr(0, cut)) + "…";
    at += static_cast<size_t>(length);
    if (used < cells) cut = at;
  }
  return std::string(text);
}

std::string EscapeHtml(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

std::string ShellQuote(std::string_view text) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./=:,+@%";
  if (!text.empty() && text.find_first_not_of(kPlain) == std::string_view::npos) {
    return std::string(text);
  }
  return "'" + Replace(std::string(text), "'", "'\\''") + "'";
}

std::string FormatCount(int64_t n) {
  const uint64_t size = n < 0 ? 0 - static_cast<uint64_t>(n) : static_cast<uint64_t>(n);
  std::string digits = std::to_string(size);
  for (int64_t at = static_cast<int64_t>(digits.size()) - 3; at > 0; at -= 3) {
    digits.insert(static_cast<size_t>(at), ",");
  }
  return n < 0 ? "-" + digits : digits;
}

std::string FormatNumber(double x, int digits) {
  if (std::isnan(x)) return "–";
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%.*g", digits, x);
  return buffer;
}

std::string FormatPercent(double fraction, int decimals) {
  if (std::isnan(fraction)) return "–";
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%.*f %%", decimals, 100 * fraction);
  return buffer;
}

std::string FormatBytes(int64_t bytes) {
  constexpr const char* kUnits[] = {"B", "kB", "MB", "GB", "TB"};
  double value = static_cast<double>(bytes);
  int unit = 0;
  // What would be shown as "1000.0" belongs to the next unit.
  while (value >= (unit == 0 ? 1000 : 999.95) && unit < 4) {
    value /= 1000;
    ++unit;
  }
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, unit == 0 ? "%.0f %s" : "%.1f %s", value, kUnits[unit]);
  return buffer;
}

std::string FormatDuration(double seconds) {
  if (seconds < 0.00995) return FormatNumber(seconds * 1000, 2) + " ms";
  char buffer[64];
  if (seconds < 0.9995) {
    std::snprintf(buffer, sizeof buffer, "%.0f ms", seconds * 1000);
  } else if (seconds < 59.95) {
    std::snprintf(buffer, sizeof buffer, "%.1f s", seconds);
  } else {
    const int64_t whole = std::llround(seconds);
    const bool hours = whole >= 3600;
    const int64_t minor = hours ? whole / 60 % 60 : whole % 60;
    std::snprintf(buffer, sizeof buffer, hours ? "%lld h %02lld min" : "%lld min %02lld s",
                  static_cast<long long>(hours ? whole / 3600 : whole / 60),
                  static_cast<long long>(minor));
  }
  return buffer;
}

}  // namespace bottega
