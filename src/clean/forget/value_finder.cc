#include "clean/forget/value_finder.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstring>
#include <set>

#include "base/json.h"
#include "base/text.h"

namespace bottega {

namespace {

constexpr size_t kStartBits = 16;

uint32_t StartOf(const char* bytes) {
  uint32_t start = 0;
  std::memcpy(&start, bytes, sizeof start);
  return start;
}

size_t Slot(uint32_t start) { return (start * 2654435761u) >> (32 - kStartBits); }

// Letters and digits of scripts that part words; ideographs and the like stand alone.
bool JoinsWords(UChar32 c) {
  if (c < 0) return false;
  const auto script = u_getIntPropertyValue(c, UCHAR_LINE_BREAK);
  const bool alone = script == U_LB_IDEOGRAPHIC || script == U_LB_COMPLEX_CONTEXT ||
                     script == U_LB_H2 || script == U_LB_H3;
  return u_isalnum(c) != 0 && !alone;
}

UChar32 Before(std::string_view bytes, size_t at) {
  if (at == 0) return -1;
  const size_t from = at > 4 ? at - 4 : 0;  // a code point has at most four bytes
  const auto* text = reinterpret_cast<const uint8_t*>(bytes.data() + from);
  auto i = static_cast<int32_t>(at - from);
  UChar32 c = 0;
  U8_PREV(text, 0, i, c);
  return c;
}

UChar32 After(std::string_view bytes, size_t at) {
  if (at >= bytes.size()) return -1;
  const auto* text = reinterpret_cast<const uint8_t*>(bytes.data() + at);
  const auto length = static_cast<int32_t>(std::min<size_t>(4, bytes.size() - at));
  int32_t i = 0;
  UChar32 c = 0;
  U8_NEXT(text, i, length, c);
  return c;
}

bool IsHex(std::string_view digits) {
  return std::ranges::all_of(digits, [](unsigned char c) { return std::isxdigit(c) != 0; });
}

// Whether an escape ends before `at` whose last byte only looks like a letter: \n \u00e9 %20.
bool EscapeBefore(std::string_view bytes, size_t at) {
  if (at >= 2 && bytes[at - 2] == '\\' &&
      std::string_view("nrtbfv0").find(bytes[at - 1]) != std::string_view::npos) {
    return true;
  }
  if (at >= 3 && bytes[at - 3] == '%' && IsHex(bytes.substr(at - 2, 2))) return true;
  return at >= 6 && bytes[at - 6] == '\\' && bytes[at - 5] == 'u' && IsHex(bytes.substr(at - 4, 4));
}

bool DigitAt(std::string_view bytes, size_t at) { return at < bytes.size() && IsDigit(bytes[at]); }

// Whether the digits on both sides of a mark are parts of one number, date or stamp: 0.851,
// 20240131-1230.
bool OneNumber(std::string_view bytes, size_t before, size_t mark, size_t after) {
  return mark < bytes.size() && (bytes[mark] == '.' || bytes[mark] == '-') &&
         DigitAt(bytes, before) && DigitAt(bytes, after);
}

bool BeginsWord(std::string_view bytes, size_t at) {
  if (at >= 2 && OneNumber(bytes, at - 2, at - 1, at)) return false;
  return !JoinsWords(After(bytes, at)) || !JoinsWords(Before(bytes, at)) || EscapeBefore(bytes, at);
}

bool EndsWord(std::string_view bytes, size_t at) {
  if (OneNumber(bytes, at - 1, at, at + 1)) return false;
  return !JoinsWords(Before(bytes, at)) || !JoinsWords(After(bytes, at));
}

std::string PercentEncoded(std::string_view text, std::string_view kept) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || kept.find(c) != std::string_view::npos) {
      out += c;
    } else {
      out += '%';
      out += kDigits[byte >> 4];
      out += kDigits[byte & 15];
    }
  }
  return out;
}

std::string UpperEscapes(std::string text) {
  for (size_t at = text.find("\\u"); at != std::string::npos; at = text.find("\\u", at + 6)) {
    for (size_t i = at + 2; i < at + 6 && i < text.size(); ++i) {
      text[i] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[i])));
    }
  }
  return text;
}

