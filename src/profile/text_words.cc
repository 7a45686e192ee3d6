#include "profile/text_words.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <algorithm>

#include "base/hash.h"
#include "base/interrupt.h"
#include "base/threads.h"

namespace bottega {
namespace {

constexpr int64_t kChunk = 2048;

bool SetsNoSpaces(UChar32 c) {
  if (c < 0x0e00) return false;
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(c, &status)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
      return true;
    default:
      return false;
  }
}

uint32_t Mixed(uint64_t x) {
  x ^= x >> 32;
  x *= 0xd6e8feb86659fd93ULL;
  return static_cast<uint32_t>(x >> 32);
}

// The shingles of one text, distinct and ascending.
void Shingle(const std::string& text, int width, std::vector<uint64_t>* words,
             std::vector<uint32_t>* out) {
  words->clear();
  ForEachWord(text, [&](std::string_view word) { words->push_back(Xxh3(word)); });
  const size_t w = static_cast<size_t>(width), n = words->size();
  out->clear();
  for (size_t i = 0; i + w <= n || (i == 0 && n > 0); ++i) {
    uint64_t hash = 0;
    for (size_t j = i; j < std::min(n, i + w); ++j)
      hash = hash * 0x9e3779b97f4a7c15ULL + (*words)[j];
    out->push_back(Mixed(hash));
  }
  std::ranges::sort(*out);
  const auto repeated = std::ranges::unique(*out);
  out->erase(repeated.begin(), repeated.end());
}

}  // namespace

bool IsAscii(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

std::string SpacedWords(std::string_view text) {
  icu::UnicodeString wide =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int>(text.size())));
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCCasefoldInstance(status);
  if (U_SUCCESS(status)) wide = nfkc->normalize(wide, status);
  icu::UnicodeString spaced;
  for (int32_t i = 0; i < wide.length(); i = wide.moveIndex32(i, 1)) {
    const UChar32 c = wide.char32At(i);
    const bool mark = u_charType(c) == U_NON_SPACING_MARK;
    const bool alone = SetsNoSpaces(c) && !mark;
    if (alone || (!u_isalnum(c) && !mark && c != '\'')) spaced.append(static_cast<UChar32>(' '));
    if (u_isalnum(c) || mark) spaced.append(c);
  }
  std::string out;
  spaced.toUTF8String(out);
  return out;
}

TextSets ShinglesOf(const std::vector<std::string>& texts, int width) {
  const int64_t n = static_cast<int64_t>(texts.size());
  const int64_t chunks = (n + kChunk - 1) / kChunk;
  std::vector<std::vector<uint32_t>> parts(static_cast<size_t>(chunks));
  TextSets sets;
  sets.begin.assign(static_cast<size_t>(n) + 1, 0);
  ParallelFor(n, kChunk, [&](int64_t begin, int64_t end) {
    ThrowIfInterrupted();
    std::vector<uint64_t> words;
    std::vector<uint32_t> shingles;
    std::vector<uint32_t>& part = parts[static_cast<size_t>(begin / kChunk)];
    for (int64_t i = begin; i < end; ++i) {
      Shingle(texts[static_cast<size_t>(i)], width, &words, &shingles);
      part.insert(part.end(), shingles.begin(), shingles.end());
      sets.begin[static_cast<size_t>(i) + 1] = static_cast<int64_t>(shingles.size());
    }
  });
  for (size_t i = 1; i < sets.begin.size(); ++i) sets.begin[i] += sets.begin[i - 1];
  sets.member.reserve(static_cast<size_t>(sets.begin.back()));
  for (std::vector<uint32_t>& part : parts) {
    sets.member.insert(sets.member.end(), part.begin(), part.end());
    std::vector<uint32_t>().swap(part);
  }
  return sets;
}

double Jaccard(const TextSets& sets, int64_t a, int64_t b) {
  const uint32_t* x = sets.first(a);
  const uint32_t* y = sets.first(b);
  int64_t both = 0;
  while (x < sets.last(a) && y < sets.last(b)) {
    both += *x == *y;
    const bool forward_x = *x <= *y, forward_y = *y <= *x;
    x += forward_x;
    y += forward_y;
  }
  const int64_t either = sets.count(a) + sets.count(b) - both;
  return either == 0 ? 0 : static_cast<double>(both) / static_cast<double>(either);
}

int MedianWords(const std::vector<std::string>& texts) {
  std::vector<int> counts;
  const size_t step = std::max<size_t>(1, texts.size() / 1000);
  for (size_t i = 0; i < texts.size(); i += step) {
    int words = 0;
    ForEachWord(texts[i], [&](std::string_view) { ++words; });
    counts.push_back(words);
  }
  if (counts.empty()) return 0;
  const auto middle = counts.begin() + static_cast<int64_t>(counts.size() / 2);
  std::ranges::nth_element(counts, middle);
  return *middle;
}

}  // namespace bottega
