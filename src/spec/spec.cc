#include "spec/spec.h"

#include <cmath>

#include "base/text.h"

namespace bottega {

const Param* Spec::Find(const std::string& param) const {
  for (const Param& p : params) {
    if (p.name == param) return &p;
  }
  return nullptr;
}

namespace {

std::string OrWords(std::string type, const std::vector<std::string>& words) {
  for (const std::string& word : words) type += " or " + word;
  return type;
}

}  // namespace

std::string TypeText(const Param& param) {
  switch (param.type) {
    case ParamType::kBool:
      return "true or false";
    case ParamType::kInt:
      return OrWords("whole number", param.choices);
    case ParamType::kFloat:
      return OrWords("number", param.choices);
    case ParamType::kText:
      return "text";
    case ParamType::kChoice:
      return "one of " + Join(param.choices, ", ");
    case ParamType::kIntList:
      return "list of whole numbers";
    case ParamType::kFloatList:
      return "list of numbers";
    case ParamType::kTextList:
      return !param.choices.empty()     ? "list of " + Join(param.choices, ", ")
             : !param.component.empty() ? "list of names of components of kind " + param.component
                                        : "list of texts";
    case ParamType::kComponent:
      return "name of a component of kind " + param.component;
    case ParamType::kComponentList:
      return "list of components of kind " + param.component;
    case ParamType::kMap:
      return (param.component.empty() ? "mapping" : "mapping of names of kind " + param.component) +
             (param.choices.empty() ? "" : " to one of " + Join(param.choices, ", "));
    case ParamType::kSection:
      return "section";
    case ParamType::kSectionList:
      return "list of sections " + param.component;
  }
  return "";
}

std::string RangeText(const Param& param) {
  const bool has_min = std::isfinite(param.min), has_max = std::isfinite(param.max);
  const std::string min = FormatNumber(param.min, 10), max = FormatNumber(param.max, 10);
  if (has_min && has_max) return (param.min_open ? "above " : "") + min + " to " + max;
  if (has_min) return param.min_open ? "above " + min : "at least " + min;
  return has_max ? "at most " + max : "";
}

std::string ValueText(const Json& value) {
  if (value.is_null()) return "not set";
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_float()) return FormatNumber(value.get<double>(), 10);
  if (value.is_object() && value.contains("name")) return value["name"].get<std::string>();
  return value.dump();
}

}  // namespace bottega
