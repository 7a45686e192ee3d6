#include "spec/completion.h"

#include "cli/verbs/verbs.h"

namespace bottega {

const Spec& CompletionSpec() {
  static const Spec spec = {
      .kind = "verb",
      .name = "completion",
      .one_line = "print the completion script of a shell",
      .text =
          "bash: `bottega completion bash > ~/.local/share/bash-completion/completions/bottega`\n"
          "zsh: `bottega completion zsh > ~/.zfunc/_bottega`\n"
          "fish: `bottega completion fish > ~/.config/fish/completions/bottega.fish`",
      .params = {{.name = "shell",
                  .type = ParamType::kChoice,
                  .what = "the shell, or words for candidates behind `--`",
                  .required = true,
                  .choices = {"bash", "zsh", "fish", "words"},
                  .positional = true},
                 {.name = "words",
                  .type = ParamType::kTextList,
                  .what = "the words typed so far, for `words`",
                  .fallback = Json::array(),
                  .positional = true}},
      .examples = {"bottega completion bash", "bottega completion words -- tra"}};
  return spec;
}

Json RunCompletion(Invocation& call) {
  const std::string shell = call.Text("shell");
  if (shell != "words") {
    const std::string script = CompletionScript(shell);
    if (!call.json) *call.out << script;
    return script;
  }
  const std::vector<std::string> found =
      CompleteWords(*call.catalog, call.args.at("words").get<std::vector<std::string>>());
  if (!call.json) {
    for (const std::string& word : found) *call.out << word << "\n";
  }
  return found;
}

}  // namespace bottega
