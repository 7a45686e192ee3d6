// Numbers as people write them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace bottega {

// How the numbers of a column are written.
struct NumberStyle {
  char decimal = '.';
  char thousands = 0;      // ',', '.', ' ', '\'' or 0: none
  bool decorated = false;  // currency signs and percent signs are allowed ("$1,200", "45 %")

  bool plain() const { return decimal == '.' && thousands == 0 && !decorated; }
  bool operator==(const NumberStyle&) const = default;
};

// "plain", or as in "decimal ',' thousands '.' decorated".
std::string NumberStyleText(const NumberStyle& style);
NumberStyle ParseNumberStyle(std::string_view text);

// A percent sign does not divide by 100. Groups between thousands separators must have 3 digits.
std::optional<double> ParseStyledNumber(std::string_view text, const NumberStyle& style);

// What stands before and behind the number, without spaces: "$" of "$ 1,200", "%" of "45 %", "".
std::string SignsOf(std::string_view text);

// Fast path for plain numbers: no white space, no allocation.
std::optional<double> ParsePlainNumber(std::string_view text);

}  // namespace bottega
