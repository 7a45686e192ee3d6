#include "cli/recipe.h"

#include <algorithm>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "cli/catalog.h"
#include "cli/recipe_check.h"
#include "spec/emit.h"

namespace bottega {

namespace fs = std::filesystem;

Recipe ResolveRecipe(const std::string& text, const std::string& file,
                     const std::vector<std::string>& sets) {
  SourceNode source = ParseYaml(text, file);
  for (const std::string& set : sets) Override(&source, set);
  Resolved resolved = Resolve(FullCatalog(), RecipeSpec(), source, file);
  std::ranges::move(CheckRecipe(resolved, source), std::back_inserter(resolved.problems));
  std::ranges::stable_sort(resolved.problems, {}, [](const Problem& p) { return p.place.line; });
  ThrowProblems(resolved.problems, ErrorKind::kRecipe, "bottega list section");
  return {std::move(resolved.value), std::move(resolved.origin), std::move(resolved.remarks), sets};
}

void OverrideEvaluation(Recipe* recipe, const std::vector<std::string>& sets) {
  const std::vector<std::string> sections = {"evaluate", "fairness"};
  Json stored = {{"data", {{"source", recipe->value.at("data").at("source")}}}};
  for (const std::string& section : sections) stored[section] = recipe->value.at(section);
  const Recipe changed = ResolveRecipe(stored.dump(), "the run's recipe", sets);
  for (const std::string& section : sections) recipe->value[section] = changed[section];
  for (const auto& [path, origin] : changed.origin) {
    if (origin == "--set") recipe->origin[path] = origin;
  }
}

Recipe LoadRecipe(const fs::path& path, const std::vector<std::string>& sets) {
  std::error_code ignored;
  if (!fs::exists(path, ignored)) {
    throw Error(ErrorKind::kMissing, "there is no recipe here", {.file = path.string()},
                "bottega init --help");
  }
  return ResolveRecipe(ReadFile(path), path.string(), sets);
}

std::string ResolvedYaml(const Recipe& recipe) {
  return "# Every parameter of this run, with where its value came from.\n" +
         EmitYaml(recipe.value, [&](const std::string& path) {
           const auto it = recipe.origin.find(path);
           return it == recipe.origin.end() ? std::string() : it->second;
         });
}

void RequireTwoClasses(const Inference& inference) {
  const int target = inference.data.Find(inference.target);
  if (inference.task != "classification" || target < 0) return;
  const std::vector<std::string> classes = CodesOf(inference.data, target).values;
  if (classes.size() >= 2) return;
  throw Error(ErrorKind::kData,
              classes.empty() ? "the target is missing in every row"
                              : "the target holds nothing but '" + Shorten(classes[0], 40) +
                                    "': there is nothing to tell apart",
              {.file = inference.data.source.string(), .column = inference.target},
              "bottega audit " + ShellQuote(inference.data.source.string()));
}

namespace {

std::string ListLine(const std::string& key, const std::vector<std::string>& items,
                     const std::string& comment) {
  return "  " + key + ": " + Replace(EmitYaml(Json(items)), "\n", "") + "  # " + comment + "\n";
}

std::string UseSectionText() {
  return "# Purpose first: what is left empty shows as an open question in every report.\n"
         "use:\n"
         "  purpose: \"\"         # what the model is for, in one sentence\n"
         "  affected: \"\"        # whom its answers touch\n"
         "  excluded_uses: []   # what it must not be used for\n"
         "  owner: \"\"           # who answers for it\n"
         "  error_costs: {}     # the cost of each kind of error, as in {false_positive: 1, "
         "false_negative: 5}\n"
         "  sample: null        # a file with rows as they will come in deployment\n\n";
}

// Settings that the lines about target, positive class and sensitive columns do not cover.
std::string GivenText(const Json& given) {
  std::string text;
  for (const auto& [key, value] : given.items()) {
    if (key == "source" || key == "target" || key == "positive" || key == "sensitive") continue;
    std::string lines = EmitYaml(Json{{key, value}});
    if (lines.ends_with('\n')) lines.pop_back();
    text += "  " + Replace(std::move(lines), "\n", "\n  ") + "\n";
  }
  return text;
}

std::string DataSectionText(const Inference& inference, const std::string& source,
                            const Json& given) {
  std::string text = "data:\n  source: " + YamlScalar(source) + "\n";
  if (!inference.target.empty()) {
    text += "  target: " + YamlScalar(inference.target) + "  # " + inference.task + "\n";
  }
  const std::string positive = given.value("positive", inference.positive);
  if (!positive.empty()) {
    text += "  positive: " + YamlScalar(positive) +
            "  # the class that precision, recall and f1 are about: the rarer one\n";
  }
  text += ListLine("sensitive", inference.sensitive,
                   inference.sensitive.empty()
                       ? "no column looked sensitive; name those whose groups must fare alike"
                       : "proposed by name and content: please check");
  return text + GivenText(given);
}

std::vector<std::string> SetsOf(const std::string& section, const std::vector<std::string>& sets) {
  std::vector<std::string> of_section;
  for (const std::string& set : sets) {
    if (set.starts_with(section + ".")) of_section.push_back(set);
  }
  return of_section;
}

}  // namespace

Json DataSettings(const std::string& source, const std::vector<std::string>& sets) {
  const std::string text = "data: {source: " + YamlScalar(source) + "}\n";
  SourceNode root = ParseYaml(text, source);
  const std::vector<std::string> of_data = SetsOf("data", sets);
  for (const std::string& set : of_data) Override(&root, set);
  ResolveRecipe(text, source, of_data);  // says what is wrong
  return ToJson(*root.Field("data"));
}

Json AuditSettings(const std::vector<std::string>& sets) {
  return ResolveRecipe("data: {source: .}\n", "--set", SetsOf("audit", sets))["audit"];
}

std::string InitialRecipe(const Inference& inference, const std::string& source,
                          const Json& given) {
  std::string text =
      "# Recipe of bottega. Everything that is not written here has a default:\n"
      "# `bottega recipe` shows all of them, `bottega list section` explains them.\n"
      "version: 1\n\n" +
      UseSectionText() + DataSectionText(inference, source, given);
  text += "  # What was seen:\n";
  for (const std::string& remark : inference.remarks) text += "  #   " + remark + "\n";
  text += "\nsplit: {train: 0.7, validation: 0.15, test: 0.15}\n";
  // Digits and letters change their meaning when they are flipped; photographs do not.
  const bool drawn_signs = inference.data.reading.value("format", "") == "idx";
  if (inference.data.HasPictures()) {
    text += drawn_signs ? "\naugment: [{rotate: {degrees: 10}}]\n"
                        : "\naugment: [flip, {rotate: {degrees: 15}}]\n";
  }
  text += "\ngates: {audit: none}  # as in {audit: error, validation.f1: \">= 0.80\"}\n";
  return text;
}

}  // namespace bottega
