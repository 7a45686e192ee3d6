#include "clean/step.h"

#include <cmath>

#include "base/error.h"

namespace bottega {

namespace {

[[noreturn]] void Corrupt(const char* key, const char* wanted) {
  throw Error(ErrorKind::kData, std::string("the state of a fitted step is damaged: '") + key +
                                    "' must be " + wanted);
}

const Json& Get(const Json& state, const char* key, const char* wanted) {
  if (!state.is_object() || !state.contains(key)) Corrupt(key, wanted);
  return state[key];
}

}  // namespace

const Json& StateList(const Json& state, const char* key) {
  const Json& value = Get(state, key, "a list");
  if (!value.is_array()) Corrupt(key, "a list");
  return value;
}

std::string StateText(const Json& state, const char* key) {
  const Json& value = Get(state, key, "text");
  if (!value.is_string()) Corrupt(key, "text");
  return value.get<std::string>();
}

double StateNumber(const Json& state, const char* key) {
  const Json& value = Get(state, key, "a number");
  if (!value.is_number() || !std::isfinite(value.get<double>())) Corrupt(key, "a number");
  return value.get<double>();
}

bool StateBool(const Json& state, const char* key) {
  const Json& value = Get(state, key, "true or false");
  if (!value.is_boolean()) Corrupt(key, "true or false");
  return value.get<bool>();
}

std::vector<double> StateNumbers(const Json& state, const char* key) {
  std::vector<double> numbers;
  for (const Json& value : StateList(state, key)) {
    if (!value.is_number()) Corrupt(key, "a list of numbers");
    numbers.push_back(value.get<double>());
  }
  return numbers;
}

std::vector<std::string> StateTexts(const Json& state, const char* key) {
  std::vector<std::string> texts;
  for (const Json& value : StateList(state, key)) {
    if (!value.is_string()) Corrupt(key, "a list of texts");
    texts.push_back(value.get<std::string>());
  }
  return texts;
}

}  // namespace bottega
