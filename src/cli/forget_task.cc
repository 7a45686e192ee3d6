#include "cli/forget_task.h"

#include <set>

#include "base/error.h"
#include "base/text.h"
#include "cli/output.h"

namespace bottega {

namespace {

// Words that artefacts hold whatever the data are.
constexpr const char* kWords[] = {
    "true",    "false",    "null",     "none",           "train",         "validation",
    "test",    "missing",  "unknown",  "number",         "category",      "binary",
    "date",    "text",     "picture",  "identifier",     "feature",       "target",
    "group",   "time",     "weight",   "part",           "ignored",       "info",
    "warning", "error",    "keep",     "classification", "regression",    "forgotten",
    "rows",    "columns",  "values",   "source",         "format",        "finished",
    "version", "recipe",   "default",  "label",          "labels",        "name",
    "value",   "accuracy", "evaluate", "bottega",        "early_stopping"};

std::set<std::string> ProgramWords(const Catalog& catalog) {
  std::set<std::string> words(std::begin(kWords), std::end(kWords));
  for (const std::string& kind : catalog.Kinds()) {
    for (const Spec* spec : catalog.Of(kind)) {
      words.insert(LowerAscii(spec->name));
      for (const std::string& synonym : spec->synonyms) words.insert(LowerAscii(synonym));
      for (const Param& param : spec->params) {
        words.insert(LowerAscii(param.name));
        for (const std::string& choice : param.choices) words.insert(LowerAscii(choice));
      }
    }
  }
  return words;
}

}  // namespace

std::optional<Forgetting> FindPerson(const Invocation& call, Project* project, bool from_source) {
  const RowCondition condition = RowCondition::Parse(call.Text("where"), ErrorKind::kUsage);
  const std::set<std::string> words = ProgramWords(*call.catalog);
  Forgetting found(
      {.project = project->folder(),
       .source = SourceOf(*project),
       .section = project->recipe()["data"],
       .present = &project->data(),
       .sha256 = project->digest().sha256,
       .from_source = from_source,
       .is_word =
           [words](const std::string& text) { return words.contains(LowerAscii(Trim(text))); }},
      condition);
  if (found.chosen() == 0) return std::nullopt;
  return found;
}

Forgetting FindForForgetting(const Invocation& call, Project* project, bool from_source) {
  std::optional<Forgetting> found = FindPerson(call, project, from_source);
  if (found) return std::move(*found);
  throw Error(ErrorKind::kData, "no row meets the condition, in the data or in any version of them",
              {.file = SourceOf(*project).string()}, "bottega clean --versions");
}

}  // namespace bottega
