// The parsed form of a RowCondition; for the row_condition*.cc files.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "data/row_condition.h"

namespace bottega {

enum class CompareOp { kEqual, kNotEqual, kLess, kLessEqual, kGreater, kGreaterEqual };
inline bool IsOrder(CompareOp op) { return op != CompareOp::kEqual && op != CompareOp::kNotEqual; }

struct ConditionValue {
  enum class Kind { kName, kNumber, kText };
  Kind kind = Kind::kText;
  std::string text;  // the name or text; of a number, as written
  double number = 0;
  size_t at = 0;  // byte in the condition

  bool is_name() const { return kind == Kind::kName; }
};

struct RowCondition::Node {
  enum class Kind { kAnd, kOr, kNot, kCompare, kIn, kMissing, kContains };
  Kind kind = Kind::kCompare;
  std::vector<Node> parts;             // of and, or, not
  CompareOp op = CompareOp::kEqual;    // of a comparison
  std::vector<ConditionValue> values;  // left side, then what it is held against
};

struct ConditionToken {
  enum class Kind { kWord, kQuoted, kBackquoted, kSign, kEnd };
  Kind kind = Kind::kEnd;
  std::string text;
  size_t at = 0;  // byte in the condition
};

// What is wrong with `text` at the byte `at`.
Error ConditionError(const std::string& text, size_t at, const std::string& what, ErrorKind kind,
                     const Place& place, const std::string& hint = "");

// The last token is kEnd.
std::vector<ConditionToken> TokenizeCondition(const std::string& text, ErrorKind kind,
                                              const Place& place);
RowCondition::Node ParseConditionNode(const std::string& text, ErrorKind kind, const Place& place);

// Per row 0 false, 1 unknown, 2 true (Kleene): and is the least, or the greatest, not 2 - x.
inline constexpr uint8_t kConditionTrue = 2;
std::vector<uint8_t> EvaluateCondition(const RowCondition::Node& root, const Dataset& data,
                                       const MoreNames* more, const std::string& text,
                                       ErrorKind kind, const Place& place);

}  // namespace bottega
