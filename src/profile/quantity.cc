#include "profile/quantity.h"

#include <cctype>
#include <map>
#include <vector>

#include "base/text.h"

namespace bottega {
namespace {

struct Spelled {
  Unit unit;
  std::vector<const char*> spellings;  // lower case; those that keep case begin with '='
};

// Factors by definition (BIPM SI Brochure, 9th edition; NIST Special Publication 811, appendix B).
const std::vector<Spelled>& Units() {
  static const std::vector<Spelled> units = {
      {{"mg", "mass", 1e-6}, {"mg", "milligram", "milligrams", "milligramme"}},
      {{"g", "mass", 1e-3}, {"=g", "gr", "gram", "grams", "gramm", "gramme", "grammes"}},
      {{"kg", "mass", 1}, {"kg", "kgs", "kilo", "kilos", "kilogram", "kilograms"}},
      {{"t", "mass", 1e3}, {"=t", "ton", "tons", "tonne", "tonnes"}},
      {{"oz", "mass", 0.028349523125}, {"oz", "ozs", "ounce", "ounces"}},
      {{"lb", "mass", 0.45359237}, {"lb", "lbs", "pound", "pounds"}},
      {{"st", "mass", 6.35029318}, {"stone", "stones"}},
      {{"mm", "length", 1e-3}, {"mm", "millimeter", "millimeters", "millimetre", "millimetres"}},
      {{"cm", "length", 1e-2}, {"cm", "cms", "centimeter", "centimeters", "centimetres"}},
      {{"m", "length", 1}, {"=m", "meter", "meters", "metre", "metres", "mtr"}},
      {{"km", "length", 1e3}, {"km", "kms", "kilometer", "kilometers", "kilometres"}},
      {{"in", "length", 0.0254}, {"in", "inch", "inches", "\"", "″"}},
      {{"ft", "length", 0.3048}, {"ft", "foot", "feet", "′"}},
      {{"yd", "length", 0.9144}, {"yd", "yds", "yard", "yards"}},
      {{"mi", "length", 1609.344}, {"mi", "mile", "miles"}},
      {{"ml", "volume", 1e-3}, {"ml", "milliliter", "milliliters", "millilitre", "millilitres"}},
      {{"cl", "volume", 1e-2}, {"cl", "centiliter", "centilitre"}},
      {{"l", "volume", 1}, {"=l", "=L", "ltr", "liter", "liters", "litre", "litres"}},
      {{"gal", "volume", 3.785411784}, {"gal", "gallon", "gallons"}},
      {{"ms", "time", 1e-3}, {"ms", "msec", "millisecond", "milliseconds"}},
      {{"s", "time", 1}, {"=s", "sec", "secs", "second", "seconds"}},
      {{"min", "time", 60}, {"min", "mins", "minute", "minutes"}},
      {{"h", "time", 3600}, {"=h", "hr", "hrs", "hour", "hours", "std"}},
      {{"day", "time", 86400}, {"day", "days", "=d"}},
      {{"week", "time", 604800}, {"week", "weeks", "wk", "wks"}},
      {{"month", "calendar", 1}, {"month", "months", "mo", "mos", "mths"}},
      {{"year", "calendar", 12}, {"year", "years", "yr", "yrs"}},
      {{"°C", "temperature", 1, 0}, {"=C", "°c", "degc", "celsius", "ºc"}},
      {{"°F", "temperature", 5.0 / 9, -160.0 / 9}, {"=F", "°f", "degf", "fahrenheit", "ºf"}},
      {{"K", "temperature", 1, -273.15}, {"kelvin"}},
      {{"kB", "data", 1e3}, {"kb", "kilobyte", "kilobytes", "kib"}},
      {{"MB", "data", 1e6}, {"mb", "megabyte", "megabytes", "mib"}},
      {{"GB", "data", 1e9}, {"gb", "gigabyte", "gigabytes", "gib"}},
      {{"TB", "data", 1e12}, {"tb", "terabyte", "terabytes", "tib"}},
      {{"km/h", "speed", 1}, {"km/h", "kmh", "kph"}},
      {{"mph", "speed", 1.609344}, {"mph"}},
      {{"m/s", "speed", 3.6}, {"m/s"}},
      {{"mg/dL", "glucose", 1}, {"mg/dl"}},
      {{"mmol/L", "glucose", 18.0156}, {"mmol/l"}},
      {{"%", "percent", 1}, {"%", "percent", "pct", "prozent"}},
      {{"k", "magnitude", 1e3}, {"=k", "=K", "thousand"}},
      {{"M", "magnitude", 1e6}, {"=M", "mn", "mio", "million", "millions"}},
      {{"B", "magnitude", 1e9}, {"bn", "billion", "billions"}},
      {{"USD", "currency"}, {"$", "usd", "us$", "dollar", "dollars"}},
      {{"EUR", "currency"}, {"€", "eur", "euro", "euros"}},
      {{"GBP", "currency"}, {"£", "gbp"}},
      {{"JPY", "currency"}, {"¥", "jpy", "yen"}},
      {{"INR", "currency"}, {"₹", "inr", "rs", "rupees"}},
      {{"CHF", "currency"}, {"chf", "sfr"}},
  };
  return units;
}

bool IsNumberByte(char c) { return IsDigit(c) || c == '.' || c == ','; }

// "1,200.5" -> 1200.5; "1.200,5" is read too; nullopt for anything unclear.
std::optional<double> NumberOf(std::string_view text, std::string* digits) {
  std::string plain;
  const size_t comma = text.rfind(','), point = text.rfind('.');
  // "1.200,5"; of a lone comma only what follows tells: "12,5", but "1,200".
  const bool lone = comma != text.npos && point == text.npos && text.find(',') == comma;
  const bool german =
      lone ? text.size() - comma != 4 : comma != text.npos && point != text.npos && comma > point;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const char thousands = german ? '.' : ',';
    if (c == thousands) {
      const size_t next = text.find_first_of(".,", i + 1);
      const size_t group = (next == text.npos ? text.size() : next) - i - 1;
      if (i == 0 || group != 3) return std::nullopt;
      continue;
    }
    plain += c == ',' ? '.' : c;
  }
  *digits = plain;
  return ParseNumber(plain);
}

}  // namespace

