// Phone numbers as they are written inside their countries. International ones begin with "+" and
// are read by number_candidates.cc.
#include <array>

#include "base/text.h"
#include "profile/personal/number_forms.h"

namespace bottega {

namespace {

// North American Numbering Plan: area and exchange begin with 2 to 9, no area ends in 9x, no area
// or exchange is N11, and 555-01xx numbers are fictional yet written as real ones are.
bool Nanp(std::string_view all) {
  const std::string_view n = all.size() == 11 ? all.substr(1) : all;
  if (all.size() == 11 && all[0] != '1') return false;
  const bool service = (n[1] == '1' && n[2] == '1') || (n[4] == '1' && n[5] == '1');
  return n[0] >= '2' && n[1] != '9' && n[3] >= '2' && !service;
}

bool TrunkZero(std::string_view n) { return n[0] == '0' && n[1] != '0'; }
bool French(std::string_view n) { return n[0] == '0' && n[1] != '0'; }
bool UkMobile(std::string_view n) { return n[0] == '0' && n[1] == '7'; }
bool UkLand(std::string_view n) { return n[0] == '0' && n[1] >= '1' && n[1] <= '3'; }
bool SpanishOrPolish(std::string_view n) { return n[0] >= '5' && n[0] <= '9'; }
bool Spanish(std::string_view n) { return n[0] >= '6' && n[0] <= '9'; }
bool ItalianMobile(std::string_view n) { return n[0] == '3' && n[1] >= '1'; }
bool Brazilian(std::string_view n) { return n[0] != '0' && n[1] != '0' && n[2] == '9'; }
bool BrazilianLand(std::string_view n) { return n[0] != '0' && n[2] >= '2' && n[2] <= '5'; }
bool Indian(std::string_view n) { return n[0] >= '6'; }
bool DutchMobile(std::string_view n) { return n[0] == '0' && n[1] == '6'; }
bool Australian(std::string_view n) { return n[0] == '0' && n[1] == '4'; }

}  // namespace

const std::vector<NumberForm>& PhoneForms() {
  constexpr PersonalKind kPhone = PersonalKind::kPhone;
  static const std::vector<NumberForm> forms = {
      {kPhone, "ddd)ddd~dddd", Nanp, "US or CA phone", 0.9, 0.97},
      {kPhone, "ddd-ddd-dddd", Nanp, "US or CA phone", 0.8, 0.97},
      {kPhone, "ddd.ddd.dddd", Nanp, "US or CA phone", 0.7, 0.97},
      {kPhone, "ddd ddd dddd", Nanp, "US or CA phone", 0.55, 0.95},
      {kPhone, "d~ddd~ddd~dddd", Nanp, "US or CA phone", 0.8, 0.97},
      {kPhone, "dd dd dd dd dd", French, "FR phone", 0.85, 0.97},
      {kPhone, "dd.dd.dd.dd.dd", French, "FR phone", 0.85, 0.97},
      {kPhone, "dd-dd-dd-dd-dd", French, "FR phone", 0.75, 0.97},
      {kPhone, "ddddd dddddd", UkMobile, "GB phone", 0.85, 0.97},
      {kPhone, "ddddd ddd ddd", UkMobile, "GB phone", 0.85, 0.97},
      {kPhone, "ddd dddd dddd", UkLand, "GB phone", 0.8, 0.97},
      {kPhone, "dddd ddd dddd", UkLand, "GB phone", 0.8, 0.97},
      {kPhone, "ddddd dddddd", UkLand, "GB phone", 0.75, 0.97},
      {kPhone, "ddd)dddd dddd", UkLand, "GB phone", 0.85, 0.97},
      {kPhone, "dddd)ddd dddd", UkLand, "GB phone", 0.85, 0.97},
      {kPhone, "ddddd)dddddd", UkLand, "GB phone", 0.85, 0.97},
      {kPhone, "ddd~ddddddd", TrunkZero, "DE phone", 0.6, 0.95},
      {kPhone, "ddd~dddddddd", TrunkZero, "DE phone", 0.65, 0.95},
      {kPhone, "dddd~dddddd", TrunkZero, "DE phone", 0.6, 0.95},
      {kPhone, "dddd~ddddddd", TrunkZero, "DE phone", 0.7, 0.95},
      {kPhone, "dddd~dddddddd", TrunkZero, "DE phone", 0.7, 0.95},
      {kPhone, "ddddd~dddddd", TrunkZero, "DE phone", 0.65, 0.95},
      {kPhone, "ddddd~ddddddd", TrunkZero, "DE phone", 0.65, 0.95},
      {kPhone, "ddd/ddddddd", TrunkZero, "DE phone", 0.8, 0.96},
      {kPhone, "ddd/dddddddd", TrunkZero, "DE phone", 0.8, 0.96},
      {kPhone, "dddd/dddddd", TrunkZero, "DE phone", 0.8, 0.96},
      {kPhone, "dddd/ddddddd", TrunkZero, "DE phone", 0.8, 0.96},
      {kPhone, "dddd/dddddddd", TrunkZero, "DE phone", 0.8, 0.96},
      {kPhone, "ddddd/dddddd", TrunkZero, "DE phone", 0.8, 0.96},
      {kPhone, "ddddd/ddddd", TrunkZero, "DE phone", 0.75, 0.96},
      {kPhone, "ddd)ddddddd", TrunkZero, "DE phone", 0.8, 0.96},
      {kPhone, "dddd)dddddd", TrunkZero, "DE phone", 0.8, 0.96},
      {kPhone, "ddd~ddd~dd~dd", TrunkZero, "CH or SE phone", 0.8, 0.96},
      {kPhone, "ddd-ddd~dd~dd", TrunkZero, "SE phone", 0.85, 0.97},
      {kPhone, "dd-ddd~ddd~dd", TrunkZero, "SE phone", 0.8, 0.97},
      {kPhone, "ddd-dd~dd~dd", TrunkZero, "SE phone", 0.75, 0.96},
      {kPhone, "ddd~ddd~ddd", SpanishOrPolish, "ES or PL phone", 0.55, 0.96},
      {kPhone, "ddd~dd~dd~dd", Spanish, "ES phone", 0.75, 0.97},
      {kPhone, "dd~ddd~dd~dd", TrunkZero, "PL phone", 0.6, 0.95},
      {kPhone, "ddd~ddd~dddd", ItalianMobile, "IT phone", 0.55, 0.96},
      {kPhone, "ddd~ddddddd", ItalianMobile, "IT phone", 0.5, 0.96},
      {kPhone, "dd~dddddddd", TrunkZero, "IT or NL phone", 0.55, 0.95},
      {kPhone, "dd-dddddddd", DutchMobile, "NL phone", 0.85, 0.97},
      {kPhone, "dd dddddddd", DutchMobile, "NL phone", 0.75, 0.97},
      {kPhone, "dd~dd~dd~dd~dd", DutchMobile, "NL phone", 0.85, 0.97},
      {kPhone, "ddd~ddd~dddd", TrunkZero, "NL phone", 0.7, 0.96},
      {kPhone, "dd)ddddd~dddd", Brazilian, "BR phone", 0.92, 0.98},
      {kPhone, "dd)dddd~dddd", BrazilianLand, "BR phone", 0.85, 0.97},
      {kPhone, "dd~ddddd~dddd", Brazilian, "BR phone", 0.75, 0.97},
      {kPhone, "ddddd~ddddd", Indian, "IN phone", 0.6, 0.96},
      {kPhone, "dddd~ddd~ddd", Australian, "AU phone", 0.8, 0.97},
      {kPhone, "dd)dddd~dddd", TrunkZero, "AU phone", 0.85, 0.97},
  };
  return forms;
}

int CallingCodeLength(std::string_view digits) {
  // Codes of one and two digits; all other zones have three.
  constexpr std::array<bool, 100> kTwo = [] {
    std::array<bool, 100> two{};
    for (const int code :
         {20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49, 51, 52, 53, 54,
          55, 56, 57, 58, 60, 61, 62, 63, 64, 65, 66, 81, 82, 84, 86, 90, 91, 92, 93, 94, 95, 98}) {
      two[static_cast<size_t>(code)] = true;
    }
    return two;
  }();
  if (digits.size() < 7 || digits[0] == '0') return 0;
  if (digits[0] == '1' || digits[0] == '7') return 1;
  if (kTwo[static_cast<size_t>((digits[0] - '0') * 10 + digits[1] - '0')]) return 2;
  const std::string_view zone = digits.substr(0, 2);
  for (const std::string_view three :
       {"21", "22", "23", "24", "25", "26", "29", "35", "37", "38", "42", "50",
        "59", "67", "68", "69", "80", "85", "87", "88", "96", "97", "99"}) {
    if (zone == three) return 3;
  }
  return 0;
}

}  // namespace bottega
