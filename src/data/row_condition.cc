#include "data/row_condition.h"

#include <arrow/table.h>
#include <arrow/type.h>

#include <algorithm>

#include "base/text.h"
#include "data/row_condition_node.h"

namespace bottega {
namespace {

using Node = RowCondition::Node;

void CollectNames(const Node& node, std::vector<std::string>* names) {
  for (const Node& part : node.parts) CollectNames(part, names);
  for (const ConditionValue& value : node.values) {
    if (value.is_name() && std::ranges::count(*names, value.text) == 0) {
      names->push_back(value.text);
    }
  }
}

void CollectLiterals(const Node& node, std::vector<ConditionValue>* literals) {
  for (const Node& part : node.parts) CollectLiterals(part, literals);
  for (const ConditionValue& value : node.values) {
    if (!value.is_name()) literals->push_back(value);
  }
}

// Pairs of a name and a text that it is compared with for equality.
void CollectEqualities(const Node& node,
                       std::vector<std::pair<std::string, std::string>>* equalities) {
  for (const Node& part : node.parts) CollectEqualities(part, equalities);
  const bool compares = node.kind == Node::Kind::kCompare && !IsOrder(node.op);
  if (!compares && node.kind != Node::Kind::kIn) return;
  for (size_t v = 1; v < node.values.size(); ++v) {
    const bool first = node.values[0].is_name();
    const ConditionValue& name = node.values[first ? 0 : v];
    const ConditionValue& value = node.values[first ? v : 0];
    if (name.is_name() && !value.is_name()) equalities->emplace_back(name.text, value.text);
  }
}

}  // namespace

std::string ConditionName(const std::string& name) {
  const auto plain = [](const std::string& text) {
    try {
      const std::vector<ConditionToken> tokens =
          TokenizeCondition(text, ErrorKind::kRecipe, Place());
      return tokens.size() == 2 && tokens[0].kind == ConditionToken::Kind::kWord &&
             RowCondition::Parse(text + " is missing").Names().size() == 1;
    } catch (const Error&) {
      return false;
    }
  };
  return plain(name) ? name : "\"" + Replace(name, "\"", "\"\"") + "\"";
}

std::string ConditionText(const std::string& text) { return "'" + Replace(text, "'", "''") + "'"; }

RowCondition RowCondition::Parse(const std::string& text, ErrorKind kind, const Place& place) {
  auto root = std::make_shared<const Node>(ParseConditionNode(text, kind, place));
  return RowCondition(text, kind, place, std::move(root));
}

std::vector<std::string> RowCondition::Names() const {
  std::vector<std::string> names;
  CollectNames(*root_, &names);
  return names;
}

std::vector<std::string> RowCondition::Literals() const {
  std::vector<ConditionValue> literals;
  CollectLiterals(*root_, &literals);
  std::vector<std::string> texts;
  for (ConditionValue& literal : literals) texts.push_back(std::move(literal.text));
  return texts;
}

std::string RowCondition::Outline() const {
  std::vector<ConditionValue> literals;
  CollectLiterals(*root_, &literals);
  std::vector<std::string> words;
  for (const ConditionToken& token : TokenizeCondition(text_, kind_, place_)) {
    if (token.kind == ConditionToken::Kind::kEnd) break;
    const bool literal =
        std::ranges::any_of(literals, [&](const ConditionValue& v) { return v.at == token.at; });
    const bool name = token.kind == ConditionToken::Kind::kQuoted ||
                      token.kind == ConditionToken::Kind::kBackquoted;
    words.push_back(literal ? "..." : name ? ConditionName(token.text) : token.text);
  }
  return Join(words, " ");
}

std::vector<uint8_t> RowCondition::Holds(const Dataset& data, const MoreNames* more) const {
  std::vector<uint8_t> out = EvaluateCondition(*root_, data, more, text_, kind_, place_);
  for (uint8_t& truth : out) truth = truth == kConditionTrue;
  return out;
}

std::vector<int64_t> RowCondition::Positions(const Dataset& data, const MoreNames* more) const {
  const std::vector<uint8_t> holds = Holds(data, more);
  std::vector<int64_t> positions;
  for (size_t i = 0; i < holds.size(); ++i) {
    if (holds[i] != 0) positions.push_back(static_cast<int64_t>(i));
  }
  return positions;
}

std::vector<std::string> RowCondition::Remarks(const Dataset& data) const {
  std::vector<std::pair<std::string, std::string>> equalities;
  CollectEqualities(*root_, &equalities);
  std::vector<std::string> remarks;
  for (const auto& [name, text] : equalities) {
    const int column = data.Find(name);
    if (column < 0 || data.table->column(column)->type()->id() != arrow::Type::STRING) continue;
    const std::vector<std::string> values = CodesOf(data, column).values;
    if (std::ranges::binary_search(values, text)) continue;
    const std::vector<std::string> near = NearestNames(text, values, 1);
    remarks.push_back("'" + name + "' is never '" + Shorten(text, 40) + "'" +
                      (near.empty() ? "" : "; did you mean '" + Shorten(near[0], 40) + "'?"));
  }
  return remarks;
}

}  // namespace bottega
