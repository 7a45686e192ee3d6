#include "profile/spelling_form.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "base/text.h"

namespace bottega {
namespace {

icu::UnicodeString CaseFold(std::string_view text) {
  icu::UnicodeString wide =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int>(text.size())));
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCCasefoldInstance(status);
  return U_SUCCESS(status) ? nfkc->normalize(wide, status) : wide;
}

bool IsSeparator(UChar32 c) {
  return u_isUWhiteSpace(c) || c == '-' || c == '_' || c == '.' || c == ',' || c == '/' ||
         c == '\'' || c == '"' || c == ':' || c == ';' || c == '(' || c == ')' || c == 0x2019;
}

std::string Normal(std::string_view text) {
  const icu::UnicodeString wide = CaseFold(text);
  icu::UnicodeString out;
  const auto letter = [&](int32_t i) {
    return i >= 0 && i < wide.length() && u_isalnum(wide.char32At(i));
  };
  const auto digit = [&](int32_t i) {
    return i >= 0 && i < wide.length() && u_isdigit(wide.char32At(i));
  };
  bool gap = false;
  for (int32_t i = 0; i < wide.length(); i = wide.moveIndex32(i, 1)) {
    const UChar32 c = wide.char32At(i);
    const bool sign = c == '-' && (!letter(i - 1) || !letter(i + 1));
    if (IsSeparator(c) && !sign && !(digit(i - 1) && digit(i + 1))) {
      gap = true;
      continue;
    }
    if (gap && !out.isEmpty()) out.append(static_cast<UChar32>(' '));
    gap = false;
    out.append(c);
  }
  std::string utf8;
  out.toUTF8String(utf8);
  return utf8;
}

std::string Without(std::string_view text, char unwanted) {
  std::string out;
  for (const char c : text) {
    if (c != unwanted) out += c;
  }
  return out;
}

// Digits and signs, in order: what a slip of letters may not touch.
std::string Fixed(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || c == ' ' || static_cast<unsigned char>(c) >= 0x80;
    if (!letter) out += c;
  }
  return out;
}

}  // namespace

std::string WhyDifferent(const std::string& a, const std::string& b) {
  const auto lower = [](const std::string& text) {
    std::string out;
    CaseFold(text).toUTF8String(out);
    return out;
  };
  if (lower(a) == lower(b)) return "case";
  const auto tight = [&](const std::string& text) { return Without(lower(text), ' '); };
  return tight(a) == tight(b) ? "spaces" : "punctuation";
}

std::vector<SpellingForm> FormsOf(const std::vector<std::string>& values,
                                  const std::vector<int64_t>& counts) {
  std::unordered_map<std::string, size_t> seen;
  std::vector<SpellingForm> forms;
  for (size_t i = 0; i < values.size(); ++i) {
    std::string normal = Normal(values[i]);
    if (normal.empty()) normal = values[i];
    const auto [at, added] = seen.emplace(normal, forms.size());
    if (added) {
      SpellingForm form{.normal = normal, .tight = Without(normal, ' '), .fixed = Fixed(normal)};
      form.words = Split(normal, ' ');
      for (const char c : form.tight) {
        uint8_t& n = form.letters[static_cast<unsigned char>(c) % 32];
        if (n < 255) ++n;
      }
      forms.push_back(std::move(form));
    }
    forms[at->second].members.push_back(i);
    forms[at->second].count += counts[i];
  }
  for (SpellingForm& form : forms) {
    std::ranges::sort(form.members, [&](size_t a, size_t b) {
      return std::pair(-counts[a], values[a]) < std::pair(-counts[b], values[b]);
    });
  }
  return forms;
}

}  // namespace bottega
