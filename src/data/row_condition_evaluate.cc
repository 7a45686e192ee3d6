#include <arrow/array.h>
#include <arrow/table.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <set>
#include <string_view>

#include "base/text.h"
#include "data/arrow_support.h"
#include "data/infer/dates.h"
#include "data/row_condition_node.h"

namespace bottega {
namespace {

using Node = RowCondition::Node;

constexpr uint8_t kFalse = 0, kUnknown = 1, kTrue = kConditionTrue;
using Truths = std::vector<uint8_t>;

constexpr double kMicrosecondsPerDay = 86'400e6;

template <class T>
bool Compare(CompareOp op, const T& a, const T& b) {
  switch (op) {
    case CompareOp::kEqual:
      return a == b;
    case CompareOp::kNotEqual:
      return a != b;
    case CompareOp::kLess:
      return a < b;
    case CompareOp::kLessEqual:
      return a <= b;
    case CompareOp::kGreater:
      return a > b;
    case CompareOp::kGreaterEqual:
      return a >= b;
  }
  return false;
}

CompareOp Mirrored(CompareOp op) {
  switch (op) {
    case CompareOp::kLess:
      return CompareOp::kGreater;
    case CompareOp::kLessEqual:
      return CompareOp::kGreaterEqual;
    case CompareOp::kGreater:
      return CompareOp::kLess;
    case CompareOp::kGreaterEqual:
      return CompareOp::kLessEqual;
    default:
      return op;
  }
}

// A column or property as the condition sees it.
struct Operand {
  FeatureType type = FeatureType::kText;
  std::shared_ptr<arrow::Array> array;

  bool is_text() const { return array->type_id() == arrow::Type::STRING; }
  std::string_view Text(int64_t i) const {
    return static_cast<const arrow::StringArray&>(*array).GetView(i);
  }
  // Days for dates; NaN where missing or where a text is no number.
  double Number(int64_t i) const {
    if (array->IsNull(i)) return std::numeric_limits<double>::quiet_NaN();
    if (array->type_id() == arrow::Type::DOUBLE) {
      return static_cast<const arrow::DoubleArray&>(*array).Value(i);
    }
    if (array->type_id() == arrow::Type::TIMESTAMP) {
      return static_cast<double>(static_cast<const arrow::TimestampArray&>(*array).Value(i)) /
             kMicrosecondsPerDay;
    }
    return ParseNumber(Text(i)).value_or(std::numeric_limits<double>::quiet_NaN());
  }
};

struct DateValue {
  double days = 0;
  bool whole_day = false;
};

// A date in a usual way of writing; day-first and month-first ones that could be either are not
// guessed.
std::optional<DateValue> ReadDate(const std::string& text) {
  std::optional<DateValue> found;
  for (const std::string& format : DateFormats()) {
    const std::optional<int64_t> us = ParseDate(text, format);
    if (!us) continue;
    const DateValue value{
        static_cast<double>(*us) / kMicrosecondsPerDay,
        format.find("%H") == std::string::npos && format.find("%I") == std::string::npos};
    if (found && found->days != value.days) return std::nullopt;
    found = value;
  }
  return found;
}

class Evaluator {
 public:
  Evaluator(const Dataset& data, const MoreNames* more, const std::string& text, ErrorKind kind,
            const Place& place)
      : data_(data), more_(more), text_(text), kind_(kind), place_(place) {}

  Truths Evaluate(const Node& node) {
    switch (node.kind) {
      case Node::Kind::kNot: {
        Truths out = Evaluate(node.parts[0]);
        for (uint8_t& truth : out) truth = static_cast<uint8_t>(kTrue - truth);
        return out;
      }
      case Node::Kind::kAnd:
      case Node::Kind::kOr:
        return Combine(node);
      case Node::Kind::kMissing:
        return OfRows(Bind(node.values[0]),
                      [](const Operand& column, int64_t i) { return IsMissing(column, i); });
      case Node::Kind::kContains:
        return Contains(node);
      case Node::Kind::kIn:
        return In(node);
      case Node::Kind::kCompare:
        return Comparison(node);
    }
    return {};
  }

