#include "learn/text_features.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "base/hash.h"
#include "base/threads.h"

namespace bottega {
namespace {

constexpr int64_t kChunk = 1024;

bool IsWordByte(unsigned char c) {
  return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// Bytes of the UTF-8 letter that starts at `at`.
size_t LetterLength(std::string_view word, size_t at) {
  size_t end = at + 1;
  while (end < word.size() && (static_cast<unsigned char>(word[end]) & 0xc0) == 0x80) ++end;
  return end - at;
}

class Hasher {
 public:
  explicit Hasher(int bits) : mask_((uint32_t{1} << bits) - 1) {}

  // Features of one text, ascending, without repetition.
  const std::vector<uint32_t>& Features(std::string_view text, int64_t most_words) {
    features_.clear();
    previous_ = 0;
    int64_t words = 0;
    for (size_t i = 0; i < text.size() && words < most_words;) {
      if (!IsWordByte(static_cast<unsigned char>(text[i]))) {
        ++i;
        continue;
      }
      word_.clear();
      bool ascii = true;
      for (; i < text.size() && IsWordByte(static_cast<unsigned char>(text[i])); ++i) {
        ascii = ascii && static_cast<unsigned char>(text[i]) < 0x80;
        word_.push_back(Lower(text[i]));
      }
      AddWord(ascii);
      ++words;
    }
    std::ranges::sort(features_);
    const auto repeated = std::ranges::unique(features_);
    features_.erase(repeated.begin(), repeated.end());
    return features_;
  }

 private:
  void Add(uint64_t hash) { features_.push_back(static_cast<uint32_t>(hash >> 32) & mask_); }

  void AddWord(bool ascii) {
    const uint64_t hash = Xxh3(word_);
    Add(hash);
    if (previous_ != 0) Add((previous_ ^ (hash << 1 | hash >> 63)) * 0x9e3779b97f4a7c15ULL);
    previous_ = hash;
    if (ascii) return;
    size_t first = LetterLength(word_, 0);
    for (size_t at = 0; at + first < word_.size();) {
      const size_t second = LetterLength(word_, at + first);
      Add(Xxh3(std::string_view(word_).substr(at, first + second), 1));
      at += first;
      first = second;
    }
  }

  const uint32_t mask_;
  uint64_t previous_ = 0;
  std::string word_;
  std::vector<uint32_t> features_;
};

}  // namespace

SparseRows HashTexts(const std::vector<std::string_view>& texts, int bits, int64_t most_words) {
  const int64_t n = static_cast<int64_t>(texts.size());
  std::vector<SparseRows> parts(static_cast<size_t>((n + kChunk - 1) / kChunk));
  ParallelFor(n, kChunk, [&](int64_t begin, int64_t end) {
    SparseRows& part = parts[static_cast<size_t>(begin / kChunk)];
    Hasher hasher(bits);
    for (int64_t i = begin; i < end; ++i) {
      const std::vector<uint32_t>& found =
          hasher.Features(texts[static_cast<size_t>(i)], most_words);
      part.feature.insert(part.feature.end(), found.begin(), found.end());
      const float value = 1 / std::sqrt(static_cast<float>(std::max<size_t>(1, found.size())));
      part.value.resize(part.feature.size(), value);
      part.start.push_back(static_cast<int64_t>(part.feature.size()));
    }
  });
  SparseRows out{.width = uint32_t{1} << bits};
  for (const SparseRows& part : parts) {
    const int64_t before = static_cast<int64_t>(out.feature.size());
    out.feature.insert(out.feature.end(), part.feature.begin(), part.feature.end());
    out.value.insert(out.value.end(), part.value.begin(), part.value.end());
    for (int64_t r = 0; r < part.rows(); ++r) {
      out.start.push_back(before + part.start[static_cast<size_t>(r) + 1]);
    }
  }
  return out;
}

}  // namespace bottega
