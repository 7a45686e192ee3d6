#include "base/text.h"
#include "report/score.h"
#include "report/verdict.h"

namespace bottega {

namespace {

constexpr size_t kMostClassesNamed = 6;

std::string Listed(const Json& names) {
  std::vector<std::string> shown;
  for (const Json& name : names) {
    if (shown.size() == kMostClassesNamed) break;
    shown.push_back(name.get<std::string>());
  }
  if (names.size() > kMostClassesNamed) {
    return Join(shown, ", ") + " and " +
           FormatCount(static_cast<int64_t>(names.size() - kMostClassesNamed)) + " more";
  }
  if (shown.size() < 2) return Join(shown, "");
  const std::string last = shown.back();
  shown.pop_back();
  return Join(shown, ", ") + " and " + last;
}

std::string Target(const Json& facts) {
  const Json& target = Member(Member(Member(facts, "recipe"), "data"), "target");
  if (target.is_string() && !target.get<std::string>().empty()) return target.get<std::string>();
  for (const Json& column : Member(Member(facts, "plan"), "columns")) {
    if (column.value("role", "") == "target") return column.value("name", "the target");
  }
  return "the target";
}

int64_t Features(const Json& facts) {
  int64_t count = 0;
  for (const Json& column : Member(Member(facts, "plan"), "columns")) {
    count += column.value("role", "") == "feature";
  }
  return count;
}

bool IsEmpty(const Json& value) {
  return value.is_null() || (value.is_string() && Trim(value.get<std::string>()).empty()) ||
         ((value.is_array() || value.is_object()) && value.empty());
}

}  // namespace

std::string WhatItDoes(const Json& facts) {
  const Json& classes = Member(Member(facts, "plan"), "classes");
  const std::string inputs = FormatCount(Features(facts)) + " columns";
  if (HasPictures(facts) && !classes.empty()) {
    return "It looks at a picture and answers which of " + std::to_string(classes.size()) +
           " classes it shows: " + Listed(classes) + ".";
  }
  if (!classes.empty()) {
    return "From " + inputs + " it predicts “" + Target(facts) + "”: " + Listed(classes) + ".";
  }
  if (HasPictures(facts)) return "It looks at a picture and estimates “" + Target(facts) + "”.";
  return "From " + inputs + " it estimates the number “" + Target(facts) + "”.";
}

std::vector<std::string> OpenQuestions(const Json& facts) {
  static const std::vector<std::pair<std::string, std::string>> questions = {
      {"purpose", "What is the model for?"},
      {"affected", "Whom do its answers touch?"},
      {"excluded_uses", "What must it not be used for?"},
      {"owner", "Who answers for it?"},
      {"error_costs", "What does each kind of error cost?"},
      {"sample", "What will the data look like in use? (a sample of deployment rows)"}};
  std::vector<std::string> open;
  const Json& use = Member(Member(facts, "recipe"), "use");
  for (const auto& [key, question] : questions) {
    if (IsEmpty(Member(use, key))) open.push_back("use." + key + ": " + question);
  }
  return open;
}

}  // namespace bottega