 private:
  Error Wrong(const ConditionValue& at, const std::string& what,
              const std::string& hint = "") const {
    return ConditionError(text_, at.at, what, kind_, place_, hint);
  }

  Truths Combine(const Node& node) {
    Truths out = Evaluate(node.parts[0]);
    for (size_t p = 1; p < node.parts.size(); ++p) {
      const Truths other = Evaluate(node.parts[p]);
      for (size_t i = 0; i < out.size(); ++i) {
        out[i] =
            node.kind == Node::Kind::kAnd ? std::min(out[i], other[i]) : std::max(out[i], other[i]);
      }
    }
    return out;
  }

  Operand Bind(const ConditionValue& value) const {
    if (const int column = data_.Find(value.text); column >= 0) {
      return {data_.columns[static_cast<size_t>(column)].type,
              OneChunk(data_.table->column(column))};
    }
    if (more_ != nullptr && std::ranges::count(more_->names, value.text) > 0) {
      const RowValues found = more_->values(value.text);
      return {found.type, found.values};
    }
    std::vector<std::string> names;
    for (const Column& column : data_.columns) names.push_back(column.name);
    if (more_ != nullptr) names.insert(names.end(), more_->names.begin(), more_->names.end());
    const std::vector<std::string> near = NearestNames(value.text, names);
    throw Wrong(value, "there is no column '" + Shorten(value.text, 60) + "'",
                near.empty()
                    ? "a text stands in quotes; the columns are " + Shorten(Join(names, ", "), 400)
                    : "did you mean '" + Join(near, "' or '") + "'?");
  }

  static bool IsMissing(const Operand& column, int64_t i) {
    return column.array->IsNull(i) || (!column.is_text() && std::isnan(column.Number(i)));
  }

  template <class Test>
  Truths OfRows(const Operand& column, const Test& test) const {
    Truths out(static_cast<size_t>(column.array->length()));
    for (int64_t i = 0; i < column.array->length(); ++i) {
      out[static_cast<size_t>(i)] = test(column, i) ? kTrue : kFalse;
    }
    return out;
  }

  // `test` on the filled cells; unknown for the others.
  template <class Test>
  Truths OfTexts(const Operand& column, const Test& test) const {
    Truths out(static_cast<size_t>(column.array->length()), kUnknown);
    for (int64_t i = 0; i < column.array->length(); ++i) {
      if (column.array->IsNull(i)) continue;
      out[static_cast<size_t>(i)] = test(column.Text(i)) ? kTrue : kFalse;
    }
    return out;
  }

  template <class Test>
  Truths OfNumbers(const Operand& column, const Test& test) const {
    Truths out(static_cast<size_t>(column.array->length()), kUnknown);
    for (int64_t i = 0; i < column.array->length(); ++i) {
      const double number = column.Number(i);
      if (!std::isnan(number)) out[static_cast<size_t>(i)] = test(number) ? kTrue : kFalse;
    }
    return out;
  }

  double NumberOf(const ConditionValue& name, const ConditionValue& value) const {
    if (value.kind == ConditionValue::Kind::kNumber) return value.number;
    if (const std::optional<double> number = ParseNumber(value.text)) return *number;
    throw Wrong(value, "'" + name.text + "' holds numbers, and this is none");
  }

  DateValue DateOf(const ConditionValue& name, const ConditionValue& value) const {
    if (const std::optional<DateValue> date = ReadDate(value.text)) return *date;
    throw Wrong(value, "'" + name.text + "' holds dates, and this is none",
                "write dates as 2024-01-31 or 2024-01-31T12:30");
  }

