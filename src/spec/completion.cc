#include "spec/completion.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"

namespace bottega {

namespace {

constexpr const char* kBash = R"(_bottega() {
  local IFS=$'\n'
  COMPREPLY=($(bottega completion words -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
  [ ${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}"))
}
complete -o filenames -F _bottega bottega
)";

constexpr const char* kZsh = R"(#compdef bottega
_bottega() {
  local -a found
  found=("${(@f)$(bottega completion words -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "${found[1]}" ]]; then compadd -- "${found[@]}"; else _files; fi
}
compdef _bottega bottega
)";

constexpr const char* kFish = R"(function __bottega_words
  bottega completion words -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null
end
complete -c bottega -a '(__bottega_words)'
)";

void AddMatching(const std::vector<std::string>& names, const std::string& prefix,
                 std::vector<std::string>* out) {
  for (const std::string& name : names) {
    if (name.starts_with(prefix)) out->push_back(name);
  }
}

std::vector<std::string> Flags(const Spec& verb) {
  std::vector<std::string> flags = {"--help", "--json", "--quiet"};
  if (!verb.sets.empty()) flags.push_back("--set");
  for (const Param& param : verb.params) {
    if (!param.positional) flags.push_back("--" + Replace(param.name, "_", "-"));
  }
  return flags;
}

// The words that verbs which begin with `prefix` ("" or "schema ") go on with.
std::vector<std::string> NextWords(const Catalog& catalog, const std::string& prefix) {
  std::vector<std::string> next;
  for (const std::string& name : catalog.Names("verb")) {
    if (!name.starts_with(prefix)) continue;
    const std::string rest = name.substr(prefix.size());
    const std::string word = rest.substr(0, rest.find(' '));
    if (std::ranges::find(next, word) == next.end()) next.push_back(word);
  }
  return next;
}

}  // namespace

std::string CompletionScript(const std::string& shell) {
  if (shell == "bash") return kBash;
  if (shell == "zsh") return kZsh;
  if (shell == "fish") return kFish;
  throw Error(ErrorKind::kUsage, "no completion for the shell '" + shell + "'", {},
              "bottega completion bash");
}

std::vector<std::string> CompleteWords(const Catalog& catalog, std::vector<std::string> words) {
  std::vector<std::string> found;
  if (words.empty()) return NextWords(catalog, "");
  const std::string last = words.back();
  if (words.size() == 1) {
    AddMatching(NextWords(catalog, ""), last, &found);
    return found;
  }
  const Spec* verb = catalog.Find("verb", words[0]);
  if (verb == nullptr && words.size() == 2) {
    AddMatching(NextWords(catalog, words[0] + " "), last, &found);
    return found;
  }
  if (verb == nullptr && (verb = catalog.Find("verb", words[0] + " " + words[1])) != nullptr) {
    words.erase(words.begin());
  }
  if (verb == nullptr) return found;
  if (last.starts_with("-")) {
    AddMatching(Flags(*verb), last, &found);
    return found;
  }
  for (const Param& param : verb->params) {
    if ("--" + Replace(param.name, "_", "-") != words[words.size() - 2]) continue;
    AddMatching(param.choices, last, &found);
    return found;
  }
  if (verb->name == "list") {
    AddMatching(words.size() == 2 ? catalog.Kinds() : catalog.Names(words[1]), last, &found);
    return found;
  }
  size_t position = 0;
  for (const Param& param : verb->params) {
    if (param.positional && ++position == words.size() - 1)
      AddMatching(param.choices, last, &found);
  }
  return found;
}

}  // namespace bottega
