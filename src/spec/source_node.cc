#include "spec/source_node.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"

namespace bottega {

namespace {

constexpr int kMaxDepth = 100;
constexpr int64_t kMaxNodes = 1'000'000;

struct Converter {
  std::string file;
  int64_t nodes = 0;

  [[noreturn]] void Fail(const YAML::Mark& mark, const std::string& message) const {
    throw Error(ErrorKind::kRecipe, message,
                {.file = file, .line = mark.line + 1, .column = std::to_string(mark.column + 1)});
  }

  void RequireUtf8(const YAML::Node& scalar) const {
    if (FirstInvalidUtf8(scalar.Scalar()) >= 0) {
      Fail(scalar.Mark(), "the text here is not UTF-8: save the file in that encoding");
    }
  }

  SourceNode Convert(const YAML::Node& from, int depth) {
    if (depth > kMaxDepth) Fail(from.Mark(), "nested deeper than 100 levels");
    if (++nodes > kMaxNodes) Fail(from.Mark(), "aliases expand to more than a million values");
    SourceNode node;
    node.line = from.Mark().line + 1;
    node.column = from.Mark().column + 1;
    node.origin = file + ":" + std::to_string(node.line) + ":" + std::to_string(node.column);
    if (from.IsScalar()) {
      RequireUtf8(from);
      node.kind = SourceNode::Kind::kScalar;
      node.text = from.Scalar();
      node.quoted = from.Tag() == "!";
    } else if (from.IsSequence()) {
      node.kind = SourceNode::Kind::kList;
      for (const YAML::Node& item : from) node.items.push_back(Convert(item, depth + 1));
    } else if (from.IsMap()) {
      node.kind = SourceNode::Kind::kMap;
      for (const auto& field : from) {
        if (!field.first.IsScalar()) Fail(field.first.Mark(), "a key must be text");
        RequireUtf8(field.first);
        const std::string& key = field.first.Scalar();
        if (node.Field(key) != nullptr) {
          Fail(field.first.Mark(), "the key '" + key + "' is written twice");
        }
        SourceNode value = Convert(field.second, depth + 1);
        value.key_line = field.first.Mark().line + 1;
        value.key_column = field.first.Mark().column + 1;
        if (value.kind == SourceNode::Kind::kNull || field.second.Mark().line < 0) {
          value.line = value.key_line;
          value.column = value.key_column;
        }
        node.fields.push_back({key, std::move(value)});
      }
    }
    return node;
  }
};

}  // namespace

const SourceNode* SourceNode::Field(std::string_view name) const {
  for (const auto& [key, value] : fields) {
    if (key == name) return &value;
  }
  return nullptr;
}

SourceNode ParseYaml(std::string_view text, const std::string& file) {
  Converter converter{file};
  try {
    return converter.Convert(YAML::Load(std::string(text)), 0);
  } catch (const YAML::Exception& e) {
    converter.Fail(e.mark, "not valid YAML: " + e.msg);
  }
}

void Override(SourceNode* root, const std::string& assignment) {
  const size_t equals = assignment.find('=');
  if (equals == std::string::npos || equals == 0) {
    throw Error(ErrorKind::kUsage, "--set needs PATH=VALUE, not '" + assignment + "'", {},
                "`bottega recipe show --set train.epochs=5` shows the recipe with it");
  }
  SourceNode* node = root;
  for (const std::string& key : Split(assignment.substr(0, equals), '.')) {
    if (node->kind == SourceNode::Kind::kScalar) {
      SourceNode name = *node;
      *node = SourceNode{.kind = SourceNode::Kind::kMap, .origin = node->origin};
      node->fields.push_back({"name", std::move(name)});
    }
    node->kind = SourceNode::Kind::kMap;
    auto it = std::ranges::find(node->fields, key, &SourceField::key);
    if (it == node->fields.end()) {
      node->fields.push_back({key, {}});
      it = std::prev(node->fields.end());
    }
    node = &it->value;
  }
  *node = ParseYaml(assignment.substr(equals + 1), "--set " + assignment);
  node->origin = "--set";
  node->line = node->column = -1;
}

Json ToJson(const SourceNode& node) {
  switch (node.kind) {
    case SourceNode::Kind::kNull:
      return nullptr;
    case SourceNode::Kind::kList: {
      Json list = Json::array();
      for (const SourceNode& item : node.items) list.push_back(ToJson(item));
      return list;
    }
    case SourceNode::Kind::kMap: {
      Json map = Json::object();
      for (const auto& [key, value] : node.fields) map[key] = ToJson(value);
      return map;
    }
    case SourceNode::Kind::kScalar:
      break;
  }
  if (node.quoted) return node.text;
  if (node.text == "true" || node.text == "false") return node.text == "true";
  if (const auto integer = ParseInteger(node.text)) return *integer;
  if (const auto number = ParseNumber(node.text)) return *number;
  return node.text;
}

}  // namespace bottega
