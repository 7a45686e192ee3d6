#include "spec/resolve.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

#include "base/text.h"

namespace bottega {

namespace {

using Kind = SourceNode::Kind;

std::string Quoted(const std::string& text) { return "'" + text + "'"; }

std::string DidYouMean(const std::string& word, const std::vector<std::string>& names) {
  const std::vector<std::string> near = NearestNames(word, names);
  if (near.empty()) return "";
  return "; did you mean " + Join(near, " or ") + "?";
}

class Resolver {
 public:
  Resolver(const Catalog& catalog, std::string file) : catalog_(catalog), file_(std::move(file)) {}

  // `choice`: `spec` is the one component chosen among those of its kind for `choice`.
  Json ResolveSpec(const Spec& spec, const SourceNode* source, const std::string& path,
                   const Param* choice = nullptr);
  Resolved& result() { return result_; }

 private:
  void Complain(const SourceNode& at, const std::string& message) {
    result_.problems.push_back({PlaceOf(at), message});
  }
  Place PlaceOf(const SourceNode& at) const {
    if (at.line < 0) return {.file = at.origin.empty() ? file_ : at.origin};
    return {.file = file_, .line = at.line, .column = std::to_string(at.column)};
  }
  void CheckKeys(const Spec& spec, const SourceNode& source, const std::string& path,
                 const Param* choice);
  Json ResolveParam(const Param& param, const SourceNode* source, const std::string& path);
  Json ResolveScalar(const Param& param, const SourceNode& source, const std::string& path);
  Json ResolveNumber(const Param& param, const SourceNode& source, const std::string& path);
  Json ResolveMap(const Param& param, const SourceNode& source, const std::string& path);
  std::string ResolveName(const Param& param, const SourceNode& at, const std::string& name);
  void CheckChoice(const Param& param, const SourceNode& source, const std::string& path);
  Json ResolveList(const Param& param, const SourceNode& source, const std::string& path);
  Json ResolveComponent(const Param& param, const SourceNode& source, const std::string& path);
  Json DefaultOf(const Param& param, const std::string& path);
  Json OverDefault(const Param& param, const SourceNode& source, const std::string& path);
  void RemarkIgnored(const Spec& spec, const SourceNode& source, const Json& value);

