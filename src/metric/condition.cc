#include "metric/condition.h"

#include <algorithm>
#include <array>

#include "base/error.h"
#include "base/text.h"

namespace bottega {

namespace {

using Op = Condition::Op;
using Bound = Condition::Bound;

// Longer ones first: ">" begins ">=".
constexpr std::array<std::pair<std::string_view, Op>, 6> kOps = {{{">=", Op::kGreaterEqual},
                                                                  {"<=", Op::kLessEqual},
                                                                  {"==", Op::kEqual},
                                                                  {"!=", Op::kNotEqual},
                                                                  {">", Op::kGreater},
                                                                  {"<", Op::kLess}}};
constexpr const char* kGrammar =
    "write PATH: \"OP NUMBER\" with OP one of >= > <= < == !=, as in validation.f1: \">= 0.60\", "
    "lower(test.accuracy): \">= 0.9\" or audit: error";

std::string_view OpText(Op op) {
  for (const auto& [text, value] : kOps) {
    if (value == op) return text;
  }
  return "?";
}

Error Malformed(const std::string& text, const std::string& why) {
  return Error(ErrorKind::kRecipe, "'" + text + "' is no condition: " + why, {}, kGrammar);
}

void ParseLeft(const std::string& left, const std::string& whole, Condition* condition) {
  std::string path(Trim(left));
  const size_t open = path.find('(');
  const std::string function = open == std::string::npos ? "" : path.substr(0, open);
  if (function == "lower" || function == "upper") {
    if (path.back() != ')')
      throw Malformed(whole, "the bracket after " + function + " is not closed");
    condition->bound = function == "lower" ? Bound::kLower : Bound::kUpper;
    path = Trim(std::string_view(path).substr(open + 1, path.size() - open - 2));
  }
  if (path.empty()) throw Malformed(whole, "the path is missing");
  condition->path = path;
}

void ParseRight(const std::string& right, const std::string& whole, Condition* condition) {
  const std::string_view text = Trim(right);
  for (const auto& [symbol, op] : kOps) {
    if (!text.starts_with(symbol)) continue;
    const std::string_view number = Trim(text.substr(symbol.size()));
    const std::optional<double> value = ParseNumber(number);
    if (!value || *value != *value) {
      throw Malformed(whole, "'" + std::string(number) + "' is no number");
    }
    condition->op = op;
    condition->number = *value;
    return;
  }
  throw Malformed(whole, "'" + std::string(text) + "' does not begin with >=, >, <=, <, == or !=");
}

}  // namespace

std::string Condition::What() const {
  if (bound == Bound::kLower) return "lower(" + path + ")";
  if (bound == Bound::kUpper) return "upper(" + path + ")";
  return path;
}

std::string Condition::Needed() const {
  return std::string(OpText(op)) + " " + FormatNumber(number, 6);
}

std::string Condition::ToString() const { return What() + " " + Needed(); }

Condition ParseCondition(const std::string& left, const std::string& right) {
  const std::string whole = left + ": " + right;
  Condition condition;
  ParseLeft(left, whole, &condition);
  ParseRight(right, whole, &condition);
  return condition;
}

Condition ParseCondition(const std::string& text) {
  // Class names may hold any of these characters: the operator is the last one.
  const size_t at = text.find_last_of("<>=!");
  if (at == std::string::npos) throw Malformed(text, "it has no operator");
  const size_t begin = text.find_last_not_of("<>=!", at);
  if (begin == std::string::npos) throw Malformed(text, "the path is missing");
  Condition condition;
  ParseLeft(text.substr(0, begin + 1), text, &condition);
  ParseRight(text.substr(begin + 1), text, &condition);
  return condition;
}

bool Holds(const Condition& condition, double actual) {
  switch (condition.op) {
    case Op::kGreaterEqual:
      return actual >= condition.number;
    case Op::kGreater:
      return actual > condition.number;
    case Op::kLessEqual:
      return actual <= condition.number;
    case Op::kLess:
      return actual < condition.number;
    case Op::kEqual:
      return actual == condition.number;
    case Op::kNotEqual:
      return actual != condition.number;
  }
  return false;
}

}  // namespace bottega