const Unit* FindUnit(std::string_view word) {
  static const std::map<std::string, const Unit*, std::less<>> by_spelling = [] {
    std::map<std::string, const Unit*, std::less<>> all;
    for (const Spelled& one : Units()) {
      for (const char* spelling : one.spellings) all[spelling] = &one.unit;
    }
    return all;
  }();
  while (word.size() > 1 && word.ends_with('.')) word.remove_suffix(1);
  auto at = by_spelling.find("=" + std::string(word));
  if (at == by_spelling.end()) at = by_spelling.find(LowerAscii(word));
  return at == by_spelling.end() ? nullptr : at->second;
}

std::optional<Quantity> ParseQuantity(std::string_view text) {
  text = Trim(text);
  if (text.empty() || text.size() > 40) return std::nullopt;
  std::string sign;
  const auto take_sign = [&] {
    if (!sign.empty() || text.empty() || (text[0] != '-' && text[0] != '+')) return;
    sign = text[0] == '-' ? "-" : "+";
    text = Trim(text.substr(1));
  };
  take_sign();
  const size_t first = text.find_first_of("0123456789");
  if (first == text.npos) return std::nullopt;
  const size_t begin = first > 0 && text[first - 1] == '.' ? first - 1 : first;
  std::string_view before = Trim(text.substr(0, begin));
  text = text.substr(begin);
  size_t end = 0;
  while (end < text.size() && IsNumberByte(text[end])) ++end;
  while (end > 0 && !IsDigit(text[end - 1])) --end;
  const std::string_view after = Trim(text.substr(end));
  if (!before.empty() && before.back() == '-') {
    if (!sign.empty()) return std::nullopt;
    sign = "-";
    before = Trim(before.substr(0, before.size() - 1));
  }
  if (!before.empty() && !after.empty()) return std::nullopt;
  const std::string_view unit = before.empty() ? after : before;
  if (unit.size() > 14 || unit.find_first_of("0123456789 \t:;,") != unit.npos) return std::nullopt;
  Quantity quantity{.unit = std::string(unit)};
  const auto number = NumberOf(text.substr(0, end), &quantity.digits);
  if (!number) return std::nullopt;
  quantity.number = sign == "-" ? -*number : *number;
  if (sign == "-") quantity.digits = "-" + quantity.digits;
  return quantity;
}

bool CanConvert(const Unit& from, const Unit& to) {
  return from.dimension == to.dimension && from.dimension != "currency";
}

double Convert(double number, const Unit& from, const Unit& to) {
  return (from.factor * number + from.offset - to.offset) / to.factor;
}

}  // namespace bottega
