#include <algorithm>
#include <functional>
#include <optional>
#include <string_view>

#include "base/text.h"
#include "data/row_condition_node.h"

namespace bottega {
namespace {

using Node = RowCondition::Node;
using Token = ConditionToken;

constexpr int kDeepest = 100;

class Parser {
 public:
  Parser(const std::string& text, ErrorKind kind, const Place& place)
      : text_(text), kind_(kind), place_(place), tokens_(TokenizeCondition(text, kind, place)) {}

  Node Parse() {
    if (Peek().kind == Token::Kind::kEnd) throw Wrong(Peek(), "it is empty");
    Node root = ParseOr();
    if (Peek().kind != Token::Kind::kEnd) {
      throw Wrong(Peek(), "expected and, or, or the end, not " + Shown(Peek()));
    }
    return root;
  }

 private:
  Error Wrong(const Token& token, const std::string& what) const {
    return ConditionError(text_, token.at, what, kind_, place_);
  }

  static std::string Shown(const Token& token) {
    return token.kind == Token::Kind::kEnd ? "the end" : "'" + Shorten(token.text, 40) + "'";
  }

  const Token& Peek() const { return tokens_[next_]; }
  const Token& Take() { return tokens_[next_ + 1 < tokens_.size() ? next_++ : next_]; }
  bool IsWord(std::string_view word) const {
    return Peek().kind == Token::Kind::kWord && LowerAscii(Peek().text) == word;
  }
  bool IsSign(std::string_view sign) const {
    return Peek().kind == Token::Kind::kSign && Peek().text == sign;
  }
  bool TakeWord(std::string_view word) {
    if (!IsWord(word)) return false;
    Take();
    return true;
  }
  bool TakeSignIf(std::string_view sign) {
    if (!IsSign(sign)) return false;
    Take();
    return true;
  }

  Node ParseOr() {
    return ParseList("or", Node::Kind::kOr, [this] { return ParseAnd(); });
  }
  Node ParseAnd() {
    return ParseList("and", Node::Kind::kAnd, [this] { return ParseNot(); });
  }

  Node ParseList(std::string_view word, Node::Kind kind, const std::function<Node()>& part) {
    Node first = part();
    if (!IsWord(word)) return first;
    Node list{.kind = kind};
    list.parts.push_back(std::move(first));
    while (TakeWord(word)) list.parts.push_back(part());
    return list;
  }

  Node ParseNot() {
    if (++depth_ > kDeepest) throw Wrong(Peek(), "it is nested too deeply");
    Node node;
    if (TakeWord("not")) {
      node = Not(ParseNot());
    } else if (TakeSignIf("(")) {
      node = ParseOr();
      if (!TakeSignIf(")")) throw Wrong(Peek(), "expected ')', not " + Shown(Peek()));
    } else {
      node = ParseTest();
    }
    --depth_;
    return node;
  }

  static Node Not(Node inner) {
    Node node{.kind = Node::Kind::kNot};
    node.parts.push_back(std::move(inner));
    return node;
  }

  Node ParseTest() {
    ConditionValue left = ParseValue(false);
    if (const std::optional<CompareOp> op = TakeOp()) return ParseComparison(left, *op);
    if (TakeWord("is")) {
      const bool negated = TakeWord("not");
      if (!TakeWord("missing") && !TakeWord("null")) {
        throw Wrong(Peek(), "expected missing after is, not " + Shown(Peek()));
      }
      RequireName(left);
      Node missing{.kind = Node::Kind::kMissing, .values = {left}};
      return negated ? Not(missing) : missing;
    }
    const bool negated = TakeWord("not");
    Node node;
    if (TakeWord("in")) {
      node = ParseIn(left);
    } else if (TakeWord("contains")) {
      RequireName(left);
      node = {.kind = Node::Kind::kContains, .values = {left, ParseValue(true)}};
    } else if (TakeWord("between")) {
      ConditionValue low = ParseValue(true);
      if (!TakeWord("and")) throw Wrong(Peek(), "expected and, not " + Shown(Peek()));
      node = Both(Comparison(left, CompareOp::kGreaterEqual, low),
                  Comparison(left, CompareOp::kLessEqual, ParseValue(true)));
    } else {
      throw Wrong(
          Peek(),
          "expected =, <, >, in, is or contains after '" + Shorten(left.text, 40) + "', not " +
              Shown(Peek()) +
              (Peek().kind == Token::Kind::kWord ? " (a name with spaces stands in quotes)" : ""));
    }
    return negated ? Not(node) : node;
  }

