#include "profile/personal/check_digits.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/text.h"

namespace bottega {

namespace {

int Value(char c) { return c - '0'; }

struct IbanCountry {
  char code[3];
  int length;
};

// Rising by code.
constexpr IbanCountry kIbanCountries[] = {
    {"AD", 24}, {"AE", 23}, {"AL", 28}, {"AT", 20}, {"AZ", 28}, {"BA", 20}, {"BE", 16}, {"BG", 22},
    {"BH", 22}, {"BR", 29}, {"BY", 28}, {"CH", 21}, {"CR", 22}, {"CY", 28}, {"CZ", 24}, {"DE", 22},
    {"DK", 18}, {"DO", 28}, {"EE", 20}, {"EG", 29}, {"ES", 24}, {"FI", 18}, {"FO", 18}, {"FR", 27},
    {"GB", 22}, {"GE", 22}, {"GI", 23}, {"GL", 18}, {"GR", 27}, {"GT", 28}, {"HR", 21}, {"HU", 28},
    {"IE", 22}, {"IL", 23}, {"IQ", 23}, {"IS", 26}, {"IT", 27}, {"JO", 30}, {"KW", 30}, {"KZ", 20},
    {"LB", 28}, {"LC", 32}, {"LI", 21}, {"LT", 20}, {"LU", 20}, {"LV", 21}, {"LY", 25}, {"MC", 27},
    {"MD", 24}, {"ME", 22}, {"MK", 19}, {"MR", 27}, {"MT", 31}, {"MU", 30}, {"NL", 18}, {"NO", 15},
    {"PK", 24}, {"PL", 28}, {"PS", 29}, {"PT", 25}, {"QA", 29}, {"RO", 24}, {"RS", 22}, {"SA", 24},
    {"SC", 31}, {"SE", 24}, {"SI", 19}, {"SK", 24}, {"SM", 27}, {"ST", 25}, {"SV", 28}, {"TL", 23},
    {"TN", 24}, {"TR", 26}, {"UA", 29}, {"VA", 22}, {"VG", 24}, {"XK", 20}};

struct IssuerRange {
  int low, high;  // of the first `width` digits
  int width;
  int shortest, longest;  // of the number
  std::string_view name;
};

// ISO/IEC 7812 issuer identification numbers of the large schemes; the narrow ranges first.
constexpr IssuerRange kIssuers[] = {{34, 34, 2, 15, 15, "American Express"},
                                    {37, 37, 2, 15, 15, "American Express"},
                                    {300, 305, 3, 14, 16, "Diners Club"},
                                    {36, 36, 2, 14, 14, "Diners Club"},
                                    {38, 39, 2, 14, 16, "Diners Club"},
                                    {3528, 3589, 4, 16, 16, "JCB"},
                                    {2200, 2204, 4, 16, 16, "Mir"},
                                    {2221, 2720, 4, 16, 16, "Mastercard"},
                                    {51, 55, 2, 16, 16, "Mastercard"},
                                    {6011, 6011, 4, 16, 16, "Discover"},
                                    {644, 649, 3, 16, 16, "Discover"},
                                    {65, 65, 2, 16, 16, "Discover"},
                                    {62, 62, 2, 16, 19, "UnionPay"},
                                    {508, 508, 3, 16, 16, "RuPay"},
                                    {60, 60, 2, 16, 16, "RuPay"},
                                    {81, 82, 2, 16, 16, "RuPay"},
                                    {50, 50, 2, 12, 19, "Maestro"},
                                    {56, 58, 2, 12, 19, "Maestro"},
                                    {63, 63, 2, 12, 19, "Maestro"},
                                    {67, 67, 2, 12, 19, "Maestro"},
                                    {4, 4, 1, 13, 13, "Visa"},
                                    {4, 4, 1, 16, 16, "Visa"},
                                    {4, 4, 1, 19, 19, "Visa"}};

constexpr uint8_t kVerhoeffProduct[10][10] = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 2, 3, 4, 0, 6, 7, 8, 9, 5}, {2, 3, 4, 0, 1, 7, 8, 9, 5, 6},
    {3, 4, 0, 1, 2, 8, 9, 5, 6, 7}, {4, 0, 1, 2, 3, 9, 5, 6, 7, 8}, {5, 9, 8, 7, 6, 0, 4, 3, 2, 1},
    {6, 5, 9, 8, 7, 1, 0, 4, 3, 2}, {7, 6, 5, 9, 8, 2, 1, 0, 4, 3}, {8, 7, 6, 5, 9, 3, 2, 1, 0, 4},
    {9, 8, 7, 6, 5, 4, 3, 2, 1, 0}};
