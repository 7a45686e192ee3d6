#include "profile/shape.h"

#include <algorithm>

#include "base/text.h"

namespace bottega {
namespace {

// '9', 'a', ' ' or the character itself; bytes beyond ASCII count as letters.
char KindOf(char c) {
  const auto byte = static_cast<unsigned char>(c);
  if (IsDigit(c)) return '9';
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || byte >= 0x80) return 'a';
  return c == '\t' ? ' ' : c;
}

bool Continues(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

}  // namespace

std::string ShapeOf(std::string_view text) {
  std::string shape;
  for (const char c : text) {
    const char kind = KindOf(c);
    const bool run = kind == '9' || kind == 'a' || kind == ' ';
    if (!run || shape.empty() || shape.back() != kind) shape += kind;
  }
  return shape;
}

std::string ExactShapeOf(std::string_view text) {
  std::string shape;
  for (const char c : text) {
    if (!Continues(c)) shape += KindOf(c);
  }
  return shape;
}

std::vector<std::string> ShapeTokens(std::string_view shape) {
  std::vector<std::string> tokens;
  bool inside = false;
  for (const char c : shape) {
    const bool token = c == '9' || c == 'a';
    if (token && !inside) tokens.emplace_back();
    if (token) tokens.back() += c;
    inside = token;
  }
  return tokens;
}

bool MatchesButKinds(std::string_view damaged, std::string_view whole) {
  if (damaged.size() != whole.size()) return false;
  size_t same = 0;
  for (size_t i = 0; i < damaged.size(); ++i) {
    if (damaged[i] == whole[i]) {
      ++same;
    } else if (KindOf(damaged[i]) == KindOf(whole[i])) {
      return false;
    }
  }
  return same > 0 && same < damaged.size();
}

}  // namespace bottega
