// Dates beside a word for birth.
#include <algorithm>

#include "base/text.h"
#include "profile/personal/check_digits.h"
#include "profile/personal/scan.h"

namespace bottega {

namespace {

int Value(const Scan& scan, const Token& token) {
  return token.length() <= 4 ? NumberAt(scan.text(), token.begin, token.length()) : -1;
}

bool IsBirthYear(int year, size_t digits) {
  return digits == 4 ? year >= 1880 && year <= 2100 : digits == 2;
}

bool SameJoint(const Scan& scan, size_t at) {
  const char joint = scan.Between(at);
  return (joint == '.' || joint == '/' || joint == '-' || joint == ' ') &&
         scan.Between(at + 1) == joint;
}

// 12.03.1980, 1980-03-12, 3/12/80: the end of the date that begins at the token, 0 for none.
size_t NumericDate(const Scan& scan, size_t at) {
  const auto& tokens = scan.tokens();
  if (at + 2 >= tokens.size()) return 0;
  const Token &a = tokens[at], &b = tokens[at + 1], &c = tokens[at + 2];
  if (!a.number || !b.number || !c.number || !SameJoint(scan, at)) return 0;
  const int first = Value(scan, a), second = Value(scan, b), third = Value(scan, c);
  if (b.length() > 2) return 0;
  if (a.length() == 4) {
    return IsBirthYear(first, 4) && c.length() <= 2 && IsDay(first, second, third) ? c.end : 0;
  }
  if (a.length() > 2 || !IsBirthYear(third, c.length())) return 0;
  return IsDayOfYear(second, first) || IsDayOfYear(first, second) ? c.end : 0;
}

bool IsDayToken(const Scan& scan, const Token& token) {
  const int day = token.number && token.length() <= 2 ? Value(scan, token) : 0;
  return day >= 1 && day <= 31;
}
bool IsYearToken(const Scan& scan, const Token& token) {
  return token.number && token.length() == 4 && IsBirthYear(Value(scan, token), 4);
}

// "12 March 1980", "12. Maerz 1980", "12 de marzo de 1980", "1er mars 1980", "March 12th, 1980".
size_t WrittenDate(const Scan& scan, size_t at) {
  const auto& tokens = scan.tokens();
  bool day = false, month = false;
  for (size_t i = at; i < tokens.size() && i < at + 6; ++i) {
    const Token& token = tokens[i];
    if (token.begin > tokens[at].begin + 40) return 0;
    if (day && month && IsYearToken(scan, token)) return token.end;
    if (!day && IsDayToken(scan, token)) {
      day = true;
    } else if (!month && token.month > 0) {
      month = true;
    } else if (token.number || token.length() > 2) {  // "de", "st", "er" may stand between
      return 0;
    }
  }
  return 0;
}

}  // namespace

void FindBirthDate(Scan& scan, size_t at) {
  constexpr size_t kMostTokens = 8, kMostBytes = 48;
  const auto& tokens = scan.tokens();
  for (size_t i = at + 1; i < tokens.size() && i <= at + kMostTokens; ++i) {
    const Token& token = tokens[i];
    if (token.begin > tokens[at].end + kMostBytes) return;
    if (!token.number && token.month == 0) continue;
    size_t end = NumericDate(scan, i);
    if (end == 0) end = WrittenDate(scan, i);
    if (end == 0) continue;
    scan.Add(PersonalKind::kBirthDate, "date of birth", token.begin, end, 0.92);
    return;
  }
}

void FindColumnBirthDate(Scan& scan) {
  const auto& tokens = scan.tokens();
  if (tokens.empty() || tokens.size() > 8) return;
  size_t end = NumericDate(scan, 0);
  if (end == 0) end = WrittenDate(scan, 0);
  if (end > 0) {
    scan.Add(PersonalKind::kBirthDate, "date of birth", tokens[0].begin, end, 0.92);
  }
}

}  // namespace bottega
