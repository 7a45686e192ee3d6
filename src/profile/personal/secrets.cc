// Keys, tokens and passwords: forms that their issuers document, and values that a word announces.
#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"
#include "profile/personal/scan.h"

namespace bottega {

namespace {

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
bool IsAlnum(char c) { return IsDigit(c) || IsUpper(c) || IsLower(c); }
bool IsWordSign(char c) { return IsAlnum(c) || c == '_' || c == '-'; }

// A prefix, and how many of [A-Za-z0-9_-] follow it at least and at most.
struct TokenForm {
  std::string_view prefix;
  size_t least, most;
  std::string_view name;
  bool capitals;  // only A-Z and 2-7 follow
};

constexpr TokenForm kForms[] = {
    {"AKIA", 16, 16, "AWS access key", true},
    {"ASIA", 16, 16, "AWS temporary access key", true},
    {"ghp_", 36, 255, "GitHub token", false},
    {"gho_", 36, 255, "GitHub token", false},
    {"ghu_", 36, 255, "GitHub token", false},
    {"ghs_", 36, 255, "GitHub token", false},
    {"ghr_", 36, 255, "GitHub token", false},
    {"github_pat_", 60, 255, "GitHub token", false},
    {"glpat-", 20, 64, "GitLab token", false},
    {"xoxb-", 20, 255, "Slack token", false},
    {"xoxp-", 20, 255, "Slack token", false},
    {"xoxa-", 20, 255, "Slack token", false},
    {"xoxr-", 20, 255, "Slack token", false},
    {"xoxs-", 20, 255, "Slack token", false},
    {"xapp-", 20, 255, "Slack token", false},
    {"AIza", 35, 35, "Google API key", false},
    {"GOCSPX-", 28, 28, "Google client secret", false},
    {"sk_live_", 16, 255, "Stripe key", false},
    {"rk_live_", 16, 255, "Stripe key", false},
    {"sk_test_", 16, 255, "Stripe test key", false},
    {"whsec_", 24, 255, "webhook secret", false},
    {"shpat_", 32, 32, "Shopify token", false},
    {"dop_v1_", 64, 64, "DigitalOcean token", false},
    {"hf_", 34, 40, "model hub token", false},
    {"sk-", 32, 255, "API key", false},
    {"key-", 32, 32, "API key", false},
};

size_t RunEnd(const Scan& scan, size_t at, size_t most, bool (*part_of)(char)) {
  const size_t begin = at;
  while (at - begin < most && part_of(scan.At(at))) ++at;
  return at;
}

bool HasDigit(std::string_view text) { return std::ranges::any_of(text, IsDigit); }

// Shannon entropy of the bytes, in bits a byte.
double EntropyOf(std::string_view text) {
  std::array<int, 256> counts{};
  for (const char c : text) ++counts[static_cast<unsigned char>(c)];
  double bits = 0;
  for (const int count : counts) {
    const double share = static_cast<double>(count) / static_cast<double>(text.size());
    if (count > 0) bits -= share * std::log2(share);
  }
  return bits;
}

void FindTokenForm(Scan& scan, size_t begin) {
  const std::string_view rest = scan.text().substr(begin, 16);
  for (const TokenForm& form : kForms) {
    if (!rest.starts_with(form.prefix)) continue;
    const size_t from = begin + form.prefix.size();
    const size_t end = RunEnd(scan, from, form.most + 1, IsWordSign);
    const std::string_view value = scan.text().substr(from, end - from);
    const bool capitals =
        std::ranges::all_of(value, [](char c) { return IsUpper(c) || (c >= '2' && c <= '7'); });
    if (value.size() < form.least || value.size() > form.most) continue;
    if ((form.capitals && !capitals) || (!form.capitals && !HasDigit(value))) continue;
    if (EntropyOf(value) < 2.5) continue;  // xxxxxxxx
    scan.Add(PersonalKind::kSecret, form.name, begin, end, 0.97);
  }
}

// RFC 7519: two parts of base64url that begin with the code of '{"', and the signature.
void FindJsonWebToken(Scan& scan, size_t begin) {
  if (scan.text().substr(begin, 3) != "eyJ") return;
  size_t at = begin, dots = 0;
  constexpr size_t kMostBytes = 4096;
  while (at - begin < kMostBytes && (IsWordSign(scan.At(at)) || scan.At(at) == '.')) {
    if (scan.At(at) == '.') {
      ++dots;
      if (dots == 1 && scan.text().substr(at + 1, 3) != "eyJ") return;
    }
    ++at;
  }
  while (scan.Before(at) == '.') --at;
  if (dots >= 2 && at - begin > 40) {
    scan.Add(PersonalKind::kSecret, "JSON web token", begin, at, 0.97);
  }
}

// RFC 7468 and OpenPGP armour; without an end in reach, the header alone.
void FindPrivateKey(Scan& scan, const Token& token) {
  if (token.begin < 5 || scan.text().substr(token.begin - 5, 11) != "-----BEGIN ") return;
  constexpr size_t kMostHeader = 60, kMostBytes = 16'384;
  const std::string_view header = scan.text().substr(token.begin, kMostHeader);
  const size_t named = header.find("PRIVATE KEY");
  if (named == std::string_view::npos) return;
  if (header.substr(0, named).find('\n') != std::string_view::npos) return;
  const std::string_view block = scan.text().substr(token.begin, kMostBytes);
  const size_t closing = block.find("-----END ");
  size_t end = token.begin + named + 11;
  if (closing != std::string_view::npos) {
    const size_t dashes = block.find("-----", closing + 9);
    end = token.begin + (dashes == std::string_view::npos ? closing + 9 : dashes + 5);
  }
  scan.Add(PersonalKind::kSecret, "private key", token.begin - 5, end, 0.99);
}

// Where the value begins that a word at `at` is given: "= value", ": 'value'", "=> "value"", or
// after " is ". 0: none.
size_t ValueBegin(const Scan& scan, size_t at) {
  const size_t begin = at;
  bool assigned = false;
  while (at - begin < 8) {
    const char c = scan.At(at);
    if (c == '=' || c == ':' || (c == '>' && assigned)) {
      assigned = true;
    } else if (c != ' ' && c != '"' && c != '\'' && c != '`' && c != '\t') {
      break;
    }
    ++at;
  }
  if (assigned) return at;
  const std::string_view rest = scan.text().substr(begin, 5);
  for (const std::string_view is : {" is ", " ist ", " est ", " es "}) {
    if (rest.starts_with(is)) return begin + is.size();
  }
  return 0;
}

bool IsValueSign(char c) {
  return c > ' ' && c != '"' && c != '\'' && c != '`' && c != '<' && c != '>' && c != ',' &&
         c != ';' && c != ')' && c != '(' && static_cast<unsigned char>(c) < 0x80;
}

bool IsPlaceholder(std::string_view value) {
  const std::string lower = LowerAscii(value);
  for (const std::string_view part : {"xxx", "your", "example", "change", "placeholder", "***",
                                      "${", "{{", "env.", "environ", "%s", "none", "null", "..."}) {
    if (lower.find(part) != std::string::npos) return true;
  }
  return false;
}

// How sure it is that `value` is what `word` (token, password) announces.
double ValueConfidence(std::string_view value, bool password) {
  if (IsPlaceholder(value)) return 0;
  const bool digit = HasDigit(value), upper = std::ranges::any_of(value, IsUpper),
             lower = std::ranges::any_of(value, IsLower),
             sign = !std::ranges::all_of(value, IsWordSign);
  const int kinds = digit + upper + lower + sign;
  if (password) {
    if (value.size() < 6 || value.size() > 64 || kinds < 2 || (!digit && !sign)) return 0;
    return kinds >= 3 || value.size() >= 10 ? 0.85 : 0.7;
  }
  if (value.size() < 16 || value.size() > 512 || !digit || (!upper && !lower)) return 0;
  const double bits = EntropyOf(value);
  return bits < 3 ? 0 : bits > 3.5 ? 0.88 : 0.75;
}

void FindAnnounced(Scan& scan, size_t at) {
  const Token& token = scan.tokens()[at];
  const std::string word = LowerAscii(scan.TextOf(token));
  const bool password = word.find("pass") != std::string::npos || word == "pwd" ||
                        word.find("wort") != std::string::npos || word == "contrasena" ||
                        word == "clave" || word == "senha" || word == "haslo" ||
                        word == "contraseña" || word == "hasło" || word == "lösenord";
  size_t begin = ValueBegin(scan, token.end);
  if (begin == 0 && (word == "bearer" || word == "basic") && scan.At(token.end) == ' ') {
    begin = token.end + 1;
  }
  if (begin == 0) return;
  size_t end = RunEnd(scan, begin, 513, IsValueSign);
  while (end > begin && (scan.At(end - 1) == '.' || scan.At(end - 1) == ':')) --end;
  const double sure = ValueConfidence(scan.text().substr(begin, end - begin), password);
  scan.Add(PersonalKind::kSecret, password ? "password" : "secret", begin, end, sure);
}

}  // namespace

void FindSecret(Scan& scan, size_t at) {
  const Token& token = scan.tokens()[at];
  if (token.Has(kSaysSecret)) FindAnnounced(scan, at);
  if (token.upper && scan.TextOf(token) == "BEGIN") return FindPrivateKey(scan, token);
  const char before = scan.Before(token.begin);
  if (IsWordSign(before) || before == '.') return;
  const char next = scan.At(token.end);
  if (token.length() >= 24 || IsDigit(next) || next == '_' || next == '-' ||
      scan.text().substr(token.begin, 3) == "eyJ") {
    FindTokenForm(scan, token.begin);
    FindJsonWebToken(scan, token.begin);
  }
}

}  // namespace bottega
