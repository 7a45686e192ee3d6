#include <algorithm>
#include <cctype>
#include <string_view>

#include "base/text.h"
#include "data/row_condition_node.h"

namespace bottega {

Error ConditionError(const std::string& text, size_t at, const std::string& what, ErrorKind kind,
                     const Place& place, const std::string& hint) {
  const auto starts_letter = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(at, text.size()));
  return Error(kind,
               "condition '" + Shorten(text, 120) + "', character " +
                   std::to_string(std::count_if(text.begin(), end, starts_letter) + 1) + ": " +
                   what,
               place,
               hint.empty() ? "conditions look like: age >= 65 and sex = 'F'; city in ['Rome', "
                              "'Milan']; income is missing; not (a < 1 or b > 2)"
                            : hint);
}

namespace {

using Kind = ConditionToken::Kind;

bool IsWordByte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || std::isalnum(byte) != 0 || c == '_' || c == '-' || c == '.' || c == ':' ||
         c == '+';
}

class Tokenizer {
 public:
  Tokenizer(const std::string& text, ErrorKind kind, const Place& place)
      : text_(text), kind_(kind), place_(place) {}

  std::vector<ConditionToken> Tokenize() {
    size_t at = 0;
    while (at < text_.size()) {
      const char c = text_[at];
      if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        ++at;
      } else if (c == '\'' || c == '"' || c == '`') {
        at = TakeQuoted(at);
      } else if (IsWordByte(c)) {
        size_t end = at;
        while (end < text_.size() && IsWordByte(text_[end])) ++end;
        tokens_.push_back({Kind::kWord, text_.substr(at, end - at), at});
        at = end;
      } else {
        at = TakeSign(at);
      }
    }
    tokens_.push_back({Kind::kEnd, "", text_.size()});
    return std::move(tokens_);
  }

 private:
  Error Wrong(size_t at, const std::string& what) const {
    return ConditionError(text_, at, what, kind_, place_);
  }

  size_t TakeQuoted(size_t at) {
    const char quote = text_[at];
    ConditionToken token{quote == '`' ? Kind::kBackquoted : Kind::kQuoted, "", at};
    for (size_t i = at + 1; i < text_.size(); ++i) {
      if (text_[i] != quote) {
        token.text += text_[i];
      } else if (i + 1 < text_.size() && text_[i + 1] == quote) {
        token.text += text_[i++];
      } else {
        tokens_.push_back(std::move(token));
        return i + 1;
      }
    }
    throw Wrong(at, "the quote is not closed");
  }

  size_t TakeSign(size_t at) {
    for (const std::string_view sign :
         {"==", "!=", "<>", "<=", ">=", "=", "<", ">", "(", ")", "[", "]", ","}) {
      if (!std::string_view(text_).substr(at).starts_with(sign)) continue;
      tokens_.push_back({Kind::kSign, std::string(sign), at});
      return at + sign.size();
    }
    throw Wrong(at, "'" + text_.substr(at, 1) + "' has no meaning here" +
                        (text_[at] == '&' || text_[at] == '|' ? "; write and, or" : ""));
  }

  const std::string& text_;
  ErrorKind kind_;
  const Place& place_;
  std::vector<ConditionToken> tokens_;
};

}  // namespace

std::vector<ConditionToken> TokenizeCondition(const std::string& text, ErrorKind kind,
                                              const Place& place) {
  return Tokenizer(text, kind, place).Tokenize();
}

}  // namespace bottega
