#include "spec/resolve.h"

#include <algorithm>
#include <functional>

#include "base/text.h"
#include "spec/resolver.h"

namespace bottega {

namespace {

using Kind = SourceNode::Kind;

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

// What `key` was renamed to, in `spec` or a component of its kind; "" for a key that never was.
std::string WrittenNow(const Catalog& catalog, const Spec& spec, const std::string& key) {
  SpecList owners = {&spec};
  if (spec.kind != "section") owners = catalog.Of(spec.kind);
  for (const Spec* owner : owners) {
    for (const Renamed& renamed : owner->renamed) {
      if (renamed.was != key) continue;
      return "`" + renamed.now + "` now" + (renamed.why.empty() ? "" : " (" + renamed.why + ")");
    }
  }
  return "";
}

}  // namespace

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
    const std::string now = WrittenNow(catalog_, spec, key);
    if (!owners.empty() && choice != nullptr && now.empty()) {
      result_.remarks.push_back(
          {PlaceOf(value), Quoted(key) + " is ignored because the " + choice->name + " is " +
                               Quoted(spec.name) + " (" + Join(owners, ", ") +
                               (owners.size() == 1 ? " has it)" : " have it)")});
      continue;
    }
    if (!now.empty()) {
      message += ": it is written " + now;
    } else if (!owners.empty()) {
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

namespace {

// Whether a section that may be absent is: `none` or null was written, or nothing, and none is the
// default.
bool IsOff(const Param& param, const SourceNode* source) {
  const bool off_by_default = param.fallback == "none";
  if (source == nullptr) return off_by_default;
  const bool none =
      source->kind == Kind::kNull || (source->kind == Kind::kScalar && source->text == "none");
  return none && (off_by_default || param.fallback.is_null());
}

}  // namespace

Json Resolver::ResolveParam(const Param& param, const SourceNode* source, const std::string& path) {
  if (param.type == ParamType::kSection) {
    const Spec* section = catalog_.Find("section", param.component);
    if (section == nullptr) {
      throw Error(ErrorKind::kInternal, "no section " + Quoted(param.component));
    }
    if (IsOff(param, source)) {
      result_.origin[path] = source == nullptr ? "default" : source->origin;
      return nullptr;
    }
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
    case ParamType::kSectionList:
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

bool Resolver::ChooseIn(const Param& param, const SourceNode& map, Choice* choice) const {
  if (const SourceNode* named = map.Field("name")) {
    *choice = {named->text, named, &map};
    return true;
  }
  if (map.fields.size() != 1) return false;
  const auto& [key, value] = map.fields[0];
  if (param.type == ParamType::kComponent && !param.fallback.is_null() &&
      catalog_.Find(param.component, key) == nullptr) {
    return false;
  }
  *choice = {key, &value, &value};
  return true;
}

Json Resolver::ResolveComponent(const Param& param, const SourceNode& source,
                                const std::string& path) {
  if (source.kind == Kind::kList) {
    Complain(source,
             Quoted(path) + " must be one component of kind " + param.component + ", not a list");
    return nullptr;
  }
  Choice choice{source.text, &source, nullptr};
  if (source.kind == Kind::kMap && !ChooseIn(param, source, &choice)) {
    if (param.type == ParamType::kComponent && !param.fallback.is_null()) {
      return OverDefault(param, source, path);
    }
    const std::vector<std::string> names = catalog_.Names(param.component);
    Complain(source, Quoted(path) + " needs a name, as in {name: " +
                         (names.empty() ? "NAME" : names.front()) + "}");
    return nullptr;
  }
  const Spec* spec = catalog_.Find(param.component, choice.name);
  if (spec == nullptr && choice.name == "none") {
    result_.origin[path] = source.origin;
    return nullptr;
  }
  if (spec == nullptr) {
    ResolveName(param, *choice.at, choice.name);
    return nullptr;
  }
  result_.origin[PathOf(path, "name")] = source.origin;
  Json value = {{"name", spec->name}};
  const bool one = param.type == ParamType::kComponent;
  value.update(ResolveSpec(*spec, choice.settings, path, one ? &param : nullptr));
  return value;
}

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
