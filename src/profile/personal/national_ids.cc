// National identifiers of the ten countries that are met most; the others are in
// more_national_ids.cc. Confidence without a word that announces them follows how many random
// strings of the form would pass.
#include <string>

#include "base/text.h"
#include "profile/personal/check_digits.h"
#include "profile/personal/number_forms.h"

namespace bottega {

namespace {

bool AllEqual(std::string_view digits) {
  return digits.find_first_not_of(digits[0]) == std::string_view::npos;
}

// Social Security Administration, randomization of 2011: areas 000, 666 and 900 up, group 00 and
// serial 0000 are not given out; three numbers were printed in advertisements.
bool UsSsn(std::string_view n) {
  const int area = NumberAt(n, 0, 3);
  if (area == 0 || area == 666 || area >= 900) return false;
  if (NumberAt(n, 3, 2) == 0 || NumberAt(n, 5, 4) == 0) return false;
  return n != "078051120" && n != "219099999" && n != "123456789" && !AllEqual(n);
}

// IRS Publication 1915: 9xx with a fourth and fifth digit of 50-65, 70-88, 90-92 or 94-99.
bool UsItin(std::string_view n) {
  const int group = NumberAt(n, 3, 2);
  const bool given = (group >= 50 && group <= 65) || (group >= 70 && group <= 88) ||
                     (group >= 90 && group <= 92) || group >= 94;
  return n[0] == '9' && given;
}

// NHS Data Dictionary: weights 10 to 2, modulus 11.
bool UkNhs(std::string_view n) {
  const int check = 11 - WeightedSum(n, {10, 9, 8, 7, 6, 5, 4, 3, 2}) % 11;
  return check != 10 && check % 11 == n[9] - '0' && !AllEqual(n);
}

// HMRC manual NIM39110: letters that are not given out.
bool UkNino(std::string_view n) {
  constexpr std::string_view kNeverFirst = "DFIQUV", kNeverSecond = "DFIOQUV";
  if (kNeverFirst.find(n[0]) != std::string_view::npos) return false;
  if (kNeverSecond.find(n[1]) != std::string_view::npos) return false;
  const std::string_view prefix = n.substr(0, 2);
  for (const std::string_view barred : {"BG", "GB", "NK", "KN", "TN", "NT", "ZZ"}) {
    if (prefix == barred) return false;
  }
  return n[8] >= 'A' && n[8] <= 'D';
}

constexpr std::string_view kDniLetters = "TRWAGMYFPDXBNJZSQVHLCKE";

bool EsDni(std::string_view n) {
  return kDniLetters[static_cast<size_t>(NumberAt(n, 0, 8) % 23)] == n[8];
}

bool EsNie(std::string_view n) {
  if (n[0] < 'X' || n[0] > 'Z') return false;
  const int number = (n[0] - 'X') * 10'000'000 + NumberAt(n, 1, 7);
  return kDniLetters[static_cast<size_t>(number % 23)] == n[8];
}

// INSEE: sex, year, month, place of birth, order, key = 97 - number mod 97; 2A and 2B of Corsica
// count as 19 and 18.
bool FrNir(std::string_view n) {
  std::string number(n);
  if (number[6] == 'A' || number[6] == 'B') {
    if (number[5] != '2') return false;
    number[5] = '1';
    number[6] = number[6] == 'A' ? '9' : '8';
  }
  for (const char c : number) {
    if (!IsDigit(c)) return false;
  }
  const int month = NumberAt(number, 3, 2);
  const bool sex = number[0] == '1' || number[0] == '2' || number[0] == '3' || number[0] == '4' ||
                   number[0] == '7' || number[0] == '8';
  const bool born = (month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50;
  return sex && born && 97 - RemainderOf(number.substr(0, 13), 97) == NumberAt(number, 13, 2);
}

// Steueridentifikationsnummer (Abgabenordnung section 139b): one digit of the first ten occurs two
// or three times, all others at most once; ISO 7064 MOD 11,10.
bool DeTaxId(std::string_view n) {
  int counts[10] = {}, repeated = 0;
  for (size_t i = 0; i < 10; ++i) ++counts[n[i] - '0'];
  for (const int count : counts) {
    if (count > 3) return false;
    repeated += count > 1;
  }
  return n[0] != '0' && repeated == 1 && Mod11Mod10Holds(n);
}

// Versicherungsnummer (VKVV section 2): area, birth date, letter, serial, check digit.
bool DePension(std::string_view n) {
  if (!IsDayOfYear(NumberAt(n, 4, 2), NumberAt(n, 2, 2))) return false;
  const int letter = n[8] - 'A' + 1;
  const char bare[] = {n[0],
                       n[1],
                       n[2],
                       n[3],
                       n[4],
                       n[5],
                       n[6],
                       n[7],
                       static_cast<char>('0' + letter / 10),
                       static_cast<char>('0' + letter % 10),
                       n[9],
                       n[10]};
  constexpr int kWeights[] = {2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1};
  int sum = 0;
  for (size_t i = 0; i < 12; ++i) {
    const int product = kWeights[i] * (bare[i] - '0');
    sum += product / 10 + product % 10;
  }
  return sum % 10 == n[11] - '0';
}

bool NlBsn(std::string_view n) {
  return WeightedSum(n, {9, 8, 7, 6, 5, 4, 3, 2, -1}) % 11 == 0 && !AllEqual(n);
}

// Skatteverket: Luhn over ten digits; coordination numbers have 60 added to the day.
bool SePersonnummer(std::string_view n) {
  const std::string_view ten = n.substr(n.size() - 10);
  const int day = NumberAt(ten, 4, 2);
  if (n.size() == 12) {
    const int century = NumberAt(n, 0, 2);
    if (century < 18 || century > 20) return false;
  }
  return IsDayOfYear(NumberAt(ten, 2, 2), day > 60 ? day - 60 : day) && LuhnHolds(ten);
}

// PESEL: the century is added to the month (80, 0, 20, 40, 60).
bool PlPesel(std::string_view n) {
  const int sum = WeightedSum(n, {1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1});
  return sum % 10 == 0 && IsDayOfYear(NumberAt(n, 2, 2) % 20, NumberAt(n, 4, 2));
}

bool BrCpf(std::string_view n) {
  const int first = WeightedSum(n, {10, 9, 8, 7, 6, 5, 4, 3, 2}) * 10 % 11 % 10;
  const int second = WeightedSum(n, {11, 10, 9, 8, 7, 6, 5, 4, 3, 2}) * 10 % 11 % 10;
  return first == n[9] - '0' && second == n[10] - '0' && !AllEqual(n);
}

bool InAadhaar(std::string_view n) { return n[0] >= '2' && VerhoeffHolds(n) && !AllEqual(n); }

// Income Tax Department: the fourth letter tells the kind of holder.
bool InPan(std::string_view n) {
  return std::string_view("PCHABGJLFTK").find(n[3]) != std::string_view::npos;
}

}  // namespace

// Decree 12 March 1974: values of characters at odd places; letters stand for digits where two
// people would share a code (omocodia).
bool IsCodiceFiscale(std::string_view n) {
  constexpr int kOdd[] = {1,  0,  5, 7, 9, 13, 15, 17, 19, 21, 2,  4,  18,
                          20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};
  constexpr std::string_view kMonths = "ABCDEHLMPRST", kForDigits = "LMNPQRSTUV";
  std::string digits;
  int sum = 0;
  for (size_t i = 0; i < 15; ++i) {
    const int value = IsDigit(n[i]) ? n[i] - '0' : n[i] - 'A';
    sum += i % 2 == 0 ? kOdd[value] : value;
    const bool number = i == 6 || i == 7 || i == 9 || i == 10 || i >= 12;
    const size_t swapped = kForDigits.find(n[i]);
    if (!number && IsDigit(n[i])) return false;
    if (number && !IsDigit(n[i]) && swapped == std::string_view::npos) return false;
    if (number) digits += IsDigit(n[i]) ? n[i] : static_cast<char>('0' + swapped);
  }
  if (IsDigit(n[15]) || IsDigit(n[11])) return false;
  const int day = NumberAt(digits, 2, 2) % 40;
  return sum % 26 == n[15] - 'A' && kMonths.find(n[8]) != std::string_view::npos && day >= 1 &&
         day <= 31;
}

const std::vector<NumberForm>& NationalIdForms() {
  constexpr PersonalKind kId = PersonalKind::kNationalId;
  static const std::vector<NumberForm> forms = {
      {kId, "ddd-dd-dddd", UsSsn, "US social security number", 0.75, 0.97},
      {kId, "ddd dd dddd", UsSsn, "US social security number", 0.6, 0.95},
      {kId, "ddddddddd", UsSsn, "US social security number", 0.05, 0.85},
      {kId, "ddd-dd-dddd", UsItin, "US taxpayer number", 0.6, 0.95},
      {kId, "ddd ddd dddd", UkNhs, "GB NHS number", 0.4, 0.97},
      {kId, "ddd-ddd-dddd", UkNhs, "GB NHS number", 0.2, 0.95},
      {kId, "dddddddddd", UkNhs, "GB NHS number", 0.1, 0.95},
      {kId, "aadddddda", UkNino, "GB national insurance number", 0.8, 0.97},
      {kId, "aa dd dd dd a", UkNino, "GB national insurance number", 0.95, 0.98},
      {kId, "aa-dd-dd-dd-a", UkNino, "GB national insurance number", 0.9, 0.98},
      {kId, "dddddddda", EsDni, "ES DNI", 0.9, 0.98},
      {kId, "dddddddd-a", EsDni, "ES DNI", 0.92, 0.98},
      {kId, "dddddddd a", EsDni, "ES DNI", 0.6, 0.97},
      {kId, "dd.ddd.ddd-a", EsDni, "ES DNI", 0.95, 0.98},
      {kId, "dd.ddd.ddda", EsDni, "ES DNI", 0.93, 0.98},
      {kId, "addddddda", EsNie, "ES NIE", 0.93, 0.98},
      {kId, "a-ddddddd-a", EsNie, "ES NIE", 0.96, 0.98},
      {kId, "ddddddddddddddd", FrNir, "FR NIR", 0.93, 0.98},
      {kId, "d dd dd dd ddd ddd dd", FrNir, "FR NIR", 0.98, 0.99},
      {kId, "d dd dd da ddd ddd dd", FrNir, "FR NIR", 0.98, 0.99},
      {kId, "ddddddddddddd dd", FrNir, "FR NIR", 0.95, 0.98},
      {kId, "ddddddadddddddd", FrNir, "FR NIR", 0.95, 0.98},
      {kId, "ddddddddddd", DeTaxId, "DE tax identification number", 0.4, 0.97},
      {kId, "dd ddd ddd ddd", DeTaxId, "DE tax identification number", 0.85, 0.98},
      {kId, "ddddddddaddd", DePension, "DE pension insurance number", 0.9, 0.98},
      {kId, "dd dddddd a ddd", DePension, "DE pension insurance number", 0.95, 0.98},
      {kId, "ddddddddd", NlBsn, "NL BSN", 0.1, 0.95},
      {kId, "dddd.dd.ddd", NlBsn, "NL BSN", 0.6, 0.97},
      {kId, "ddd.ddd.ddd", NlBsn, "NL BSN", 0.2, 0.95},
      {kId, "dddddd-dddd", SePersonnummer, "SE personnummer", 0.85, 0.98},
      {kId, "dddddd+dddd", SePersonnummer, "SE personnummer", 0.9, 0.98},
      {kId, "dddddddd-dddd", SePersonnummer, "SE personnummer", 0.95, 0.98},
      {kId, "dddddddddddd", SePersonnummer, "SE personnummer", 0.6, 0.97},
      {kId, "dddddddddd", SePersonnummer, "SE personnummer", 0.15, 0.95},
      {kId, "ddddddddddd", PlPesel, "PL PESEL", 0.45, 0.98},
      {kId, "ddd.ddd.ddd-dd", BrCpf, "BR CPF", 0.98, 0.99},
      {kId, "ddddddddd-dd", BrCpf, "BR CPF", 0.85, 0.98},
      {kId, "ddddddddddd", BrCpf, "BR CPF", 0.45, 0.97},
      {kId, "dddd dddd dddd", InAadhaar, "IN Aadhaar", 0.7, 0.97},
      {kId, "dddd-dddd-dddd", InAadhaar, "IN Aadhaar", 0.65, 0.97},
      {kId, "dddddddddddd", InAadhaar, "IN Aadhaar", 0.2, 0.95},
      {kId, "aaaaadddda", InPan, "IN PAN", 0.7, 0.95},
  };
  return forms;
}

}  // namespace bottega
