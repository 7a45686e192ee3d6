#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "cli/verbs/verbs.h"
#include "run/run_folder.h"
#include "run/tags.h"

namespace bottega {

const Spec& RunsTagSpec() {
  static const Spec spec = {
      .kind = "verb",
      .name = "runs tag",
      .one_line = "file a run under words: `+good` adds one, `-good` takes it away",
      .text =
          "Tags lie in the run's folder, so that they survive the index. `bottega runs gc` never "
          "removes a run that has one. Without words, the tags are printed.",
      .params = {{.name = "run",
                  .what = "a run: its id, a part of it, its folder, or latest",
                  .required = true,
                  .positional = true},
                 {.name = "changes",
                  .type = ParamType::kTextList,
                  .what = "tags to add (+TAG) and to take away (-TAG)",
                  .fallback = Json::array(),
                  .positional = true}},
      .synonyms = {"label", "star"},
      .examples = {"bottega runs tag latest +good", "bottega runs tag latest +production -good",
                   "bottega runs tag latest"}};
  return spec;
}

Json RunRunsTag(Invocation& call) {
  const RunFolder run = FindRun(".", call.Text("run"));
  std::vector<std::string> add, remove;
  for (const std::string& word : call.args.at("changes").get<std::vector<std::string>>()) {
    const std::string tag = word.empty() ? "" : word.substr(1);
    const std::string again = "bottega runs tag " + ShellQuote(call.Text("run"));
    if (!word.starts_with("+") && !word.starts_with("-")) {
      throw Error(ErrorKind::kUsage, "'" + word + "' does not say whether to add or take away", {},
                  again + " " + ShellQuote("+" + word));
    }
    if (const std::string wrong = WrongTag(tag); !wrong.empty() && word.starts_with("+")) {
      throw Error(ErrorKind::kUsage, "'" + tag + "': " + wrong, {}, again);
    }
    (word.starts_with("+") ? add : remove).push_back(tag);
  }
  std::vector<std::string> before = ReadTags(run);
  for (const std::string& tag : remove) {
    if (std::ranges::find(before, tag) != before.end()) continue;
    throw Error(ErrorKind::kUsage, "the run has no tag '" + tag + "'",
                {.file = run.path().string()}, "bottega runs tag " + ShellQuote(call.Text("run")));
  }
  const std::vector<std::string> tags =
      add.empty() && remove.empty() ? before : ChangeTags(run, add, remove);
  if (!call.json) {
    *call.out << run.id() << ": " << (tags.empty() ? "no tags" : Join(tags, " ")) << "\n";
  }
  return {{"run", run.id()}, {"tags", tags}};
}

}  // namespace bottega
