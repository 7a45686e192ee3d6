#include "profile/words.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <string>

namespace bottega {
namespace {

bool IsWordLetter(UChar32 c) {
  if (c < 128) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  if (u_isalpha(c)) return true;
  const int8_t type = u_charType(c);
  return type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK;
}

char32_t Lower(UChar32 c) {
  if (c < 128) return static_cast<char32_t>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return static_cast<char32_t>(u_tolower(c));
}

}  // namespace

void ForEachWord(std::string_view text, const std::function<bool(std::u32string_view)>& use) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const int32_t size = static_cast<int32_t>(std::min<size_t>(text.size(), INT32_MAX));
  std::u32string word;
  bool apostrophe = false;  // seen after a letter; part of the word if another letter follows
  for (int32_t i = 0; i < size;) {
    UChar32 c = 0;
    U8_NEXT(bytes, i, size, c);
    if (c >= 0 && IsWordLetter(c)) {
      if (apostrophe) word += U'\'';
      apostrophe = false;
      word += Lower(c);
      continue;
    }
    if (!apostrophe && !word.empty() && (c == '\'' || c == 0x2019)) {
      apostrophe = true;
      continue;
    }
    apostrophe = false;
    if (word.empty()) continue;
    if (!use(word)) return;
    word.clear();
  }
  if (!word.empty()) use(word);
}

}  // namespace bottega