constexpr uint8_t kVerhoeffShift[10] = {1, 5, 7, 6, 2, 8, 3, 0, 9, 4};

}  // namespace

bool LuhnHolds(std::string_view digits) {
  int sum = 0;
  bool twice = false;
  for (size_t i = digits.size(); i-- > 0; twice = !twice) {
    const int value = twice ? 2 * Value(digits[i]) : Value(digits[i]);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 == 0;
}

bool VerhoeffHolds(std::string_view digits) {
  int check = 0;
  for (size_t i = 0; i < digits.size(); ++i) {
    int value = Value(digits[digits.size() - 1 - i]);
    for (size_t k = 0; k < i % 8; ++k) value = kVerhoeffShift[value];
    check = kVerhoeffProduct[check][value];
  }
  return check == 0;
}

bool Mod11Mod10Holds(std::string_view digits) {
  int product = 10;
  for (size_t i = 0; i + 1 < digits.size(); ++i) {
    int sum = (Value(digits[i]) + product) % 10;
    if (sum == 0) sum = 10;
    product = 2 * sum % 11;
  }
  return (11 - product) % 10 == Value(digits.back());
}

int RemainderOf(std::string_view digits, int modulus) {
  int rest = 0;
  for (const char c : digits) rest = (10 * rest + Value(c)) % modulus;
  return rest;
}

int WeightedSum(std::string_view digits, std::initializer_list<int> weights) {
  int sum = 0;
  size_t at = 0;
  for (const int weight : weights) sum += weight * Value(digits[at++]);
  return sum;
}

bool IbanHolds(std::string_view iban) {
  int rest = 0;
  for (size_t i = 0; i < iban.size(); ++i) {
    const char c = iban[(i + 4) % iban.size()];
    rest = IsDigit(c) ? (10 * rest + Value(c)) % 97 : (100 * rest + c - 'A' + 10) % 97;
  }
  return rest == 1;
}

int IbanLength(std::string_view country) {
  const auto* found = std::ranges::lower_bound(
      kIbanCountries, country, {}, [](const IbanCountry& c) { return std::string_view(c.code); });
  return found != std::end(kIbanCountries) && country == found->code ? found->length : 0;
}

std::string_view CardIssuer(std::string_view digits) {
  const int length = static_cast<int>(digits.size());
  if (length < 12) return "";
  for (const IssuerRange& range : kIssuers) {
    if (length < range.shortest || length > range.longest) continue;
    const int first = NumberAt(digits, 0, static_cast<size_t>(range.width));
    if (first >= range.low && first <= range.high) return range.name;
  }
  return "";
}

int NumberAt(std::string_view digits, size_t begin, size_t width) {
  int number = 0;
  for (size_t i = begin; i < begin + width; ++i) number = 10 * number + Value(digits[i]);
  return number;
}

bool IsDay(int year, int month, int day) {
  if (month == 2 && day == 29) return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return IsDayOfYear(month, day) && year > 0;
}

bool IsDayOfYear(int month, int day) {
  constexpr std::array<int, 12> kDays = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month >= 1 && month <= 12 && day >= 1 && day <= kDays[static_cast<size_t>(month - 1)];
}

}  // namespace bottega
