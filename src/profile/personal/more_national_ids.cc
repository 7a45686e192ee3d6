// National identifiers of further countries.
#include <algorithm>
#include <string>

#include "base/text.h"
#include "profile/personal/check_digits.h"
#include "profile/personal/number_forms.h"

namespace bottega {

namespace {

int Digit(std::string_view n, size_t at) { return n[at] - '0'; }

// Rijksregister: 97 - the first nine digits mod 97; with a 2 before them for births from 2000 on.
bool BeNational(std::string_view n) {
  const int month = NumberAt(n, 2, 2), check = NumberAt(n, 9, 2);
  if (month % 20 > 12 || NumberAt(n, 4, 2) > 31) return false;
  const std::string nine(n.substr(0, 9));
  return 97 - RemainderOf(nine, 97) == check || 97 - RemainderOf("2" + nine, 97) == check;
}

bool CaSin(std::string_view n) { return n[0] != '8' && LuhnHolds(n); }

bool AuTfn(std::string_view n) { return WeightedSum(n, {1, 4, 3, 7, 5, 8, 6, 9, 10}) % 11 == 0; }

bool AuMedicare(std::string_view n) {
  return n[0] >= '2' && n[0] <= '6' && WeightedSum(n, {1, 3, 7, 9, 1, 3, 7, 9}) % 10 == Digit(n, 8);
}

// NIF of a natural person: weights 9 to 2; remainders 0 and 1 give check digit 0.
bool PtNif(std::string_view n) {
  const int rest = WeightedSum(n, {9, 8, 7, 6, 5, 4, 3, 2}) % 11;
  return (rest < 2 ? 0 : 11 - rest) == Digit(n, 8) && (n[0] <= '3' || n.starts_with("45"));
}

// AHV number: EAN-13 of country 756.
bool ChAhv(std::string_view n) {
  return n.starts_with("756") && WeightedSum(n, {1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1}) % 10 == 0;
}

bool DkCpr(std::string_view n) { return IsDayOfYear(NumberAt(n, 2, 2), NumberAt(n, 0, 2)); }

bool NoFodselsnummer(std::string_view n) {
  const int day = NumberAt(n, 0, 2);
  if (!IsDayOfYear(NumberAt(n, 2, 2), day > 40 ? day - 40 : day)) return false;
  return WeightedSum(n, {3, 7, 6, 1, 8, 9, 4, 5, 2, 1}) % 11 == 0 &&
         WeightedSum(n, {5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1}) % 11 == 0;
}

// Henkilotunnus: the nine digits mod 31 index the check characters.
bool FiHetu(std::string_view n) {
  constexpr std::string_view kChecks = "0123456789ABCDEFHJKLMNPRSTUVWXY";
  std::string digits;
  for (size_t i = 0; i + 1 < n.size(); ++i) {
    if (IsDigit(n[i])) digits += n[i];
  }
  if (digits.size() != 9 || (n.size() == 11 && n[6] > 'F' && n[6] < 'U')) return false;
  return IsDayOfYear(NumberAt(n, 2, 2), NumberAt(n, 0, 2)) &&
         kChecks[static_cast<size_t>(RemainderOf(digits, 31))] == n.back();
}

// PPS number: weights 8 to 2, the second letter (if any) times 9, modulus 23.
bool IePps(std::string_view n) {
  int sum = WeightedSum(n, {8, 7, 6, 5, 4, 3, 2});
  if (n.size() == 9 && n[8] != 'W') sum += 9 * (n[8] - 'A' + 1);
  const int check = sum % 23;
  return n[7] == (check == 0 ? 'W' : static_cast<char>('A' + check - 1));
}

// GB 11643-1999: ISO 7064 MOD 11-2.
bool CnResident(std::string_view n) {
  constexpr std::string_view kChecks = "10X98765432";
  const int year = NumberAt(n, 6, 4);
  if (year < 1880 || year > 2100 || !IsDay(year, NumberAt(n, 10, 2), NumberAt(n, 12, 2))) {
    return false;
  }
  const int sum = WeightedSum(n, {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2});
  return n[0] >= '1' && n[0] <= '8' && kChecks[static_cast<size_t>(sum % 11)] == n[17];
}

bool KrResident(std::string_view n) {
  const int sum = WeightedSum(n, {2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5});
  return (11 - sum % 11) % 10 == Digit(n, 12) && IsDayOfYear(NumberAt(n, 2, 2), NumberAt(n, 4, 2));
}

bool JpMyNumber(std::string_view n) {
  const int rest = WeightedSum(n, {6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2}) % 11;
  return (rest <= 1 ? 0 : 11 - rest) == Digit(n, 11);
}

bool ZaId(std::string_view n) {
  return IsDayOfYear(NumberAt(n, 2, 2), NumberAt(n, 4, 2)) && n[10] <= '2' && LuhnHolds(n);
}

bool TrKimlik(std::string_view n) {
  const int odd = Digit(n, 0) + Digit(n, 2) + Digit(n, 4) + Digit(n, 6) + Digit(n, 8);
  const int even = Digit(n, 1) + Digit(n, 3) + Digit(n, 5) + Digit(n, 7);
  const int tenth = (7 * odd - even + 10 * 10) % 10;
  return n[0] != '0' && tenth == Digit(n, 9) && (odd + even + tenth) % 10 == Digit(n, 10);
}

bool ArCuil(std::string_view n) {
  const int prefix = NumberAt(n, 0, 2);
  if (prefix != 20 && prefix != 23 && prefix != 24 && prefix != 27) return false;
  const int check = (11 - WeightedSum(n, {5, 4, 3, 2, 7, 6, 5, 4, 3, 2}) % 11) % 11;
  return (check == 10 ? 9 : check) == Digit(n, 10);
}

// CURP: values by place in this alphabet, weights 18 to 2.
bool MxCurp(std::string_view n) {
  constexpr std::string_view kPlaces = "0123456789ABCDEFGHIJKLMN#OPQRSTUVWXYZ";
  if ((n[10] != 'H' && n[10] != 'M' && n[10] != 'X') || !IsDigit(n[17])) return false;
  if (!IsDayOfYear(NumberAt(n, 6, 2), NumberAt(n, 8, 2))) return false;
  int sum = 0;
  for (size_t i = 0; i < 17; ++i) {
    sum += static_cast<int>(kPlaces.find(n[i])) * (18 - static_cast<int>(i));
  }
  return (10 - sum % 10) % 10 == Digit(n, 17);
}

// RUT: weights 2 to 7 from the right, modulus 11, 10 is K.
bool ClRut(std::string_view n) {
  int sum = 0, weight = 2;
  for (size_t i = n.size() - 1; i-- > 0; weight = weight == 7 ? 2 : weight + 1) {
    sum += weight * Digit(n, i);
  }
  const int check = 11 - sum % 11;
  return n.back() == (check == 11 ? '0' : check == 10 ? 'K' : static_cast<char>('0' + check));
}

bool AtInsurance(std::string_view n) {
  const int check = WeightedSum(n, {3, 7, 9, 0, 5, 8, 4, 2, 1, 6}) % 11;
  return n[0] != '0' && check == Digit(n, 3) && NumberAt(n, 4, 2) <= 31 && NumberAt(n, 6, 2) <= 15;
}

bool HrOib(std::string_view n) { return Mod11Mod10Holds(n); }

bool RoCnp(std::string_view n) {
  const int sum = WeightedSum(n, {2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9}) % 11;
  return n[0] >= '1' && n[0] <= '8' && IsDayOfYear(NumberAt(n, 3, 2), NumberAt(n, 5, 2)) &&
         (sum == 10 ? 1 : sum) == Digit(n, 12);
}

// Rodne cislo: women have 50 added to the month; divisible by 11, or (until 1985) the last digit is
// 0 where the remainder of the others is 10.
bool CzRodneCislo(std::string_view n) {
  const int month = NumberAt(n, 2, 2) % 50 % 20;
  return IsDayOfYear(month, NumberAt(n, 4, 2)) &&
         (RemainderOf(n, 11) == 0 || (n[9] == '0' && RemainderOf(n.substr(0, 9), 11) == 10));
}

bool BgEgn(std::string_view n) {
  const int check = WeightedSum(n, {2, 4, 8, 5, 10, 9, 7, 3, 6}) % 11 % 10;
  return check == Digit(n, 9) && IsDayOfYear(NumberAt(n, 2, 2) % 20, NumberAt(n, 4, 2));
}

bool SgNric(std::string_view n) {
  const int sum = WeightedSum(n.substr(1), {2, 7, 6, 5, 4, 3, 2});
  const bool citizen = n[0] == 'S' || n[0] == 'T', foreigner = n[0] == 'F' || n[0] == 'G';
  const int shifted = (sum + (n[0] == 'T' || n[0] == 'G' ? 4 : 0)) % 11;
  if (citizen) return std::string_view("JZIHGFEDCBA")[static_cast<size_t>(shifted)] == n[8];
  return foreigner && std::string_view("XWUTRQPNMLK")[static_cast<size_t>(shifted)] == n[8];
}

bool HkId(std::string_view n) {
  int sum = 9 * 36 + 8 * (n[0] - 'A' + 10) + WeightedSum(n.substr(1), {7, 6, 5, 4, 3, 2});
  sum += n.back() == 'A' ? 10 : Digit(n, n.size() - 1);
  return (n.back() == 'A' || IsDigit(n.back())) && sum % 11 == 0;
}

bool TwId(std::string_view n) {
  constexpr std::string_view kLetters = "ABCDEFGHJKLMNPQRSTUVXYWZIO";  // 10, 11, ...
  const int letter = static_cast<int>(kLetters.find(n[0])) + 10;
  const int sum =
      letter / 10 + letter % 10 * 9 + WeightedSum(n.substr(1), {8, 7, 6, 5, 4, 3, 2, 1, 1});
  return (n[1] == '1' || n[1] == '2') && sum % 10 == 0;
}

}  // namespace

const std::vector<NumberForm>& MoreNationalIdForms() {
  constexpr PersonalKind kId = PersonalKind::kNationalId;
  static const std::vector<NumberForm> forms = {
      {kId, "dd.dd.dd-ddd.dd", BeNational, "BE national number", 0.98, 0.99},
      {kId, "ddddddddddd", BeNational, "BE national number", 0.7, 0.97},
      {kId, "ddd ddd ddd", CaSin, "CA social insurance number", 0.4, 0.97},
      {kId, "ddd-ddd-ddd", CaSin, "CA social insurance number", 0.55, 0.97},
      {kId, "ddddddddd", CaSin, "CA social insurance number", 0.05, 0.93},
      {kId, "ddd ddd ddd", AuTfn, "AU tax file number", 0.3, 0.96},
      {kId, "ddddddddd", AuTfn, "AU tax file number", 0.05, 0.95},
      {kId, "dddd ddddd d", AuMedicare, "AU Medicare number", 0.7, 0.97},
      {kId, "dddddddddd", AuMedicare, "AU Medicare number", 0.1, 0.93},
      {kId, "ddddddddd", PtNif, "PT NIF", 0.05, 0.95},
      {kId, "ddd ddd ddd", PtNif, "PT NIF", 0.2, 0.95},
      {kId, "ddd.dddd.dddd.dd", ChAhv, "CH AHV number", 0.98, 0.99},
      {kId, "ddddddddddddd", ChAhv, "CH AHV number", 0.9, 0.98},
      {kId, "dddddd-dddd", DkCpr, "DK CPR number", 0.55, 0.95},
      {kId, "ddddddddddd", NoFodselsnummer, "NO fodselsnummer", 0.85, 0.98},
      {kId, "dddddd ddddd", NoFodselsnummer, "NO fodselsnummer", 0.9, 0.98},
      {kId, "dddddd-ddda", FiHetu, "FI henkilotunnus", 0.95, 0.98},
      {kId, "dddddd-dddd", FiHetu, "FI henkilotunnus", 0.8, 0.97},
      {kId, "ddddddaddda", FiHetu, "FI henkilotunnus", 0.9, 0.97},
      {kId, "ddddddadddd", FiHetu, "FI henkilotunnus", 0.85, 0.97},
      {kId, "ddddddda", IePps, "IE PPS number", 0.4, 0.96},
      {kId, "dddddddaa", IePps, "IE PPS number", 0.6, 0.96},
      {kId, "dddddddddddddddddd", CnResident, "CN resident number", 0.97, 0.99},
      {kId, "ddddddddddddddddda", CnResident, "CN resident number", 0.97, 0.99},
      {kId, "dddddd-ddddddd", KrResident, "KR resident number", 0.93, 0.98},
      {kId, "dddddddddddd", JpMyNumber, "JP My Number", 0.1, 0.95},
      {kId, "dddd dddd dddd", JpMyNumber, "JP My Number", 0.4, 0.96},
      {kId, "ddddddddddddd", ZaId, "ZA identity number", 0.55, 0.97},
      {kId, "ddddddddddd", TrKimlik, "TR identity number", 0.45, 0.97},
      {kId, "dd-dddddddd-d", ArCuil, "AR CUIL", 0.93, 0.98},
      {kId, "aaaaddddddaaaaaadd", MxCurp, "MX CURP", 0.97, 0.99},
      {kId, "aaaaddddddaaaaaaad", MxCurp, "MX CURP", 0.97, 0.99},
      {kId, "dd.ddd.ddd-d", ClRut, "CL RUT", 0.93, 0.98},
      {kId, "dd.ddd.ddd-a", ClRut, "CL RUT", 0.9, 0.98},
      {kId, "d.ddd.ddd-d", ClRut, "CL RUT", 0.9, 0.97},
      {kId, "dddddddd-d", ClRut, "CL RUT", 0.5, 0.96},
      {kId, "dddd dddddd", AtInsurance, "AT insurance number", 0.6, 0.97},
      {kId, "dddddddddd", AtInsurance, "AT insurance number", 0.15, 0.95},
      {kId, "ddddddddddd", HrOib, "HR OIB", 0.1, 0.95},
      {kId, "ddddddddddddd", RoCnp, "RO CNP", 0.7, 0.98},
      {kId, "dddddd/dddd", CzRodneCislo, "CZ rodne cislo", 0.93, 0.98},
      {kId, "dddddddddd", BgEgn, "BG EGN", 0.15, 0.95},
      {kId, "addddddda", SgNric, "SG NRIC", 0.9, 0.98},
      {kId, "adddddd d", HkId, "HK identity card", 0.7, 0.97},  // A123456(7)
      {kId, "addddddddd", TwId, "TW identity number", 0.75, 0.96},
  };
  return forms;
}

}  // namespace bottega
