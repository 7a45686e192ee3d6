#include "base/quantity.h"

#include <cmath>
#include <string>
#include <utility>

#include "base/text.h"

namespace bottega {

namespace {

bool IsNumeric(char c) { return IsDigit(c) || c == '.'; }

// Takes a number and the letters behind it from the front of `text`; false for none.
bool TakeAmount(std::string_view* text, double* number, std::string* unit) {
  size_t digits = 0;
  while (digits < text->size() && IsNumeric((*text)[digits])) ++digits;
  const std::optional<double> value = ParseNumber(text->substr(0, digits));
  if (digits == 0 || !value || !std::isfinite(*value)) return false;
  size_t end = digits;
  while (end < text->size() && !IsNumeric((*text)[end])) ++end;
  *number = *value;
  *unit = LowerAscii(Trim(text->substr(digits, end - digits)));
  text->remove_prefix(end);
  return true;
}

std::optional<double> SecondsOf(const std::string& unit) {
  for (const auto& [name, seconds] : {std::pair{"", 1.0},
                                      {"s", 1.0},
                                      {"ms", 1e-3},
                                      {"m", 60.0},
                                      {"min", 60.0},
                                      {"h", 3600.0},
                                      {"d", 86400.0}}) {
    if (unit == name) return seconds;
  }
  return std::nullopt;
}

}  // namespace

std::optional<double> ParseDuration(std::string_view text) {
  text = Trim(text);
  double total = 0, number = 0;
  std::string unit;
  int parts = 0;
  while (!text.empty()) {
    if (!TakeAmount(&text, &number, &unit)) return std::nullopt;
    const std::optional<double> seconds = SecondsOf(unit);
    // "1h30" leaves open what the 30 are.
    if (!seconds || (unit.empty() && parts > 0)) return std::nullopt;
    total += number * *seconds;
    ++parts;
  }
  return parts > 0 ? std::optional(total) : std::nullopt;
}

std::optional<int64_t> ParseBytes(std::string_view text) {
  text = Trim(text);
  double number = 0;
  std::string unit;
  if (!TakeAmount(&text, &number, &unit) || !text.empty()) return std::nullopt;
  if (unit.ends_with("ib")) {
    unit.resize(unit.size() - 2);
  } else if (unit.ends_with("b")) {
    unit.resize(unit.size() - 1);
  }
  const std::string_view prefixes = "kmgt";
  if (unit.size() > 1) return std::nullopt;
  if (!unit.empty()) {
    const size_t power = prefixes.find(unit[0]);
    if (power == std::string_view::npos) return std::nullopt;
    number *= std::pow(1024.0, static_cast<double>(power + 1));
  }
  return number < 1e18 ? std::optional(static_cast<int64_t>(std::llround(number))) : std::nullopt;
}

}  // namespace bottega
