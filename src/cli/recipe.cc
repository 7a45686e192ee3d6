#include "cli/recipe.h"

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "cli/catalog.h"
#include "metric/condition.h"
#include "spec/emit.h"

namespace bottega {

namespace fs = std::filesystem;

Recipe ResolveRecipe(const std::string& text, const std::string& file,
                     const std::vector<std::string>& sets) {
  SourceNode source = ParseYaml(text, file);
  for (const std::string& set : sets) Override(&source, set);
  Resolved resolved = Resolve(FullCatalog(), RecipeSpec(), source, file);
  ThrowProblems(resolved.problems, ErrorKind::kRecipe, "bottega list section");
  CheckGates(resolved.value.at("gates"));
  return {std::move(resolved.value), std::move(resolved.origin), std::move(resolved.remarks)};
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
                              : "the target holds nothing but '" + classes[0] +
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

std::string DataSectionText(const Inference& inference, const std::string& source) {
  std::string text = "data:\n  source: " + YamlScalar(source) + "\n";
  if (!inference.target.empty()) {
    text += "  target: " + YamlScalar(inference.target) + "  # " + inference.task + "\n";
  }
  if (!inference.positive.empty()) {
    text += "  positive: " + YamlScalar(inference.positive) +
            "  # the class that precision, recall and f1 are about: the rarer one\n";
  }
  text += ListLine("sensitive", inference.sensitive,
                   inference.sensitive.empty()
                       ? "no column looked sensitive; name those whose groups must fare alike"
                       : "proposed by name and content: please check");
  return text;
}

}  // namespace

std::string InitialRecipe(const Inference& inference, const std::string& source) {
  std::string text =
      "# Recipe of bottega. Everything that is not written here has a default:\n"
      "# `bottega recipe` shows all of them, `bottega list section` explains them.\n"
      "version: 1\n\n" +
      UseSectionText() + DataSectionText(inference, source);
  text += "  # What was seen:\n";
  for (const std::string& remark : inference.remarks) text += "  #   " + remark + "\n";
  text += "\nsplit: {train: 0.7, validation: 0.15, test: 0.15, seed: 7}\n";
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
