// Numbers with words beside them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace bottega {

// The only number in `text`, apart from letters but for a known unit behind it ("about 40", "12kg",
// not "x0005"); a minus counts when nothing or a space stands before it. nullopt for none, several,
// or one with thousands separators.
std::optional<double> OnlyNumber(std::string_view text);

struct LeadingQuantity {
  double number = 0;
  std::string unit;  // as written; "" for none
  std::string rest;  // words behind the unit, as in "12 oz. can"
};
// A number, then a unit of letters, signs and full stops, then what may follow: "12.0 oz.", "5%".
std::optional<LeadingQuantity> ParseLeadingQuantity(std::string_view text);

// One name for all ways of writing a unit: "oz" for "oz.", "OZ", "ounce" and "ounces". Units that
// are not known are lower-cased, without full stops.
std::string UnitName(std::string_view unit);
bool IsKnownUnit(std::string_view unit);

}  // namespace bottega
