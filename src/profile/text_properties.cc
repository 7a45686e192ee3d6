#include "profile/text_properties.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>

namespace bottega {
namespace {

bool IsUnspaced(UChar32 c) {
  return (c >= 0x0E00 && c <= 0x0EFF) || (c >= 0x1000 && c <= 0x109F) ||
         (c >= 0x1780 && c <= 0x17FF) || (c >= 0x3040 && c <= 0x30FF) ||
         (c >= 0x3400 && c <= 0x9FFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

bool ShowsNothing(UChar32 c) {
  return u_isUWhiteSpace(c) || u_iscntrl(c) || u_charType(c) == U_FORMAT_CHAR || c == 0x3164 ||
         c == 0x2800;
}

class Measure {
 public:
  void Add(UChar32 c) {
    ++out_.characters;
    if (c < 0) return EndWord();
    if (c < 128) {
      AddAscii(static_cast<char>(c));
    } else if (IsUnspaced(c) && u_isalpha(c)) {
      EndWord();
      ++out_.letters;
      out_.words += 0.5;
    } else if (u_isalpha(c) || u_charType(c) == U_NON_SPACING_MARK ||
               u_charType(c) == U_COMBINING_SPACING_MARK) {
      ++out_.letters;
      out_.upper += u_isupper(c);
      ++word_;
    } else if (u_isdigit(c)) {
      ++out_.digits;
      ++word_;
    } else if (ShowsNothing(c)) {
      ++out_.spaces;
      EndWord();
    } else if (c == 0x2019 && word_ > 0) {
      ++word_;
    } else {
      const int8_t type = u_charType(c);
      out_.symbols += type == U_OTHER_SYMBOL || type == U_CURRENCY_SYMBOL || type == U_MATH_SYMBOL;
      EndWord();
    }
  }

  TextProperties Finish() {
    EndWord();
    return out_;
  }

 private:
  void AddAscii(char c) {
    const bool upper = c >= 'A' && c <= 'Z';
    if (upper || (c >= 'a' && c <= 'z')) {
      ++out_.letters;
      out_.upper += upper;
      ++word_;
    } else if (c >= '0' && c <= '9') {
      ++out_.digits;
      ++word_;
    } else if ((c == '\'' || c == '-') && word_ > 0) {
      ++word_;
    } else {
      out_.spaces += c <= ' ' || c == 0x7F;
      out_.symbols += std::string_view("$+=<>%&#@").find(c) != std::string_view::npos;
      EndWord();
    }
  }
  void EndWord() {
    if (word_ == 0) return;
    out_.words += 1;
    out_.longest_word = std::max(out_.longest_word, word_);
    word_ = 0;
  }

  TextProperties out_;
  int64_t word_ = 0;
};

}  // namespace

TextProperties MeasureText(std::string_view text) {
  Measure measure;
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const int32_t size = static_cast<int32_t>(std::min<size_t>(text.size(), INT32_MAX));
  for (int32_t i = 0; i < size;) {
    UChar32 c = 0;
    U8_NEXT(bytes, i, size, c);
    measure.Add(c);
  }
  return measure.Finish();
}

}  // namespace bottega
