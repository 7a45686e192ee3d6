// The part of the Resolver that reads scalars, maps and lists.
#include <algorithm>
#include <cmath>
#include <optional>

#include "base/text.h"
#include "spec/resolver.h"

namespace bottega {

namespace {

using Kind = SourceNode::Kind;

}  // namespace

std::string Quoted(const std::string& text) { return "'" + text + "'"; }

std::string DidYouMean(const std::string& word, const std::vector<std::string>& names) {
  const std::vector<std::string> near = NearestNames(word, names);
  if (near.empty()) return "";
  return "; did you mean " + Join(near, " or ") + "?";
}

std::string PathOf(const std::string& path, const std::string& key) {
  return path.empty() ? key : path + "." + key;
}

Json Resolver::ResolveScalar(const Param& param, const SourceNode& source,
                             const std::string& path) {
  result_.origin[path] = source.origin;
  const auto wrong = [&](const std::string& extra = "") {
    Complain(source, Quoted(path) + " must be " + TypeText(param) + ", not " +
                         (source.kind == Kind::kScalar ? Quoted(source.text)
                          : source.kind == Kind::kList ? "a list"
                                                       : "a mapping") +
                         extra);
    return param.fallback;
  };
  if (source.kind != Kind::kScalar) return wrong();
  if (param.type == ParamType::kText) return source.text;
  if (param.type == ParamType::kBool) {
    if (source.text == "true" || source.text == "yes" || source.text == "on") return true;
    if (source.text == "false" || source.text == "no" || source.text == "off") return false;
    return wrong();
  }
  if (param.type == ParamType::kChoice) {
    if (std::ranges::count(param.choices, source.text) > 0) return source.text;
    return wrong(DidYouMean(source.text, param.choices));
  }
  if (std::ranges::count(param.choices, source.text) > 0) return source.text;
  return ResolveNumber(param, source, path);
}

Json Resolver::ResolveNumber(const Param& param, const SourceNode& source,
                             const std::string& path) {
  const bool whole = param.type == ParamType::kInt || param.type == ParamType::kIntList;
  const std::optional<double> number =
      source.quoted || source.kind != Kind::kScalar ? std::nullopt : ParseNumber(source.text);
  if (!number || !std::isfinite(*number) || (whole && std::floor(*number) != *number)) {
    std::string words;
    for (const std::string& word : param.choices) words += " or " + word;
    Complain(source, Quoted(path) + " must be a " + (whole ? "whole number" : "number") + words +
                         (source.kind == Kind::kScalar ? ", not " + Quoted(source.text) : ""));
    return param.fallback;
  }
  if (*number < param.min || *number > param.max || (param.min_open && *number == param.min)) {
    Complain(source, Quoted(path) + " must be " + RangeText(param) + ", not " + source.text);
    return param.fallback;
  }
  if (!whole) return *number;
  const auto exact = ParseInteger(source.text);
  return exact ? *exact : static_cast<int64_t>(*number);
}

// A name of kind `param.component`, by name or synonym.
std::string Resolver::ResolveName(const Param& param, const SourceNode& at,
                                  const std::string& name) {
  if (const Spec* spec = catalog_.Find(param.component, name)) return spec->name;
  const std::vector<std::string> names = catalog_.Names(param.component);
  const std::string near = DidYouMean(name, names);
  Complain(at, "there is no " + param.component + " " + Quoted(name) +
                   (near.empty() ? "; known are " + Join(names, ", ") : near));
  return name;
}

void Resolver::CheckChoice(const Param& param, const SourceNode& source, const std::string& path) {
  if (param.choices.empty() || std::ranges::count(param.choices, source.text) > 0) return;
  Complain(source, Quoted(path) + " must be one of " + Join(param.choices, ", ") +
                       (source.kind == Kind::kScalar ? ", not " + Quoted(source.text) : "") +
                       DidYouMean(source.text, param.choices));
}

Json Resolver::ResolveMap(const Param& param, const SourceNode& source, const std::string& path) {
  result_.origin[path] = source.origin;
  if (source.kind != Kind::kMap) {
    Complain(source, Quoted(path) + " must be a mapping of keys");
    return param.fallback;
  }
  Json map = Json::object();
  for (const auto& [key, value] : source.fields) {
    const std::string name = param.component.empty() ? key : ResolveName(param, value, key);
    CheckChoice(param, value, PathOf(path, key));
    map[name] = ToJson(value);
  }
  return map;
}

Json Resolver::ResolveList(const Param& param, const SourceNode& source, const std::string& path) {
  Json list = Json::array();
  result_.origin[path] = source.origin;
  if (source.kind == Kind::kScalar && source.text == "none") return list;
  const std::vector<SourceNode> single = {source};
  const std::vector<SourceNode>& items = source.kind == Kind::kList ? source.items : single;
  for (size_t i = 0; i < items.size(); ++i) {
    const std::string item_path = PathOf(path, std::to_string(i));
    if (param.type == ParamType::kComponentList) {
      list.push_back(ResolveComponent(param, items[i], item_path));
    } else if (param.type == ParamType::kSectionList) {
      list.push_back(ResolveSpec(*catalog_.Find("section", param.component), &items[i], item_path));
    } else if (param.type == ParamType::kTextList) {
      if (items[i].kind != Kind::kScalar) {
        Complain(items[i], Quoted(path) + " must be a list of texts");
        continue;
      }
      CheckChoice(param, items[i], path);
      list.push_back(param.component.empty() ? items[i].text
                                             : ResolveName(param, items[i], items[i].text));
    } else {
      list.push_back(ResolveNumber(param, items[i], path));
    }
  }
  return list;
}

}  // namespace bottega
