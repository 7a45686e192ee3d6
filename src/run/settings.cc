#include "run/settings.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/hash.h"

namespace bottega {

namespace {

constexpr std::array<std::string_view, 5> kElsewhere = {"version", "use", "expect", "audit",
                                                        "gates"};

bool IsComponentList(const Json& node) {
  return node.is_array() && !node.empty() && std::ranges::all_of(node, [](const Json& item) {
           return item.is_object() && item.contains("name") && item["name"].is_string();
         });
}

void Flatten(const Json& node, const std::string& path, std::map<std::string, Json>* out) {
  const std::string prefix = path.empty() ? "" : path + ".";
  if (node.is_object() && !node.empty()) {
    for (const auto& [key, value] : node.items()) Flatten(value, prefix + key, out);
  } else if (IsComponentList(node)) {
    for (const Json& item : node) Flatten(item, prefix + item["name"].get<std::string>(), out);
  } else {
    (*out)[path] = node;
  }
}

}  // namespace

std::map<std::string, Json> FlatSettings(const Json& recipe) {
  std::map<std::string, Json> settings;
  if (recipe.is_object() && !recipe.empty()) Flatten(recipe, "", &settings);
  return settings;
}

std::map<std::string, Json> ModelSettings(const Json& recipe) {
  std::map<std::string, Json> settings;
  for (const auto& [section, value] : recipe.items()) {
    if (std::ranges::find(kElsewhere, section) == kElsewhere.end()) {
      Flatten(value, section, &settings);
    }
  }
  return settings;
}

std::string OriginOf(const Json& origin, const std::string& path) {
  if (!origin.is_object()) return "default";
  for (std::string at = path; !at.empty();) {
    if (const auto found = origin.find(at); found != origin.end() && found->is_string()) {
      return *found;
    }
    const size_t dot = at.rfind('.');
    at = dot == std::string::npos ? "" : at.substr(0, dot);
  }
  return "default";
}

bool IsNamed(const std::string& origin) {
  return origin != "default" && origin != "chosen for the data";
}

std::string RecipeDigest(const Json& recipe) { return Sha256Hex(CanonicalJson(recipe)); }

}  // namespace bottega