  Truths Comparison(const Node& node) const {
    const ConditionValue& a = node.values[0];
    const ConditionValue& b = node.values[1];
    if (a.is_name() && b.is_name()) return CompareColumns(node);
    return a.is_name() ? CompareValue(a, node.op, b) : CompareValue(b, Mirrored(node.op), a);
  }

  Truths CompareValue(const ConditionValue& name, CompareOp op, const ConditionValue& value) const {
    const Operand column = Bind(name);
    if (column.type == FeatureType::kDate) {
      const DateValue date = DateOf(name, value);
      return OfNumbers(column, [&](double days) {
        return Compare(op, date.whole_day ? std::floor(days) : days, date.days);
      });
    }
    if (!column.is_text()) {
      const double number = NumberOf(name, value);
      return OfNumbers(column, [&](double cell) { return Compare(op, cell, number); });
    }
    if (value.kind == ConditionValue::Kind::kNumber && IsOrder(op)) {
      return OfNumbers(column, [&](double cell) { return Compare(op, cell, value.number); });
    }
    const std::string_view text = value.text;
    return OfTexts(column, [&](std::string_view cell) { return Compare(op, cell, text); });
  }

  Truths CompareColumns(const Node& node) const {
    const Operand a = Bind(node.values[0]), b = Bind(node.values[1]);
    const bool dates = a.type == FeatureType::kDate;
    if (a.is_text() != b.is_text() || dates != (b.type == FeatureType::kDate)) {
      throw Wrong(node.values[1], "'" + node.values[0].text + "' and '" + node.values[1].text +
                                      "' do not compare: one is " +
                                      std::string(FeatureTypeName(a.type)) + ", the other " +
                                      std::string(FeatureTypeName(b.type)));
    }
    Truths out(static_cast<size_t>(a.array->length()), kUnknown);
    for (int64_t i = 0; i < a.array->length(); ++i) {
      if (IsMissing(a, i) || IsMissing(b, i)) continue;
      const bool holds = a.is_text() ? Compare(node.op, a.Text(i), b.Text(i))
                                     : Compare(node.op, a.Number(i), b.Number(i));
      out[static_cast<size_t>(i)] = holds ? kTrue : kFalse;
    }
    return out;
  }

  Truths In(const Node& node) const {
    const ConditionValue& name = node.values[0];
    const Operand column = Bind(name);
    if (column.is_text()) {
      std::set<std::string_view> texts;
      for (size_t v = 1; v < node.values.size(); ++v) texts.insert(node.values[v].text);
      return OfTexts(column, [&](std::string_view cell) { return texts.contains(cell); });
    }
    Truths out;
    for (size_t v = 1; v < node.values.size(); ++v) {
      const Truths one = CompareValue(name, CompareOp::kEqual, node.values[v]);
      if (out.empty()) out.resize(one.size(), kFalse);
      for (size_t i = 0; i < out.size(); ++i) out[i] = std::max(out[i], one[i]);
    }
    return out;
  }

  Truths Contains(const Node& node) const {
    const Operand column = Bind(node.values[0]);
    if (!column.is_text()) {
      throw Wrong(node.values[0],
                  "'" + node.values[0].text + "' holds no texts: contains does not apply");
    }
    const std::string part = LowerAscii(node.values[1].text);
    const auto same = [](char cell, char wanted) {
      return (cell >= 'A' && cell <= 'Z' ? static_cast<char>(cell + 32) : cell) == wanted;
    };
    return OfTexts(column, [&](std::string_view cell) {
      return std::search(cell.begin(), cell.end(), part.begin(), part.end(), same) != cell.end();
    });
  }

  const Dataset& data_;
  const MoreNames* more_;
  const std::string& text_;
  ErrorKind kind_;
  const Place& place_;
};

}  // namespace

std::vector<uint8_t> EvaluateCondition(const RowCondition::Node& root, const Dataset& data,
                                       const MoreNames* more, const std::string& text,
                                       ErrorKind kind, const Place& place) {
  return Evaluator(data, more, text, kind, place).Evaluate(root);
}

}  // namespace bottega
