#include <filesystem>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "cli/recipe.h"
#include "cli/verbs/verbs.h"
#include "data/open.h"
#include "profile/large_source.h"

namespace bottega {

const Spec& InitSpec() {
  static const Spec spec = {
      .kind = "verb",
      .name = "init",
      .one_line = "look at data and write a commented recipe, bottega.yaml",
      .text =
          "Infers format, column types, roles and the task, and proposes sensitive columns. The "
          "recipe starts with its purpose: what stays empty there shows as an open question in "
          "every report.",
      .params = {{.name = "data",
                  .what = "a table (CSV, TSV, JSON Lines, Parquet), a folder of "
                          "pictures, or IDX files",
                  .required = true,
                  .positional = true},
                 {.name = "target",
                  .what = "the column to predict: a name, a number from 1, or -1 for "
                          "the last",
                  .unit = "COLUMN"},
                 {.name = "force",
                  .type = ParamType::kBool,
                  .what = "overwrite an existing bottega.yaml",
                  .fallback = false}},
      .examples = {"bottega init loans.csv --target approved", "bottega init photos/"},
      .sets = {"data"}};
  return spec;
}

Json RunInit(Invocation& call) {
  std::error_code ignored;
  if (std::filesystem::exists(kRecipeName, ignored) && !call.Flag("force")) {
    throw Error(ErrorKind::kUsage, "there is a recipe here already", {.file = kRecipeName},
                call.typed + " --force");
  }
  const Json given = DataSettings(call.Text("data"), call.sets);
  const std::string source = call.Text("data");
  const std::optional<LargeSource> large = ReadIfLarge(source, given, AuditSettings({}));
  const Inference inference =
      large ? InferSample(large->sample, large->whole.rows(), source, call.Text("target"), given)
            : InferDataset(source, call.Text("target"), given);
  RequireTwoClasses(inference);
  const std::string text = InitialRecipe(inference, call.Text("data"), given);
  ResolveRecipe(text, kRecipeName, {});
  WriteFileAtomic(kRecipeName, text);
  if (!call.json) {
    *call.out << "wrote " << kRecipeName << "\n";
    for (const std::string& remark : inference.remarks) *call.out << "  " << remark << "\n";
    *call.out << "next: fill in `use:` in " << kRecipeName << ", then: bottega run\n";
  }
  const int64_t rows = large ? large->whole.rows() : inference.data.size();
  return {{"recipe", kRecipeName},          {"rows", rows},
          {"task", inference.task},         {"target", inference.target},
          {"positive", inference.positive}, {"sensitive", inference.sensitive},
          {"remarks", inference.remarks}};
}

}  // namespace bottega
