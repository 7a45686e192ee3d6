#include "spec/schema.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace bottega {

namespace {

Json SchemaOfSpec(const Catalog& catalog, const Spec& spec, bool named);

Json NumberSchema(const Param& param, bool whole) {
  Json schema = {{"type", whole ? "integer" : "number"}};
  if (std::isfinite(param.min)) schema[param.min_open ? "exclusiveMinimum" : "minimum"] = param.min;
  if (std::isfinite(param.max)) schema["maximum"] = param.max;
  if (param.choices.empty()) return schema;
  return {{"anyOf", Json::array({schema, Json({{"enum", param.choices}})})}};
}

// NAME, {name: NAME, ...} or {NAME: {...}}.
Json ComponentSchema(const Catalog& catalog, const std::string& kind) {
  Json forms = Json::array();
  Json names = Json::array({"none"});
  for (const Spec* spec : catalog.Of(kind)) {
    names.push_back(spec->name);
    for (const std::string& synonym : spec->synonyms) names.push_back(synonym);
    const std::string reference = "#/$defs/" + kind + "." + spec->name;
    forms.push_back({{"$ref", reference}});
    forms.push_back({{"type", "object"},
                     {"required", Json::array({spec->name})},
                     {"additionalProperties", false},
                     {"properties", {{spec->name, {{"$ref", reference}}}}}});
  }
  forms.insert(forms.begin(), Json({{"enum", names}}));
  return {{"anyOf", forms}};
}

Json ListSchema(const Json& item) {
  return {{"anyOf", Json::array({Json({{"type", "array"}, {"items", item}}), item})}};
}

Json TypeSchema(const Catalog& catalog, const Param& param) {
  switch (param.type) {
    case ParamType::kBool:
      return {{"type", "boolean"}};
    case ParamType::kInt:
      return NumberSchema(param, true);
    case ParamType::kFloat:
      return NumberSchema(param, false);
    case ParamType::kText:
      return {{"type", Json::array({"string", "number", "boolean"})}};
    case ParamType::kChoice:
      return {{"enum", param.choices}};
    case ParamType::kIntList:
      return ListSchema(NumberSchema(param, true));
    case ParamType::kFloatList:
      return ListSchema(NumberSchema(param, false));
    case ParamType::kTextList:
      if (!param.choices.empty()) return ListSchema({{"enum", param.choices}});
      return ListSchema({{"type", Json::array({"string", "number"})}});
    case ParamType::kComponent:
      return ComponentSchema(catalog, param.component);
    case ParamType::kComponentList:
      return {{"anyOf", Json::array({Json({{"type", "array"},
                                           {"items", ComponentSchema(catalog, param.component)}}),
                                     ComponentSchema(catalog, param.component)})}};
    case ParamType::kMap:
      if (param.choices.empty()) return {{"type", "object"}};
      return {{"type", "object"}, {"additionalProperties", {{"enum", param.choices}}}};
    case ParamType::kSectionList:
      return {{"type", "array"},
              {"items", SchemaOfSpec(catalog, *catalog.Find("section", param.component), false)}};
    case ParamType::kSection: {
      Json section = SchemaOfSpec(catalog, *catalog.Find("section", param.component), false);
      if (!param.fallback.is_null() && param.fallback != "none") return section;
      return {{"anyOf", Json::array({section, Json({{"const", "none"}})})}};
    }
  }
  return Json::object();
}

Json SchemaOfParam(const Catalog& catalog, const Param& param) {
  Json schema = TypeSchema(catalog, param);
  if (!param.required && param.type != ParamType::kSection) {
    schema = {{"anyOf", Json::array({schema, Json({{"type", "null"}})})}};
  }
  schema["description"] = param.what;
  if (!param.fallback.is_null()) schema["default"] = param.fallback;
  return schema;
}

Json SchemaOfSpec(const Catalog& catalog, const Spec& spec, bool named) {
  Json properties = Json::object();
  Json required = Json::array();
  if (named) properties["name"] = {{"const", spec.name}};
  for (const Param& param : spec.params) {
    properties[param.name] = SchemaOfParam(catalog, param);
    if (param.required) required.push_back(param.name);
  }
  Json schema = {{"type", Json::array({"object", "null"})},
                 {"description", spec.one_line},
                 {"properties", properties},
                 {"additionalProperties", false}};
  if (!required.empty()) schema["required"] = required;
  return schema;
}

// Kinds of which a recipe chooses one component: settings of the others are ignored there.
std::set<std::string> ChosenKinds(const Catalog& catalog, const Spec& root) {
  SpecList specs = catalog.Of("section");
  specs.push_back(&root);
  std::set<std::string> kinds;
  for (const Spec* spec : specs) {
    for (const Param& param : spec->params) {
      if (param.type == ParamType::kComponent) kinds.insert(param.component);
    }
  }
  return kinds;
}

void AllowIgnored(const SpecList& siblings, const Spec& own, Json* schema) {
  for (const Spec* sibling : siblings) {
    for (const Param& param : sibling->params) {
      const bool refused = std::ranges::count(own.renamed, param.name, &Renamed::was) > 0;
      if (refused || own.Find(param.name) != nullptr) continue;
      (*schema)["properties"][param.name] = {{"description", "has no effect with " + own.name}};
    }
  }
}

}  // namespace

Json SchemaOf(const Catalog& catalog, const Spec& spec) {
  Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                 {"title", spec.one_line}};
  schema.update(SchemaOfSpec(catalog, spec, false));
  const std::set<std::string> chosen = ChosenKinds(catalog, spec);
  Json definitions = Json::object();
  for (const std::string& kind : catalog.Kinds()) {
    if (kind == "section" || kind == "verb") continue;
    for (const Spec* component : catalog.Of(kind)) {
      Json& definition = definitions[kind + "." + component->name];
      definition = SchemaOfSpec(catalog, *component, true);
      if (chosen.contains(kind)) AllowIgnored(catalog.Of(kind), *component, &definition);
    }
  }
  schema["$defs"] = definitions;
  return schema;
}

}  // namespace bottega
