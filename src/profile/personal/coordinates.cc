// Geographic coordinates: decimal pairs, degrees with minutes and seconds, one value of a column.
#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "profile/personal/scan.h"

namespace bottega {

namespace {

struct Decimal {
  size_t end = 0;  // 0: none
  double value = 0;
  size_t places = 0;
};

// Up to three digits, a point, up to 12 digits; a minus before is the caller's.
Decimal ReadDecimal(const Scan& scan, size_t at) {
  const bool minus = scan.At(at) == '-';
  if (minus) ++at;
  Decimal number;
  const size_t begin = at;
  while (IsDigit(scan.At(at)) && at - begin < 4)
    number.value = 10 * number.value + scan.At(at++) - '0';
  if (at == begin || at - begin > 3 || scan.At(at) != '.') return {};
  const size_t point = at++;
  double unit = 0.1;
  for (; IsDigit(scan.At(at)) && at - point <= 16; ++at, unit /= 10) {
    number.value += unit * (scan.At(at) - '0');
  }
  number.places = at - point - 1;
  if (minus) number.value = -number.value;
  number.end = at;
  return number.places > 0 ? number : Decimal{};
}

size_t SkipSpaces(const Scan& scan, size_t at) {
  const size_t begin = at;
  while (at - begin < 3 && scan.At(at) == ' ') ++at;
  return at;
}

// A degree sign, if there is one.
size_t SkipDegree(const Scan& scan, size_t at) {
  return scan.text().substr(at, 2) == "\xC2\xB0" ? at + 2 : at;
}

bool IsSide(char c, bool latitude) {
  return latitude ? c == 'N' || c == 'S' : c == 'E' || c == 'W' || c == 'O';
}

void FindDecimalPair(Scan& scan, size_t at) {
  const Token& token = scan.tokens()[at];
  size_t begin = token.begin;
  if (scan.Before(begin) == '-') --begin;
  const char before = scan.Before(begin);
  if (IsDigit(before) || before == '.' || before == '-') return;
  const Decimal latitude = ReadDecimal(scan, begin);
  if (latitude.end == 0) return;
  size_t next = SkipSpaces(scan, SkipDegree(scan, latitude.end));
  const bool north = IsSide(scan.At(next), true);
  if (north) next = SkipSpaces(scan, next + 1);
  const bool joint = scan.At(next) == ',' || scan.At(next) == ';' || scan.At(next) == '/';
  if (joint) next = SkipSpaces(scan, next + 1);
  if (!joint && !north && next == latitude.end) return;
  const Decimal longitude = ReadDecimal(scan, next);
  if (longitude.end == 0) return;
  size_t end = SkipDegree(scan, longitude.end);
  const size_t side = SkipSpaces(scan, end);
  const bool east = IsSide(scan.At(side), false);
  if (east) end = side + 1;
  if (std::abs(latitude.value) > 90 || std::abs(longitude.value) > 180) return;
  if (!scan.StandsAlone(begin, end)) return;
  const bool fine = latitude.places >= 3 && longitude.places >= 3;
  const bool said = scan.Nearby(at, std::min(at + 3, scan.tokens().size() - 1)).Has(kSaysPlace) ||
                    before == '@' || scan.text().substr(begin > 4 ? begin - 4 : 0, 4) == "geo:";
  double sure = 0.3;
  if (north && east) sure = fine ? 0.97 : 0.8;
  if (said && fine) sure = 0.95;
  if (said && !fine) sure = 0.7;
  scan.Add(PersonalKind::kCoordinates, "latitude and longitude", begin, end, sure);
}

// 48° 51' 24.5" N: the end, 0 for none.
size_t ReadSexagesimal(const Scan& scan, size_t at, bool latitude) {
  const size_t begin = at;
  int marks = 0;
  while (at - begin < 24) {
    const char c = scan.At(at);
    const std::string_view two = scan.text().substr(at, 2), three = scan.text().substr(at, 3);
    if (IsDigit(c) || c == ' ' || c == '.') {
      ++at;
    } else if (two == "\xC2\xB0") {
      at += 2;
      ++marks;
    } else if (c == '\'' || c == '"') {
      ++at;
      ++marks;
    } else if (three == "\xE2\x80\xB2" || three == "\xE2\x80\xB3" || three == "\xE2\x80\x99") {
      at += 3;
      ++marks;
    } else {
      return marks >= 2 && IsSide(c, latitude) ? at + 1 : 0;
    }
  }
  return 0;
}

void FindSexagesimal(Scan& scan, const Token& token) {
  const size_t latitude = ReadSexagesimal(scan, token.begin, true);
  if (latitude == 0) return;
  size_t next = SkipSpaces(scan, latitude);
  if (scan.At(next) == ',') next = SkipSpaces(scan, next + 1);
  const size_t longitude = ReadSexagesimal(scan, next, false);
  if (longitude == 0) return;
  scan.Add(PersonalKind::kCoordinates, "latitude and longitude", token.begin, longitude, 0.97);
}

// "lat: 48.8566": one value after its own name.
void FindNamedValue(Scan& scan, size_t at) {
  const Token& token = scan.tokens()[at];
  const std::string word = LowerAscii(scan.TextOf(token));
  const bool latitude = word.starts_with("lat"),
             longitude = word.starts_with("lon") || word == "lng";
  if (!latitude && !longitude) return;
  size_t begin = token.end;
  while (begin - token.end < 4 &&
         std::string_view("\"':= ").find(scan.At(begin)) != std::string_view::npos &&
         scan.At(begin) != '\0') {
    ++begin;
  }
  const Decimal value = ReadDecimal(scan, begin);
  if (value.end == 0 || value.places < 3 || std::abs(value.value) > (latitude ? 90 : 180)) return;
  scan.Add(PersonalKind::kCoordinates, latitude ? "latitude" : "longitude", begin, value.end, 0.93);
}

}  // namespace

void FindCoordinates(Scan& scan, size_t at) {
  const Token& token = scan.tokens()[at];
  if (!token.number) return FindNamedValue(scan, at);
  if (scan.At(token.end) == '.') FindDecimalPair(scan, at);
  if (scan.text().substr(token.end, 2) == "\xC2\xB0") {
    FindSexagesimal(scan, token);
    FindDecimalPair(scan, at);
  }
}

}  // namespace bottega
