#include "profile/text_damage.h"

#include <unicode/ucnv.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <vector>

#include "base/text.h"

namespace bottega {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr const char* kCodePages[] = {"windows-1252", "ISO-8859-1", "windows-1251",
                                      "windows-1250", "macintosh",  "ibm-850"};

// Two characters beyond ASCII side by side: a byte that leads and one that follows.
bool MayBeMojibake(std::string_view text) {
  for (size_t i = 0; i + 1 < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const size_t length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
    const size_t next = i + length;
    if (length > 1 && next < text.size() && static_cast<unsigned char>(text[next]) >= 0x80) {
      return true;
    }
    i = next;
  }
  return false;
}

bool IsAscii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string Utf8(UChar32 c) {
  char bytes[U8_MAX_LENGTH];
  int32_t length = 0;
  UBool bad = false;
  U8_APPEND(reinterpret_cast<uint8_t*>(bytes), length, U8_MAX_LENGTH, c, bad);
  return bad ? std::string() : std::string(bytes, static_cast<size_t>(length));
}

bool IsHidden(UChar32 c) {
  return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7F && c <= 0x9F) ||
         c == 0xAD || c == 0x200B || (c >= 0x200E && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         c == 0x2060 || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

std::string WithoutHidden(std::string_view text) {
  std::string out;
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto length = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < length;) {
    const int32_t begin = i;
    UChar32 c = 0;
    U8_NEXT(bytes, i, length, c);
    if (c < 0 || !IsHidden(c)) {
      out.append(text.substr(static_cast<size_t>(begin), static_cast<size_t>(i - begin)));
    }
  }
  return out;
}

const std::map<std::string_view, UChar32>& Entities() {
  static const std::map<std::string_view, UChar32> entities = {
      {"amp", '&'},       {"lt", '<'},       {"gt", '>'},       {"quot", '"'},
      {"apos", '\''},     {"nbsp", 0xA0},    {"copy", 0xA9},    {"reg", 0xAE},
      {"deg", 0xB0},      {"pound", 0xA3},   {"euro", 0x20AC},  {"cent", 0xA2},
      {"yen", 0xA5},      {"sect", 0xA7},    {"laquo", 0xAB},   {"raquo", 0xBB},
      {"hellip", 0x2026}, {"ndash", 0x2013}, {"mdash", 0x2014}, {"lsquo", 0x2018},
      {"rsquo", 0x2019},  {"ldquo", 0x201C}, {"rdquo", 0x201D}, {"bull", 0x2022},
      {"trade", 0x2122},  {"times", 0xD7},   {"frac12", 0xBD},  {"frac14", 0xBC},
      {"iexcl", 0xA1},    {"iquest", 0xBF},  {"szlig", 0xDF},   {"Agrave", 0xC0},
      {"Aacute", 0xC1},   {"Acirc", 0xC2},   {"Atilde", 0xC3},  {"Auml", 0xC4},
      {"Aring", 0xC5},    {"AElig", 0xC6},   {"Ccedil", 0xC7},  {"Egrave", 0xC8},
      {"Eacute", 0xC9},   {"Ecirc", 0xCA},   {"Euml", 0xCB},    {"Iacute", 0xCD},
      {"Ntilde", 0xD1},   {"Oacute", 0xD3},  {"Ocirc", 0xD4},   {"Otilde", 0xD5},
      {"Ouml", 0xD6},     {"Oslash", 0xD8},  {"Uacute", 0xDA},  {"Uuml", 0xDC},
      {"agrave", 0xE0},   {"aacute", 0xE1},  {"acirc", 0xE2},   {"atilde", 0xE3},
      {"auml", 0xE4},     {"aring", 0xE5},   {"aelig", 0xE6},   {"ccedil", 0xE7},
      {"egrave", 0xE8},   {"eacute", 0xE9},  {"ecirc", 0xEA},   {"euml", 0xEB},
      {"igrave", 0xEC},   {"iacute", 0xED},  {"icirc", 0xEE},   {"iuml", 0xEF},
      {"ntilde", 0xF1},   {"ograve", 0xF2},  {"oacute", 0xF3},  {"ocirc", 0xF4},
      {"otilde", 0xF5},   {"ouml", 0xF6},    {"oslash", 0xF8},  {"ugrave", 0xF9},
      {"uacute", 0xFA},   {"ucirc", 0xFB},   {"uuml", 0xFC},    {"yuml", 0xFF}};
  return entities;
}

UChar32 CodePoint(std::string_view digits, int base) {
  uint32_t value = 0;
  const auto [stop, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  const bool whole = error == std::errc() && stop == digits.data() + digits.size();
  return whole && value > 0 && value <= 0x10FFFF ? static_cast<UChar32>(value) : -1;
}

// The character of "&name;" without its ends; -1 where it is none.
UChar32 EntityOf(std::string_view name) {
  if (name.starts_with("#x") || name.starts_with("#X")) return CodePoint(name.substr(2), 16);
  if (name.starts_with("#")) return CodePoint(name.substr(1), 10);
  const auto at = Entities().find(name);
  return at == Entities().end() ? -1 : at->second;
}

std::string WithoutEntities(const std::string& text) {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    const size_t end = text[i] == '&' ? text.find(';', i) : text.npos;
    const UChar32 c = end != text.npos && end - i <= 9
                          ? EntityOf(std::string_view(text).substr(i + 1, end - i - 1))
                          : -1;
    if (c < 0) {
      out += text[i++];
    } else {
      out += c == 0xA0 ? " " : Utf8(c);
      i = end + 1;
    }
  }
  return out;
}

// "\u00e9" and "\xe9" as six and four characters.
std::string WithoutEscapes(const std::string& text) {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    const bool escape = text[i] == '\\' && i + 1 < text.size();
    const size_t digits = !escape ? 0 : text[i + 1] == 'u' ? 4 : text[i + 1] == 'x' ? 2 : 0;
    const UChar32 c = digits > 0 && i + 2 + digits <= text.size()
                          ? CodePoint(std::string_view(text).substr(i + 2, digits), 16)
                          : -1;
    if (c < 0x20 || (c >= 0xD800 && c <= 0xDFFF)) {
      out += text[i++];
    } else {
      out += Utf8(c);
      i += 2 + digits;
    }
  }
  return out;
}

}  // namespace

