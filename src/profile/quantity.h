// Numbers with units in text: "12.0 oz", "$ 1,200", "5kg", "98.6 °F".
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace bottega {

struct Unit {
  std::string name;       // canonical: "kg", "oz", "%", "USD"
  std::string dimension;  // "mass", "length", ..., "currency" (cannot be converted), "percent"
  double factor = 1;      // value in the dimension's base unit = factor * number + offset
  double offset = 0;
};

// A unit by one of its spellings ("oz", "oz.", "Ounces"); nullptr where none is known. Symbols with
// two meanings keep case ("m" metre, "M" million).
const Unit* FindUnit(std::string_view word);

struct Quantity {
  double number = 0;
  std::string digits;  // of the number as written, without separators of thousands: "12.0"
  std::string unit;    // as written, "" where there is none
};

// One number with at most one word or sign before or behind it; nullopt for anything else.
std::optional<Quantity> ParseQuantity(std::string_view text);

// `number` of `from` in `to`; both of one dimension that can be converted.
double Convert(double number, const Unit& from, const Unit& to);
bool CanConvert(const Unit& from, const Unit& to);

}  // namespace bottega
