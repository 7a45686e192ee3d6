#include "clean/repair/leading_quantity.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"

namespace bottega {

namespace {

bool IsLetter(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z') || byte >= 0x80;
}

using UnitNames = std::map<std::string, std::string, std::less<>>;

const UnitNames& Names() {
  static const std::map<std::string, std::string, std::less<>> kNames = {
      {"ounce", "oz"},      {"pound", "lb"},      {"kilogram", "kg"},   {"kilo", "kg"},
      {"gram", "g"},        {"gramme", "g"},      {"gr", "g"},          {"milligram", "mg"},
      {"ton", "t"},         {"tonne", "t"},       {"liter", "l"},       {"litre", "l"},
      {"milliliter", "ml"}, {"millilitre", "ml"}, {"centiliter", "cl"}, {"gallon", "gal"},
      {"meter", "m"},       {"metre", "m"},       {"centimeter", "cm"}, {"centimetre", "cm"},
      {"millimeter", "mm"}, {"millimetre", "mm"}, {"kilometer", "km"},  {"kilometre", "km"},
      {"mile", "mi"},       {"inch", "in"},       {"inche", "in"},      {"foot", "ft"},
      {"feet", "ft"},       {"yard", "yd"},       {"hour", "h"},        {"hr", "h"},
      {"minute", "min"},    {"second", "s"},      {"sec", "s"},         {"day", "d"},
      {"week", "wk"},       {"month", "mo"},      {"year", "y"},        {"yr", "y"},
      {"percent", "%"},     {"pct", "%"},         {"dollar", "$"},      {"usd", "$"},
      {"euro", "€"},        {"eur", "€"}};
  return kNames;
}

// Lower case, without full stops and the s of a plural.
std::string Plain(std::string_view unit) {
  std::string name = Replace(LowerAscii(Trim(unit)), ".", "");
  if (name.size() > 2 && name.ends_with('s') && !Names().contains(name)) name.pop_back();
  return name;
}

// The letters and signs at the start of `text`.
std::string_view UnitAt(std::string_view text) {
  size_t end = 0;
  const auto part = [](char c) {
    return IsLetter(c) || c == '.' || c == '%' || c == '$' || c == '/' || c == '\'';
  };
  while (end < text.size() && part(text[end])) ++end;
  return text.substr(0, end);
}

bool StandsApart(std::string_view text, size_t begin, size_t end) {
  if (begin > 0 && (IsLetter(text[begin - 1]) || text[begin - 1] == '_')) return false;
  const std::string_view unit = UnitAt(text.substr(end));
  return unit.empty() || !IsLetter(unit[0]) || IsKnownUnit(unit);
}

}  // namespace

std::optional<double> OnlyNumber(std::string_view text) {
  std::optional<double> number;
  for (size_t i = 0; i < text.size();) {
    if (!IsDigit(text[i])) {
      ++i;
      continue;
    }
    const size_t begin = i;
    size_t end = i;
    while (end < text.size() && (IsDigit(text[end]) || text[end] == '.' || text[end] == ',')) ++end;
    while (end > begin && !IsDigit(text[end - 1])) --end;
    const std::string_view digits = text.substr(begin, end - begin);
    if (number || digits.find(',') != std::string_view::npos) return std::nullopt;
    if (!StandsApart(text, begin, end)) return std::nullopt;
    number = ParseNumber(digits);
    if (!number) return std::nullopt;
    const bool minus =
        begin > 0 && text[begin - 1] == '-' && (begin == 1 || text[begin - 2] == ' ');
    const bool odd_minus = begin > 1 && text[begin - 1] == '-' && !minus &&
                           !IsLetter(text[begin - 2]) && !IsDigit(text[begin - 2]);
    if (odd_minus) return std::nullopt;
    if (minus) number = -*number;
    i = end;
  }
  return number;
}

std::optional<LeadingQuantity> ParseLeadingQuantity(std::string_view text) {
  text = Trim(text);
  size_t end = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  while (end < text.size() && (IsDigit(text[end]) || text[end] == '.')) ++end;
  const auto number = ParseNumber(text.substr(0, end));
  if (!number || end == 0 || !IsDigit(text[end - 1])) return std::nullopt;
  const std::string_view behind = Trim(text.substr(end));
  const std::string_view unit = UnitAt(behind);
  const std::string_view rest = behind.substr(unit.size());
  if (!rest.empty() && rest[0] != ' ') return std::nullopt;
  return LeadingQuantity{*number, std::string(unit), std::string(Trim(rest))};
}

bool IsKnownUnit(std::string_view unit) {
  static const std::set<std::string, std::less<>> kShort = [] {
    std::set<std::string, std::less<>> names;
    for (const auto& [name, unit_name] : Names()) names.insert(unit_name);
    return names;
  }();
  const std::string name = Plain(unit);
  return kShort.contains(name) || Names().contains(name);
}

std::string UnitName(std::string_view unit) {
  const std::string name = Plain(unit);
  const auto found = Names().find(name);
  return found != Names().end() ? found->second : name;
}

}  // namespace bottega
