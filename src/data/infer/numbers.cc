#include "data/infer/numbers.h"

#include <charconv>
#include <cstring>

#include "base/text.h"

namespace bottega {
namespace {

std::string_view WithoutDecoration(std::string_view text) {
  for (const std::string_view sign : {"$", "€", "£", "¥", "₹", "CHF", "USD", "EUR", "GBP"}) {
    if (text.starts_with(sign)) {
      text = Trim(text.substr(sign.size()));
    } else if (text.ends_with(sign)) {
      text = Trim(text.substr(0, text.size() - sign.size()));
    }
  }
  if (text.ends_with('%')) text = Trim(text.substr(0, text.size() - 1));
  return text;
}

}  // namespace

std::string SignsOf(std::string_view text) {
  const auto of_number = [](char c) {
    return IsDigit(c) || (c != '\0' && std::strchr("+-.,' ", c));
  };
  std::string signs;
  for (const char c : Trim(text)) {
    if (!of_number(c)) signs += c;
  }
  return signs;
}

std::string NumberStyleText(const NumberStyle& style) {
  if (style.plain()) return "plain";
  std::string text = std::string("decimal '") + style.decimal + "'";
  if (style.thousands != 0) text += std::string(" thousands '") + style.thousands + "'";
  if (style.decorated) text += " decorated";
  return text;
}

NumberStyle ParseNumberStyle(std::string_view text) {
  NumberStyle style;
  const auto sign = [&](std::string_view word, char fallback) {
    const size_t at = text.find(word);
    return at == text.npos || at + word.size() + 1 >= text.size() ? fallback
                                                                  : text[at + word.size()];
  };
  style.decimal = sign("decimal '", '.');
  style.thousands = sign("thousands '", 0);
  style.decorated = text.find("decorated") != text.npos;
  return style;
}

std::optional<double> ParsePlainNumber(std::string_view text) {
  if (text.empty()) return std::nullopt;
  const char* begin = text.data();
  const char* const end = begin + text.size();
  // Whole numbers of up to 15 digits, the most frequent kind, without from_chars' generality.
  if (text.size() <= 15) {
    int64_t value = 0;
    const char* at = begin + (*begin == '-');
    const char* const digits = at;
    while (at != end && IsDigit(*at)) value = value * 10 + (*at++ - '0');
    // "-0" keeps its sign through from_chars.
    const bool negative = digits != begin;
    if (at == end && at != digits && (value != 0 || !negative)) {
      return static_cast<double>(negative ? -value : value);
    }
  }
  if (*begin == '+' && text.size() > 1 && begin[1] != '-') ++begin;
  double value = 0;
  const auto [stop, error] = std::from_chars(begin, end, value);
  if (stop != end || error != std::errc()) return std::nullopt;
  return value;
}

std::optional<double> ParseStyledNumber(std::string_view text, const NumberStyle& style) {
  text = Trim(text);
  if (style.plain()) return ParsePlainNumber(text);
  std::string sign;
  if (text.starts_with('-')) {
    sign = "-";
    text = Trim(text.substr(1));
  }
  if (style.decorated) text = WithoutDecoration(text);
  std::string plain = sign;
  size_t group = 0;  // digits since the last thousands separator
  bool separated = false;
  bool fraction = false;
  for (const char c : text) {
    if (c == style.thousands && style.thousands != 0 && !fraction) {
      if (group == 0 || group > 3 || (separated && group != 3)) return std::nullopt;
      separated = true;
      group = 0;
    } else if (c == style.decimal && !fraction) {
      if (separated && group != 3) return std::nullopt;
      fraction = true;
      plain += '.';
    } else if (c == '.' || c == ',') {
      return std::nullopt;
    } else {
      group += !fraction;
      plain += c;
    }
  }
  if (separated && !fraction && group != 3) return std::nullopt;
  return ParsePlainNumber(plain);
}

}  // namespace bottega