  Node ParseComparison(const ConditionValue& left, CompareOp op) {
    const ConditionValue middle = ParseValue(left.is_name());
    Node first = Comparison(left, op, middle);
    const std::optional<CompareOp> second = TakeOp();
    return second ? Both(first, Comparison(middle, *second, ParseValue(true))) : first;
  }

  Node Comparison(const ConditionValue& left, CompareOp op, const ConditionValue& right) const {
    if (!left.is_name() && !right.is_name()) {
      throw ConditionError(text_, left.at, "neither side of the comparison names a column", kind_,
                           place_);
    }
    return {.kind = Node::Kind::kCompare, .op = op, .values = {left, right}};
  }

  static Node Both(Node a, Node b) {
    Node node{.kind = Node::Kind::kAnd};
    node.parts.push_back(std::move(a));
    node.parts.push_back(std::move(b));
    return node;
  }

  Node ParseIn(const ConditionValue& left) {
    RequireName(left);
    const bool round = IsSign("(");
    if (!round && !IsSign("[")) throw Wrong(Peek(), "expected '[' after in, not " + Shown(Peek()));
    Take();
    Node node{.kind = Node::Kind::kIn, .values = {left}};
    do {
      node.values.push_back(ParseValue(true));
      if (node.values.back().is_name()) {
        throw ConditionError(text_, node.values.back().at, "a text in a list stands in quotes",
                             kind_, place_);
      }
    } while (TakeSignIf(","));
    if (!TakeSignIf(round ? ")" : "]")) {
      throw Wrong(Peek(), std::string("expected ',' or '") + (round ? ")" : "]") + "', not " +
                              Shown(Peek()));
    }
    return node;
  }

  void RequireName(const ConditionValue& value) const {
    if (value.is_name()) return;
    throw ConditionError(text_, value.at, "expected the name of a column", kind_, place_);
  }

  std::optional<CompareOp> TakeOp() {
    if (Peek().kind != Token::Kind::kSign) return std::nullopt;
    using Op = CompareOp;
    for (const auto& [sign, op] :
         {std::pair{"=", Op::kEqual}, std::pair{"==", Op::kEqual}, std::pair{"!=", Op::kNotEqual},
          std::pair{"<>", Op::kNotEqual}, std::pair{"<", Op::kLess},
          std::pair{"<=", Op::kLessEqual}, std::pair{">", Op::kGreater},
          std::pair{">=", Op::kGreaterEqual}}) {
      if (TakeSignIf(sign)) return op;
    }
    return std::nullopt;
  }

  // `quoted_is_text`: quotes hold a text rather than a name.
  ConditionValue ParseValue(bool quoted_is_text) {
    const Token& token = Peek();
    using Kind = ConditionValue::Kind;
    ConditionValue value{.kind = Kind::kName, .text = token.text, .at = token.at};
    switch (token.kind) {
      case Token::Kind::kQuoted:
        if (quoted_is_text) value.kind = Kind::kText;
        break;
      case Token::Kind::kWord:
        value.kind = KindOfWord(token, &value.number);
        break;
      case Token::Kind::kBackquoted:
        break;
      default:
        throw Wrong(token, "expected a column or a value, not " + Shown(token));
    }
    Take();
    return value;
  }

  ConditionValue::Kind KindOfWord(const Token& token, double* number) const {
    const std::string& word = token.text;
    for (const char* keyword : {"and", "or", "not", "in", "is", "contains", "between"}) {
      if (LowerAscii(word) == keyword) {
        throw Wrong(token, "expected a column or a value, not " + Shown(token) +
                               " (a column of that name stands in quotes)");
      }
    }
    const size_t sign = word[0] == '-' || word[0] == '+' ? 1 : 0;
    const bool begins_number =
        word.size() > sign &&
        (IsDigit(word[sign]) ||
         (word[sign] == '.' && word.size() > sign + 1 && IsDigit(word[sign + 1])));
    if (!begins_number) return ConditionValue::Kind::kName;
    if (const std::optional<double> value = ParseNumber(word)) {
      *number = *value;
      return ConditionValue::Kind::kNumber;
    }
    const auto of_date = [](char c) {
      return IsDigit(c) || c == '-' || c == ':' || c == '.' || c == 'T' || c == 'Z' || c == '+';
    };
    return std::ranges::all_of(word, of_date) ? ConditionValue::Kind::kText
                                              : ConditionValue::Kind::kName;
  }

  const std::string& text_;
  ErrorKind kind_;
  const Place& place_;
  const std::vector<Token> tokens_;
  size_t next_ = 0;
  int depth_ = 0;
};

}  // namespace

RowCondition::Node ParseConditionNode(const std::string& text, ErrorKind kind, const Place& place) {
  return Parser(text, kind, place).Parse();
}

}  // namespace bottega
