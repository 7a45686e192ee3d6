#include "data/io/json_edit.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"

namespace bottega {

namespace {

// The value that the column `name` stands for; nullptr where the object has none.
Json* ValueAt(Json* object, const std::string& name) {
  if (!object->is_object()) return nullptr;
  if (const auto at = object->find(name); at != object->end()) return &*at;
  for (size_t dot = name.find('.'); dot != std::string::npos; dot = name.find('.', dot + 1)) {
    const auto at = object->find(name.substr(0, dot));
    if (at == object->end()) continue;
    if (Json* inner = ValueAt(&*at, name.substr(dot + 1))) return inner;
  }
  return nullptr;
}

Json NewValue(const Json& old, const std::string& text) {
  if (text.empty()) return nullptr;
  if (old.is_number() || old.is_boolean() || old.is_null()) {
    const Json parsed = Json::parse(text, nullptr, false);
    if (parsed.is_number() || (old.is_boolean() && parsed.is_boolean())) return parsed;
  }
  return text;
}

void Edit(const std::vector<std::pair<int, std::string>>& cells,
          const std::vector<std::string>& names, Json* object) {
  for (const auto& [column, text] : cells) {
    const std::string& name = names[static_cast<size_t>(column)];
    if (Json* value = ValueAt(object, name)) {
      *value = NewValue(*value, text);
    } else if (!text.empty() && object->is_object()) {
      (*object)[name] = NewValue(nullptr, text);
    }
  }
}

std::string EditArray(std::string_view text, const std::vector<std::string>& names,
                      const TextEdits& edits) {
  Json list = ParseJson(text, "");
  std::string out = "[";
  int64_t record = 0;
  bool first = true;
  for (Json& object : list) {
    const auto edit = edits.cells.find(record);
    if (edit != edits.cells.end()) Edit(edit->second, names, &object);
    if (!std::ranges::binary_search(edits.removed, record++)) {
      out += (first ? "\n" : ",\n") + object.dump();
      first = false;
    }
  }
  return out + "\n]\n";
}

}  // namespace

std::string EditJsonLines(std::string_view text, const std::vector<std::string>& names,
                          const TextEdits& edits) {
  if (Trim(text).starts_with('[')) return EditArray(text, names, edits);
  std::string out;
  int64_t record = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    const std::string_view ending = end < text.size() ? "\n" : "";
    at = end + 1;
    if (Trim(line).empty()) {
      out += std::string(line) + std::string(ending);
      continue;
    }
    const auto edit = edits.cells.find(record);
    if (std::ranges::binary_search(edits.removed, record++)) continue;
    if (edit == edits.cells.end()) {
      out += line;
    } else {
      Json object = ParseJson(line, "");
      Edit(edit->second, names, &object);
      out += object.dump() + (line.ends_with('\r') ? "\r" : "");
    }
    out += ending;
  }
  return out;
}

}  // namespace bottega
