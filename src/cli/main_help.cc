#include "cli/main_help.h"

#include <vector>

#include "base/terminal.h"
#include "spec/page.h"

namespace bottega {

namespace {

struct Group {
  const char* title;
  std::vector<const char*> verbs;
};

const std::vector<Group>& HelpGroups() {
  static const std::vector<Group> kGroups = {
      {"The whole journey", {"run", "demo"}},
      {"Step by step",
       {"init", "audit", "clean", "split", "train", "evaluate", "report", "predict"}},
      {"Prepare a training", {"lr find", "lr show", "optim race"}},
      {"Look after the data",
       {"schema infer", "schema check", "data diff", "data export", "data access", "review",
        "forget"}},
      {"Prove", {"verify"}},
      {"Look at what was trained",
       {"runs list", "runs show", "runs diff", "runs compare", "runs tag", "runs gc", "runs push"}},
      {"Look around", {"list", "recipe", "doctor", "completion"}}};
  return kGroups;
}

}  // namespace

std::string MainHelp(const Catalog& catalog) {
  std::string help =
      "bottega: from raw data to an AI model that its owner can defend.\n\n"
      "usage: bottega VERB [arguments] [flags]\n";
  for (const Group& group : HelpGroups()) {
    help += std::string("\n") + group.title + "\n";
    for (const char* name : group.verbs) {
      const Spec* verb = catalog.Find("verb", name);
      const std::string left = std::string("  ") + name;
      constexpr size_t kIndent = 16;
      help += left + std::string(kIndent - left.size(), ' ') +
              Wrap(verb->one_line, TerminalWidth(1), kIndent, false);
    }
  }
  help += "\nStart with\n  bottega demo\n  bottega run photos/\n  bottega run table.csv\n";
  help += "\n`bottega VERB --help` explains a verb; `bottega list` shows every component.\n";
  return help;
}

Json MainHelpJson(const Catalog& catalog) {
  Json groups = Json::array();
  for (const Group& group : HelpGroups()) {
    Json verbs = Json::array();
    for (const char* name : group.verbs) {
      verbs.push_back({{"name", name}, {"one_line", catalog.Find("verb", name)->one_line}});
    }
    groups.push_back({{"title", group.title}, {"verbs", verbs}});
  }
  return groups;
}

}  // namespace bottega