// The ways in which files write `text`, always in the same order.
std::vector<std::string> Forms(const std::string& text) {
  const auto json = [&](bool ascii) {
    const std::string quoted = Json(text).dump(-1, ' ', ascii, Json::error_handler_t::replace);
    return quoted.substr(1, quoted.size() - 2);
  };
  const std::string escaped = json(true);
  return {text,
          json(false),
          escaped,
          UpperEscapes(escaped),
          Replace(json(false), "/", "\\/"),
          EscapeHtml(text),
          EscapeHtml(json(false)),
          Replace(text, "\"", "\"\""),
          Replace(text, "'", "''"),
          PercentEncoded(text, "-._~/"),
          PercentEncoded(text, "-._~")};
}

// The first `size` bytes and what is left of the character that they cut.
std::string Beginning(const std::string& text, size_t size) {
  while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) ++size;
  return text.substr(0, size);
}

}  // namespace

ValueFinder::ValueFinder(std::vector<SoughtValue> values)
    : values_(std::move(values)), starts_(size_t{1} << kStartBits) {
  for (size_t v = 0; v < values_.size(); ++v) {
    const auto& [text, part] = values_[v];
    const std::vector<std::string> forms = Forms(text);
    for (const std::string& form : std::set<std::string>(forms.begin(), forms.end())) Add(form, v);
    if (part == 0 || part >= text.size()) continue;
    const std::vector<std::string> beginnings = Forms(Beginning(text, part));
    for (size_t f = 0; f < forms.size(); ++f) Add(beginnings[f], v, forms[f]);
  }
  for (auto& [start, patterns] : by_start_) {
    std::ranges::stable_sort(patterns, std::greater(),
                             [&](size_t p) { return patterns_[p].bytes.size(); });
  }
}

void ValueFinder::Add(std::string bytes, size_t value, std::string whole) {
  if (bytes.size() < kLeast) return;
  const uint32_t start = StartOf(bytes.data());
  starts_[Slot(start)] = true;
  by_start_[start].push_back(patterns_.size());
  patterns_.push_back({std::move(bytes), value, std::move(whole)});
}

// The length of the longest match that begins at `at`; 0: none.
size_t ValueFinder::MatchAt(std::string_view bytes, size_t at, size_t* value) const {
  const auto found = by_start_.find(StartOf(bytes.data() + at));
  if (found == by_start_.end() || !BeginsWord(bytes, at)) return 0;
  for (const size_t p : found->second) {
    const Pattern& pattern = patterns_[p];
    if (!bytes.substr(at).starts_with(pattern.bytes)) continue;
    size_t length = pattern.bytes.size();
    *value = pattern.value;
    if (const std::string& whole = pattern.whole; !whole.empty()) {  // as far as it goes on alike
      while (length < whole.size() && at + length < bytes.size() &&
             bytes[at + length] == whole[length]) {
        ++length;
      }
      return length;
    }
    if (EndsWord(bytes, at + length)) return length;
  }
  return 0;
}

std::vector<ValueMatch> ValueFinder::FindAll(std::string_view bytes) const {
  std::vector<ValueMatch> matches;
  if (empty()) return matches;
  for (size_t at = 0; at + kLeast <= bytes.size(); ++at) {
    if (!starts_[Slot(StartOf(bytes.data() + at))]) continue;
    size_t value = 0;
    const size_t length = MatchAt(bytes, at, &value);
    if (length == 0) continue;
    matches.push_back({at, at + length, value});
    at += length - 1;
  }
  return matches;
}

bool ValueFinder::Occurs(std::string_view bytes) const {
  size_t value = 0;
  for (size_t at = 0; !empty() && at + kLeast <= bytes.size(); ++at) {
    if (starts_[Slot(StartOf(bytes.data() + at))] && MatchAt(bytes, at, &value) > 0) return true;
  }
  return false;
}

std::string ValueFinder::Blot(std::string_view bytes, int64_t* count) const {
  std::string out;
  size_t copied = 0;
  for (const ValueMatch& match : FindAll(bytes)) {
    out += bytes.substr(copied, match.begin - copied);
    out += kBlot;
    copied = match.end;
    ++*count;
  }
  return out += bytes.substr(copied);
}

std::string ValueFinder::Overwrite(std::string_view bytes, int64_t* count) const {
  std::string out(bytes);
  for (const ValueMatch& match : FindAll(bytes)) {
    std::fill(out.begin() + static_cast<std::ptrdiff_t>(match.begin),
              out.begin() + static_cast<std::ptrdiff_t>(match.end), '*');
    ++*count;
  }
  return out;
}

}  // namespace bottega
