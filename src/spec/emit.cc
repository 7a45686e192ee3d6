#include "spec/emit.h"

#include <algorithm>

#include "base/text.h"

namespace bottega {

namespace {

constexpr size_t kFlowWidth = 70;

bool NeedsQuotes(const std::string& text) {
  if (text.empty() || Trim(text).size() != text.size()) return true;
  if (ParseNumber(text)) return true;
  constexpr const char* kWords[] = {"true", "false", "null", "yes", "no", "on", "off", "~"};
  const std::string lower = LowerAscii(text);
  if (std::ranges::any_of(kWords, [&](const char* word) { return lower == word; })) return true;
  if (std::string_view("-?:,[]{}#&*!|>'\"%@`").find(text[0]) != std::string_view::npos) return true;
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < ' '; };
  return std::ranges::any_of(text, is_control) ||
         text.find_first_of("\\\"{}[],") != std::string::npos ||
         text.find(": ") != std::string::npos || text.find(" #") != std::string::npos ||
         text.back() == ':';
}

std::string Flow(const Json& value) {
  if (value.is_array()) {
    std::vector<std::string> items;
    for (const Json& item : value) items.push_back(Flow(item));
    return "[" + Join(items, ", ") + "]";
  }
  if (value.is_object()) {
    std::vector<std::string> fields;
    for (const auto& [key, item] : value.items())
      fields.push_back(YamlScalar(key) + ": " + Flow(item));
    return "{" + Join(fields, ", ") + "}";
  }
  return YamlScalar(value);
}

bool HasObject(const Json& value) {
  return std::ranges::any_of(value, [](const Json& item) { return item.is_structured(); });
}

class Emitter {
 public:
  explicit Emitter(const CommentOf& comment) : comment_(comment) {}
  std::string text;

  void Map(const Json& map, const std::string& path, size_t indent) {
    for (const auto& [key, value] : map.items()) {
      const std::string here = path.empty() ? key : path + "." + key;
      text += std::string(indent, ' ') + YamlScalar(key) + ":";
      if (value.is_object() && !value.empty()) {
        Comment(here);
        Map(value, here, indent + 2);
      } else if (value.is_array() && HasObject(value)) {
        Comment(here);
        List(value, here, indent + 2);
      } else {
        text += " " + Flow(value);
        Comment(here);
      }
    }
  }

  void List(const Json& list, const std::string& path, size_t indent) {
    for (size_t i = 0; i < list.size(); ++i) {
      const std::string here = path + "." + std::to_string(i);
      if (list[i].is_object() && Flow(list[i]).size() > kFlowWidth) {
        const size_t start = text.size();
        Map(list[i], here, indent + 2);
        text[start + indent] = '-';
      } else {
        text += std::string(indent, ' ') + "- " + Flow(list[i]);
        Comment(here);
      }
    }
  }

 private:
  void Comment(const std::string& path) {
    const std::string comment = comment_ ? comment_(path) : "";
    text += comment.empty() ? "\n" : "  # " + comment + "\n";
  }
  const CommentOf& comment_;
};

}  // namespace

std::string YamlScalar(const Json& value) {
  if (value.is_null()) return "null";
  if (value.is_string()) {
    const std::string& text = value.get_ref<const std::string&>();
    return NeedsQuotes(text) ? value.dump() : text;
  }
  std::string text = value.dump();
  // YAML 1.1 readers take 1e-08 for text, and 1.0e-08 for a number.
  const size_t exponent = text.find('e');
  if (value.is_number_float() && exponent != std::string::npos &&
      text.find('.') == std::string::npos) {
    text.insert(exponent, ".0");
  }
  return text;
}

std::string EmitYaml(const Json& value, const CommentOf& comment) {
  if (!value.is_object()) return Flow(value) + "\n";
  Emitter emitter(comment);
  emitter.Map(value, "", 0);
  return emitter.text;
}

}  // namespace bottega
