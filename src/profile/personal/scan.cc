#include "profile/personal/scan.h"

#include <array>

#include "base/text.h"
#include "data/infer/names.h"

namespace bottega {

namespace {

enum Class : uint8_t { kOther, kDigit, kLetter, kWide };

constexpr std::array<uint8_t, 256> kClasses = [] {
  std::array<uint8_t, 256> classes{};
  for (int c = '0'; c <= '9'; ++c) classes[static_cast<size_t>(c)] = kDigit;
  for (int c = 'a'; c <= 'z'; ++c) classes[static_cast<size_t>(c)] = kLetter;
  for (int c = 'A'; c <= 'Z'; ++c) classes[static_cast<size_t>(c)] = kLetter;
  for (size_t c = 0x80; c < 0x100; ++c) classes[c] = kWide;
  return classes;
}();

uint8_t ClassOf(char c) { return kClasses[static_cast<unsigned char>(c)]; }

// Bytes of the punctuation that begins with this lead byte (Latin-1 signs, general and CJK
// punctuation, full-width forms), 0 for a letter.
size_t WidePunctuation(char lead) {
  switch (static_cast<unsigned char>(lead)) {
    case 0xC2:
      return 2;
    case 0xE2:
      return 3;
    case 0xEF:
      return 3;
    default:
      return 0;
  }
}

}  // namespace

Says ColumnSays(std::string_view column) {
  std::string words;
  for (const std::string& word : NameWords(column)) words += word + " ";
  const Scan scan(words, {}, 1);
  Says says;
  for (const Token& token : scan.tokens()) {
    says.flags |= token.flags & (kSaysAny | kSaysName | kSaysAddress);
    if (token.country != 0) says.country = token.country;
  }
  if ((says.flags & ~static_cast<uint32_t>(kSaysOther | kSaysName)) != 0) says.flags &= ~kSaysOther;
  return says;
}

Scan::Scan(std::string_view text, const Says& column, float least)
    : text_(text), column_(column), least_(least) {
  tokens_.reserve(text.size() / 5 + 4);
  Tokenize();
}

void Scan::AddWord(size_t begin, size_t end, uint64_t hash, bool capital, bool upper) {
  Token token{.begin = static_cast<uint32_t>(begin),
              .end = static_cast<uint32_t>(end),
              .capital = capital,
              .upper = upper};
  const uint64_t before = last_hash_;
  last_hash_ = 0;
  if (before != 0) {
    if (const WordFacts* pair = FindWordPair(before, hash)) {
      token.flags |= pair->flags;
      token.country = pair->country;
    }
  }
  if (const WordFacts* facts = FindWord(hash)) {
    if ((facts->flags & kPairFirst) != 0) last_hash_ = hash;
    if ((facts->flags & kCapitalsOnly) == 0 || upper) {
      token.flags |= facts->flags;
      if (token.country == 0) token.country = facts->country;
      token.month = facts->month;
    }
  }
  tokens_.push_back(token);
}

void Scan::Tokenize() {
  const size_t size = text_.size();
  size_t at = 0;
  while (at < size) {
    const uint8_t kind = ClassOf(text_[at]);
    if (kind == kOther) {
      ++at;
    } else if (kind == kDigit) {
      const size_t begin = at;
      while (at < size && ClassOf(text_[at]) == kDigit) ++at;
      tokens_.push_back({.begin = static_cast<uint32_t>(begin),
                         .end = static_cast<uint32_t>(at),
                         .number = true});
      last_hash_ = 0;
    } else if (kind == kWide && WidePunctuation(text_[at]) > 0) {
      at += WidePunctuation(text_[at]);
    } else {
      const size_t begin = at;
      uint64_t hash = kWordSeed;
      bool first = false, all = true;
      while (at < size && ClassOf(text_[at]) >= kLetter) {
        if (ClassOf(text_[at]) == kWide && WidePunctuation(text_[at]) > 0) break;
        const bool start = at == begin;
        bool capital = false;
        at += FoldCharacter(text_, at, &hash, &capital);
        if (start) first = capital;
        all = all && capital;
      }
      AddWord(begin, std::min(at, size), hash, first, all);
    }
  }
}

Says Scan::Nearby(size_t first, size_t last) const {
  constexpr size_t kBytesBefore = 60, kTokensBefore = 9, kBytesAfter = 24, kTokensAfter = 3;
  for (size_t i = first; i-- > 0 && first - i <= kTokensBefore;) {
    if (tokens_[i].end + kBytesBefore < tokens_[first].begin) break;
    if (tokens_[i].Has(kSaysAny)) return {tokens_[i].flags, tokens_[i].country};
  }
  for (size_t i = last + 1; i < tokens_.size() && i - last <= kTokensAfter; ++i) {
    if (tokens_[i].begin > tokens_[last].end + kBytesAfter) break;
    if (tokens_[i].Has(kSaysAny)) return {tokens_[i].flags, tokens_[i].country};
  }
  return column_;
}

char Scan::Between(size_t left) const {
  if (left + 1 >= tokens_.size()) return '?';
  const std::string_view gap =
      text_.substr(tokens_[left].end, tokens_[left + 1].begin - tokens_[left].end);
  if (gap.empty()) return '\0';
  if (gap.size() == 1) return gap.find_first_of(" -./,:)") == 0 ? gap[0] : '?';
  if (gap == "\xC2\xA0" || gap == "\xE2\x80\xAF") return ' ';
  if (gap.size() == 3 && gap.starts_with("\xE2\x80") && gap[2] >= '\x90' && gap[2] <= '\x93') {
    return '-';
  }
  if (gap == ") " || gap == ")-") return ')';
  return '?';
}

bool Scan::StandsAlone(size_t begin, size_t end) const {
  const char before = Before(begin), far_before = begin > 1 ? text_[begin - 2] : '\0';
  const char after = At(end), far_after = At(end + 1);
  if (ClassOf(before) == kDigit || ClassOf(before) == kLetter) return false;
  if (ClassOf(after) == kDigit || ClassOf(after) == kLetter) return false;
  const bool joined_before = before == '-' || before == '.' || before == ',' || before == '_' ||
                             before == '/' || before == '#' || before == '$';
  if (joined_before && (ClassOf(far_before) == kDigit || before == '$')) return false;
  if ((before == '-' || before == '_') && ClassOf(far_before) == kLetter) return false;
  if ((after == '-' || after == '_' || after == '/') &&
      (ClassOf(far_after) == kDigit || ClassOf(far_after) == kLetter)) {
    return false;
  }
  return !((after == '.' || after == ',') && ClassOf(far_after) == kDigit) && after != '%';
}

}  // namespace bottega
