// Check digits of the numbers that people and cards are known by. All take the bare characters
// (digits, upper-case letters), without separators.
#pragma once

#include <initializer_list>
#include <string_view>

namespace bottega {

// ISO/IEC 7812-1 annex B (Luhn 1960), the check digit last.
bool LuhnHolds(std::string_view digits);
// Verhoeff 1969, over the dihedral group D5, the check digit last.
bool VerhoeffHolds(std::string_view digits);
// ISO 7064 MOD 11,10: the check digit last.
bool Mod11Mod10Holds(std::string_view digits);
// The remainder by `modulus` of the number that the digits write.
int RemainderOf(std::string_view digits, int modulus);
// Sum of weights times digits, over as many digits as there are weights.
int WeightedSum(std::string_view digits, std::initializer_list<int> weights);
// ISO 13616: country and check digits moved to the end, letters as 10 to 35, remainder 1 by 97.
bool IbanHolds(std::string_view iban);
// Length of an IBAN of that country (ISO 13616 registry), 0 where there is none.
int IbanLength(std::string_view country);
// "Visa", "Mastercard" ... for an issuer identification number that fits the length; "" if none.
std::string_view CardIssuer(std::string_view digits);

// Number that the `width` digits from `begin` write.
int NumberAt(std::string_view digits, size_t begin, size_t width);
bool IsDay(int year, int month, int day);  // of the Gregorian calendar
// Day and month exist in some year (29 February does).
bool IsDayOfYear(int month, int day);

}  // namespace bottega
