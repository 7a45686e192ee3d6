// IP and MAC addresses, e-mail addresses.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "profile/personal/scan.h"

namespace bottega {

namespace {

bool IsHex(char c) { return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool IsAlnum(char c) { return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

struct Ipv4 {
  size_t end = 0;  // 0: none
  std::array<int, 4> octets{};
};

Ipv4 ReadIpv4(const Scan& scan, size_t at) {
  Ipv4 address;
  for (size_t k = 0; k < 4; ++k) {
    const size_t begin = at;
    int value = 0;
    while (IsDigit(scan.At(at)) && at - begin < 3) value = 10 * value + scan.At(at++) - '0';
    const bool zero_led = at - begin > 1 && scan.At(begin) == '0';
    if (at == begin || value > 255 || zero_led) return {};
    address.octets[k] = value;
    if (k < 3 && scan.At(at++) != '.') return {};
  }
  address.end = at;
  return address;
}

void FindIpv4(Scan& scan, size_t token) {
  const size_t begin = scan.tokens()[token].begin;
  const Ipv4 address = ReadIpv4(scan, begin);
  if (address.end == 0 || !scan.StandsAlone(begin, address.end)) return;
  const auto& [a, b, c, d] = address.octets;
  if (a == 0 || a >= 224 || a == 127) return;  // this host, multicast, loopback
  const Says says = scan.Nearby(token, token + 3);
  const char before = scan.Before(begin);
  if (before == 'v' || before == 'V') return;
  const bool home = a == 10 || (a == 192 && b == 168) || (a == 172 && b >= 16 && b < 32);
  const bool small = std::ranges::max(address.octets) < 30;  // reads like a version number
  double sure = small ? 0.45 : home ? 0.6 : 0.85;
  if (says.Has(kSaysIp)) sure = 0.95;
  if (says.Has(kSaysOther)) sure -= 0.4;
  scan.Add(PersonalKind::kIpAddress, "IPv4", begin, address.end, sure);
}

// RFC 4291 section 2.2: eight groups, or fewer around one "::".
void FindIpv6(Scan& scan, size_t token) {
  const size_t begin = scan.tokens()[token].begin;
  size_t at = begin, groups = 0;
  bool gap = false, digit = false;
  for (;;) {
    const size_t group = at;
    for (; IsHex(scan.At(at)) && at - group < 5; ++at) digit = digit || IsDigit(scan.At(at));
    if (at - group > 4) return;
    if (at > group) ++groups;
    if (groups > 8 || scan.At(at) != ':') break;
    if (scan.At(at + 1) == ':') {
      if (gap) return;
      gap = true;
      at += 2;
      if (!IsHex(scan.At(at))) break;
    } else {
      if (!IsHex(scan.At(at + 1))) break;
      ++at;
    }
  }
  const bool whole = gap ? groups >= 3 && groups < 8 : groups == 8;
  if (!whole || !digit || !scan.StandsAlone(begin, at) || scan.Before(begin) == ':') return;
  scan.Add(PersonalKind::kIpAddress, "IPv6", begin, at, gap && groups < 4 ? 0.75 : 0.92);
}

void FindMac(Scan& scan, size_t token) {
  const size_t begin = scan.tokens()[token].begin;
  const char joint = scan.At(begin + 2);
  bool letter = false, varied = false;
  for (size_t k = 0; k < 6; ++k) {
    const size_t at = begin + 3 * k;
    if (!IsHex(scan.At(at)) || !IsHex(scan.At(at + 1))) return;
    if (k < 5 && scan.At(at + 2) != joint) return;
    letter = letter || !IsDigit(scan.At(at)) || !IsDigit(scan.At(at + 1));
    varied = varied || scan.At(at) != scan.At(begin) || scan.At(at + 1) != scan.At(begin);
  }
  const size_t end = begin + 17;
  if (scan.At(end) == joint || scan.Before(begin) == joint || !varied) return;
  if (!scan.StandsAlone(begin, end)) return;
  const bool said = scan.Nearby(token, token).Has(kSaysMac);
  if (!letter && !said) return;
  scan.Add(PersonalKind::kMacAddress, "MAC address", begin, end, said ? 0.98 : 0.9);
}

// RFC 5321 section 4.5.3.1: at most 64 bytes before the "@", 255 after.
constexpr size_t kMostLocal = 64, kMostDomain = 255;

bool IsLocal(char c) {
  return IsAlnum(c) || static_cast<unsigned char>(c) >= 0x80 ||
         std::string_view(".!#$%&'*+/=?^_`{|}~-").find(c) != std::string_view::npos;
}

// First byte of a dash, quotation mark or no-break space.
bool IsPunctuationLead(char c) { return c == '\xC2' || c == '\xE2' || c == '\xEF'; }

// Endings of file names that follow an "@" in front-end projects: icon@2x.png.
bool IsFileEnding(std::string_view last) {
  constexpr std::array<std::string_view, 10> kEndings = {"png",  "jpg", "jpeg", "gif",  "svg",
                                                         "webp", "css", "js",   "json", "html"};
  return std::ranges::find(kEndings, LowerAscii(last)) != kEndings.end();
}

// End of the domain that begins at `begin`, 0 for none: labels of letters, digits and dashes, the
// last of letters alone.
size_t DomainEnd(const Scan& scan, size_t begin) {
  size_t at = begin, label = begin, end = 0;
  bool letters = true;
  for (; at - begin <= kMostDomain; ++at) {
    const char c = scan.At(at);
    const bool wide = static_cast<unsigned char>(c) >= 0x80 && !IsPunctuationLead(c);
    if (IsAlnum(c) || wide || (c == '-' && at > label)) {
      letters = letters && !IsDigit(c) && c != '-';
      continue;
    }
    const bool whole = at > label && scan.At(at - 1) != '-';
    if (whole && label > begin && letters && at - label >= 2 && at - label <= 24) {
      end = at;
      if (IsFileEnding(scan.text().substr(label, at - label))) return 0;
    }
    if (c != '.' || !whole) return end;
    label = at + 1;
    letters = true;
  }
  return 0;
}

// "user:password@host" of a URL.
void FindLogin(Scan& scan, size_t at) {
  size_t begin = at;
  bool colon = false;
  while (begin > 0 && at - begin < 128) {
    const char c = scan.At(begin - 1);
    if (c == '/' || c == ' ' || c == '@' || c == '"' || c == '<') break;
    colon = colon || c == ':';
    --begin;
  }
  if (!colon || begin < 3 || scan.text().substr(begin - 3, 3) != "://") return;
  if (!IsAlnum(scan.At(at + 1)) || scan.At(begin) == '$' || scan.At(begin) == '{') return;
  scan.Add(PersonalKind::kSecret, "password in a URL", begin, at, 0.98);
}

void EmailAt(Scan& scan, size_t before, size_t after, double sure) {
  size_t begin = before;
  while (begin > 0 && before - begin < kMostLocal && IsLocal(scan.At(begin - 1))) --begin;
  for (size_t i = begin; i < before; ++i) {
    if (IsPunctuationLead(scan.At(i))) begin = i + (scan.At(i) == '\xC2' ? 2 : 3);
  }
  // Signs that may stand in a name yet rarely begin or end it.
  while (begin < before && !IsAlnum(scan.At(begin)) &&
         static_cast<unsigned char>(scan.At(begin)) < 0x80 && scan.At(begin) != '_') {
    ++begin;
  }
  if (begin >= before || scan.At(before - 1) == '.') return;
  const std::string_view local = scan.text().substr(begin, before - begin);
  if (local.find("//") != std::string_view::npos) return;
  const size_t end = DomainEnd(scan, after);
  if (end == 0) return;
  if (local == "git" && scan.At(end) == ':') return;  // git@host:path
  scan.Add(PersonalKind::kEmail, "e-mail address", begin, end, sure);
}

// "name (at) domain.org", "name [at] domain.org".
void EmailInWords(Scan& scan, size_t open) {
  const char close = scan.At(open) == '(' ? ')' : ']';
  const std::string word = LowerAscii(scan.text().substr(open + 1, 2));
  if (word != "at" || scan.At(open + 3) != close) return;
  const size_t before = scan.Before(open) == ' ' ? open - 1 : open;
  const size_t after = scan.At(open + 4) == ' ' ? open + 5 : open + 4;
  EmailAt(scan, before, after, 0.85);
}

}  // namespace

void FindNetwork(Scan& scan, size_t at) {
  const Token& token = scan.tokens()[at];
  const size_t begin = token.begin;
  if (token.number && token.length() <= 3 && scan.At(token.end) == '.') return FindIpv4(scan, at);
  if (!IsHex(scan.At(begin))) return;
  size_t run = 1;
  while (run < 5 && IsHex(scan.At(begin + run))) ++run;
  const char joint = scan.At(begin + run);
  if (run == 2 && (joint == ':' || joint == '-')) FindMac(scan, at);
  if (run <= 4 && joint == ':') FindIpv6(scan, at);
}

void FindEmails(Scan& scan) {
  const std::string_view text = scan.text();
  for (size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
    EmailAt(scan, at, at + 1, 0.97);
    FindLogin(scan, at);
  }
  for (size_t at = text.find("at)"); at != std::string_view::npos; at = text.find("at)", at + 1)) {
    if (scan.Before(at) == '(') EmailInWords(scan, at - 1);
  }
  for (size_t at = text.find("at]"); at != std::string_view::npos; at = text.find("at]", at + 1)) {
    if (scan.Before(at) == '[') EmailInWords(scan, at - 1);
  }
}

}  // namespace bottega