struct DamageFinder::Converters {
  std::vector<UConverter*> all;

  ~Converters() {
    for (UConverter* one : all) ucnv_close(one);
  }
  // The bytes of `text` in a code page, if all its characters have one and the bytes are UTF-8.
  std::optional<std::string> Undo(UConverter* converter, std::string_view text) const {
    std::vector<UChar> wide(text.size() + 1);
    int32_t length = 0;
    UErrorCode status = U_ZERO_ERROR;
    u_strFromUTF8(wide.data(), static_cast<int32_t>(wide.size()), &length, text.data(),
                  static_cast<int32_t>(text.size()), &status);
    std::string bytes(text.size() + 8, '\0');
    const int32_t size = ucnv_fromUChars(
        converter, bytes.data(), static_cast<int32_t>(bytes.size()), wide.data(), length, &status);
    if (U_FAILURE(status)) return std::nullopt;
    bytes.resize(static_cast<size_t>(size));
    if (IsAscii(bytes) || FirstInvalidUtf8(bytes) >= 0) return std::nullopt;
    return bytes;
  }
};

DamageFinder::DamageFinder() : converters_(std::make_unique<Converters>()) {
  for (const char* name : kCodePages) {
    UErrorCode status = U_ZERO_ERROR;
    UConverter* converter = ucnv_open(name, &status);
    if (U_FAILURE(status)) continue;
    ucnv_setFromUCallBack(converter, UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    converters_->all.push_back(converter);
  }
}

DamageFinder::~DamageFinder() = default;

std::optional<TextDamage> DamageFinder::Find(std::string_view text) const {
  const bool ascii = IsAscii(text);
  const bool plain = ascii && text.find('&') == text.npos && text.find('\\') == text.npos &&
                     std::ranges::none_of(text, [](char c) { return IsHidden(c); });
  if (plain) return std::nullopt;
  std::string repaired(text);
  std::string kind;
  const auto step = [&](std::string next, const char* name) {
    if (next == repaired) return;
    repaired = std::move(next);
    if (kind.empty()) kind = name;
  };
  for (int times = 0; times < 3 && !ascii && MayBeMojibake(repaired); ++times) {
    for (UConverter* converter : converters_->all) {
      const auto undone = converters_->Undo(converter, repaired);
      if (!undone || undone->size() >= repaired.size()) continue;
      step(*undone, "mojibake");
      break;
    }
  }
  step(WithoutEntities(repaired), "html_entity");
  step(WithoutEscapes(repaired), "escape");
  step(WithoutHidden(repaired), "control_character");
  if (repaired.find(kReplacement) != repaired.npos) return TextDamage{"replacement_character", {}};
  if (kind.empty()) return std::nullopt;
  return TextDamage{kind, repaired};
}

bool MatchesButLost(std::string_view damaged, std::string_view whole) {
  size_t w = 0;
  bool lost = false;
  for (size_t d = 0; d < damaged.size();) {
    const bool replaced = damaged.substr(d).starts_with(kReplacement);
    if (!replaced && damaged[d] != '?') {
      if (w >= whole.size() || whole[w++] != damaged[d++]) return false;
      continue;
    }
    if (w < whole.size() && whole[w] == damaged[d] && !replaced) {  // a question mark in both
      ++w;
      ++d;
      continue;
    }
    if (w >= whole.size() || static_cast<unsigned char>(whole[w]) < 0x80) return false;
    lost = true;
    for (++w; w < whole.size() && (static_cast<unsigned char>(whole[w]) & 0xC0) == 0x80;) ++w;
    d += replaced ? kReplacement.size() : 1;
    // A character of several bytes may have left several marks.
    while (damaged.substr(d).starts_with(kReplacement) &&
           (w >= whole.size() || static_cast<unsigned char>(whole[w]) < 0x80)) {
      d += kReplacement.size();
    }
  }
  return lost && w == whole.size();
}

}  // namespace bottega
