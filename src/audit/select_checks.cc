#include "audit/select_checks.h"

#include <algorithm>
#include <set>

#include "audit/check.h"
#include "base/error.h"
#include "base/text.h"

namespace bottega {
namespace {

bool Means(const Check& check, std::string_view theme, const std::string& name) {
  const Spec& spec = check.spec();
  return spec.name == name || theme == name || std::ranges::count(spec.synonyms, name) > 0;
}

[[noreturn]] void FailName(const std::string& name) {
  std::vector<std::string> names;
  for (const CheckTheme& theme : CheckThemes()) names.emplace_back(theme.name);
  for (const Check& check : Checks()) names.push_back(check.spec().name);
  const std::vector<std::string> near = NearestNames(name, names);
  throw Error(ErrorKind::kUsage,
              "there is no check or theme '" + name + "'" +
                  (near.empty() ? "" : "; did you mean " + Join(near, " or ") + "?"),
              {}, "bottega list check");
}

Json Defaults(const std::string& name) {
  Json settings = {{"name", name}};
  for (const Spec* spec : CheckSpecs()) {
    if (spec->name != name) continue;
    for (const Param& param : spec->params) settings[param.name] = param.fallback;
  }
  return settings;
}

}  // namespace

std::vector<std::string> ChecksNamed(const std::vector<std::string>& names) {
  std::set<std::string> meant;
  for (const std::string& name : names) {
    bool known = false;
    for (const CheckTheme& theme : CheckThemes()) {
      for (const Check& check : theme.checks) {
        if (!Means(check, theme.name, name)) continue;
        meant.insert(check.spec().name);
        known = true;
      }
    }
    if (!known) FailName(name);
  }
  std::vector<std::string> ordered;
  for (const Check& check : Checks()) {
    if (meant.contains(check.spec().name)) ordered.push_back(check.spec().name);
  }
  return ordered;
}

Json SelectChecks(Json section, const std::vector<std::string>& only,
                  const std::vector<std::string>& skip) {
  Json& checks = section.at("checks");
  if (!only.empty()) {
    Json kept = Json::array();
    for (const std::string& name : ChecksNamed(only)) {
      const auto own =
          std::ranges::find_if(checks, [&](const Json& check) { return check.at("name") == name; });
      kept.push_back(own == checks.end() ? Defaults(name) : *own);
      std::erase(section.at("skip").get_ref<Json::array_t&>(), name);
    }
    checks = std::move(kept);
  }
  const std::vector<std::string> left_out = ChecksNamed(skip);
  std::erase_if(checks.get_ref<Json::array_t&>(), [&](const Json& check) {
    return std::ranges::count(left_out, check.at("name").get<std::string>()) > 0;
  });
  return section;
}

}  // namespace bottega