  const Catalog& catalog_;
  const std::string file_;
  Resolved result_;
};

std::string PathOf(const std::string& path, const std::string& key) {
  return path.empty() ? key : path + "." + key;
}

void Resolver::CheckKeys(const Spec& spec, const SourceNode& source, const std::string& path,
                         const Param* choice) {
  std::vector<std::string> names;
  for (const Param& param : spec.params) names.push_back(param.name);
  for (const auto& [key, value] : source.fields) {
    if (spec.Find(key) != nullptr || (key == "name" && spec.kind != "section")) continue;
    std::string message = "unknown key " + Quoted(key);
    message += path.empty() ? "" : " in " + path;
    std::vector<std::string> owners;
    for (const Spec* other : catalog_.Of(spec.kind)) {
      if (spec.kind != "section" && other->Find(key) != nullptr) owners.push_back(other->name);
    }
    if (!owners.empty() && choice != nullptr) {
      result_.remarks.push_back(
          {PlaceOf(value), Quoted(key) + " is ignored because the " + choice->name + " is " +
                               Quoted(spec.name) + " (" + Join(owners, ", ") +
                               (owners.size() == 1 ? " has it)" : " have it)")});
      continue;
    }
    if (!owners.empty()) {
      message += ": " + spec.name + " has none (" + Join(owners, ", ") + " have it)";
    } else if (const std::string near = DidYouMean(key, names); !near.empty()) {
      message += near;
    } else if (!names.empty()) {
      message += "; known are " + Join(names, ", ");
    }
    const bool placed = value.key_line > 0;
    Complain({.origin = value.origin,
              .line = placed ? value.key_line : value.line,
              .column = placed ? value.key_column : value.column},
             message);
  }
}

void Resolver::RemarkIgnored(const Spec& spec, const SourceNode& source, const Json& value) {
  for (const IgnoredWhen& rule : spec.ignored) {
    const SourceNode* given = source.Field(rule.param);
    if (given == nullptr || !value.contains(rule.other)) continue;
    const Json& other = value[rule.other];
    const bool matches = other == rule.value || (other.is_object() && other.contains("name") &&
                                                 other["name"] == rule.value);
    if (!matches) continue;
    result_.remarks.push_back({PlaceOf(*given), Quoted(rule.param) + " is ignored because " +
                                                    Quoted(rule.other) + " is " +
                                                    Quoted(ValueText(rule.value))});
  }
}

Json Resolver::ResolveSpec(const Spec& spec, const SourceNode* source, const std::string& path,
                           const Param* choice) {
  static const SourceNode kEmpty{.kind = Kind::kMap};
  if (source == nullptr || source->kind == Kind::kNull) source = &kEmpty;
  if (source->kind != Kind::kMap) {
    Complain(*source, (path.empty() ? "the recipe" : Quoted(path)) + " must be a mapping of keys");
    source = &kEmpty;
  }
  CheckKeys(spec, *source, path, choice);
  Json value = Json::object();
  for (const Param& param : spec.params) {
    const SourceNode* given = source->Field(param.name);
    value[param.name] = ResolveParam(param, given, PathOf(path, param.name));
    if (given == nullptr && param.required) {
      Complain(*source, Quoted(PathOf(path, param.name)) + " is missing: " + param.what);
    }
  }
  RemarkIgnored(spec, *source, value);
  return value;
}

// The default of a component, as if a person had written it.
SourceNode DefaultNode(const Param& param) {
  SourceNode node = ParseYaml(param.fallback.dump(), "default");
  const std::function<void(SourceNode&)> mark = [&](SourceNode& n) {
    n.origin = "default";
    for (SourceNode& item : n.items) mark(item);
    for (auto& [key, field] : n.fields) mark(field);
  };
  mark(node);
  return node;
}

Json Resolver::DefaultOf(const Param& param, const std::string& path) {
  const bool component =
      param.type == ParamType::kComponent || param.type == ParamType::kComponentList;
  if (component && !param.fallback.is_null()) {
    const SourceNode node = DefaultNode(param);
    return ResolveParam(param, &node, path);
  }
  result_.origin[path] = "default";
  return param.fallback;
}

// Settings without a name change the default component: {lr: 0.1} under `optimizer`.
Json Resolver::OverDefault(const Param& param, const SourceNode& source, const std::string& path) {
  SourceNode node = DefaultNode(param);
  if (node.kind == Kind::kScalar) {
    SourceNode named{.kind = Kind::kMap, .origin = "default"};
    named.fields.push_back({"name", node});
    node = std::move(named);
  }
  for (const auto& field : source.fields) {
    std::erase_if(node.fields, [&](const auto& known) { return known.key == field.key; });
    node.fields.push_back(field);
  }
  return ResolveComponent(param, node, path);
}

Json Resolver::ResolveParam(const Param& param, const SourceNode* source, const std::string& path) {
  if (param.type == ParamType::kSection) {
    const Spec* section = catalog_.Find("section", param.component);
    if (section == nullptr) {
      throw Error(ErrorKind::kInternal, "no section " + Quoted(param.component));
    }
    const bool off = source != nullptr && source->kind == Kind::kScalar && source->text == "none";
    if (off && param.fallback.is_null()) return nullptr;
    return ResolveSpec(*section, source, path);
  }
  if (source == nullptr) return DefaultOf(param, path);
  if (source->kind == Kind::kNull) {
    result_.origin[path] = source->origin;
    return nullptr;
  }
  switch (param.type) {
    case ParamType::kComponent:
      return ResolveComponent(param, *source, path);
    case ParamType::kComponentList:
    case ParamType::kIntList:
    case ParamType::kFloatList:
    case ParamType::kTextList:
      return ResolveList(param, *source, path);
    case ParamType::kMap:
      return ResolveMap(param, *source, path);
    default:
      return ResolveScalar(param, *source, path);
  }
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
  return ResolveNumber(param, source, path);
}

Json Resolver::ResolveNumber(const Param& param, const SourceNode& source,
                             const std::string& path) {
  const bool whole = param.type == ParamType::kInt || param.type == ParamType::kIntList;
  const std::optional<double> number =
      source.quoted || source.kind != Kind::kScalar ? std::nullopt : ParseNumber(source.text);
  if (!number || !std::isfinite(*number) || (whole && std::floor(*number) != *number)) {
    Complain(source, Quoted(path) + " must be a " + (whole ? "whole number" : "number") +
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

Json Resolver::ResolveComponent(const Param& param, const SourceNode& source,
                                const std::string& path) {
  const SourceNode* settings = nullptr;
  const SourceNode* name_node = &source;
  std::string name = source.text;
  if (source.kind == Kind::kMap) {
    if (const SourceNode* named = source.Field("name")) {
      name_node = named;
      name = named->text;
      settings = &source;
    } else if (source.fields.size() == 1 &&
               (param.fallback.is_null() || param.type == ParamType::kComponentList ||
                catalog_.Find(param.component, source.fields[0].key) != nullptr)) {
      name = source.fields[0].key;
      name_node = settings = &source.fields[0].value;
    } else if (param.type == ParamType::kComponent && !param.fallback.is_null()) {
      return OverDefault(param, source, path);
    } else {
      Complain(source, Quoted(path) + " needs a name, as in {name: " +
                           (catalog_.Names(param.component).empty()
                                ? "NAME"
                                : catalog_.Names(param.component).front()) +
                           "}");
      return nullptr;
    }
  } else if (source.kind == Kind::kList) {
    Complain(source,
             Quoted(path) + " must be one component of kind " + param.component + ", not a list");
    return nullptr;
  }
  if (name == "none" && catalog_.Find(param.component, name) == nullptr) {
    result_.origin[path] = source.origin;
    return nullptr;
  }
  const Spec* spec = catalog_.Find(param.component, name);
  if (spec == nullptr) {
    ResolveName(param, *name_node, name);
    return nullptr;
  }
  result_.origin[PathOf(path, "name")] = source.origin;
  Json value = {{"name", spec->name}};
  const bool one = param.type == ParamType::kComponent;
  value.update(ResolveSpec(*spec, settings, path, one ? &param : nullptr));
  return value;
}

}  // namespace

Resolved Resolve(const Catalog& catalog, const Spec& spec, const SourceNode& source,
                 const std::string& file) {
  Resolver resolver(catalog, file);
  Json value = resolver.ResolveSpec(spec, &source, "");
  Resolved result = std::move(resolver.result());
  const auto line = [](const Problem& p) { return p.place.line; };
  std::ranges::stable_sort(result.problems, {}, line);
  std::ranges::stable_sort(result.remarks, {}, line);
  result.value = std::move(value);
  return result;
}

void ThrowProblems(const std::vector<Problem>& problems, ErrorKind kind, const std::string& hint) {
  if (problems.empty()) return;
  if (problems.size() == 1) throw Error(kind, problems[0].message, problems[0].place, hint);
  std::string message = std::to_string(problems.size()) + " mistakes:";
  for (const Problem& problem : problems) {
    message += "\n  " + problem.place.ToString() + ": " + problem.message;
  }
  throw Error(kind, message, {}, hint);
}

}  // namespace bottega
