#include "cli/run_command.h"

#include <unistd.h>

#include <filesystem>
#include <new>
#include <optional>

#include "base/error.h"
#include "base/interrupt.h"
#include "base/progress.h"
#include "base/terminal.h"
#include "base/text.h"
#include "base/version.h"
#include "cli/catalog.h"
#include "cli/command_line.h"
#include "cli/engine_process.h"
#include "spec/page.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

constexpr int kFormat = 1;

// Changes the working folder for the length of one command.
class WorkingFolder {
 public:
  explicit WorkingFolder(const std::string& folder) {
    if (folder.empty()) return;
    before_ = fs::current_path();
    std::error_code error;
    fs::current_path(folder, error);
    if (error) throw IoError("changing to the folder", folder, error.value());
  }
  ~WorkingFolder() {
    std::error_code ignored;
    if (!before_.empty()) fs::current_path(before_, ignored);
  }

 private:
  fs::path before_;
};

struct Group {
  const char* title;
  std::vector<const char*> verbs;
};

const std::vector<Group>& HelpGroups() {
  static const std::vector<Group> kGroups = {
      {"The whole journey", {"run", "demo"}},
      {"Step by step",
       {"init", "audit", "clean", "split", "train", "evaluate", "report", "predict"}},
      {"Look around", {"list", "runs", "recipe", "doctor", "completion"}}};
  return kGroups;
}

std::string MainHelp(const Catalog& catalog) {
  std::string help =
      "bottega: from raw data to an AI model that its owner can defend.\n\n"
      "usage: bottega VERB [arguments] [flags]\n";
  for (const Group& group : HelpGroups()) {
    help += std::string("\n") + group.title + "\n";
    for (const char* name : group.verbs) {
      const Spec* verb = catalog.Find("verb", name);
      const std::string left = std::string("  ") + name;
      help += left + std::string(14 - left.size(), ' ') +
              Wrap(verb->one_line, TerminalWidth(1), 14, false);
    }
  }
  help += "\nStart with\n  bottega demo\n  bottega run photos/\n  bottega run table.csv\n";
  help += "\n`bottega VERB --help` explains a verb; `bottega list` shows every component.\n";
  return help;
}

Json ErrorJson(const Error& error) {
  const Place& place = error.place();
  Json where = nullptr;
  if (!place.empty()) {
    where = {
        {"file", place.file}, {"row", place.row}, {"line", place.line}, {"column", place.column}};
  }
  return {{"kind", KindName(error.kind())},
          {"message", error.message()},
          {"place", where},
          {"hint", error.hint()}};
}

int Fail(const Error& error, const std::string& verb, bool json, std::ostream& out,
         std::ostream& err) {
  if (json) {
    const Json answer = {
        {"format", kFormat}, {"verb", verb}, {"ok", false}, {"error", ErrorJson(error)}};
    out << answer.dump(2, ' ', false, Json::error_handler_t::replace) << "\n";
  } else {
    err << Paint("error", Style::kRed, 2) << ": " << error.what() << "\n";
    if (!error.hint().empty())
      err << Paint("hint", Style::kBlue, 2) << ": " << error.hint() << "\n";
  }
  out.flush();
  return ExitCode(error.kind());
}

Error UnknownVerb(const std::string& word, const Catalog& catalog) {
  const std::vector<std::string> near = NearestNames(word, catalog.Names("verb"));
  return Error(
      ErrorKind::kUsage,
      "there is no verb '" + word + "'" + (near.empty() ? "" : "; did you mean " + near[0] + "?"),
      {}, near.empty() ? "bottega --help" : "bottega " + near[0] + " --help");
}

// The verb and what comes behind it; global flags before the verb are moved behind it.
struct Words {
  std::string verb;
  std::vector<std::string> rest;
};

Words TakeVerb(const std::vector<std::string>& words) {
  Words result;
  std::vector<std::string> before;
  for (size_t i = 0; i < words.size(); ++i) {
    if (!result.verb.empty()) {
      result.rest.push_back(words[i]);
    } else if (words[i] == "-C" || words[i] == "--folder") {
      before.push_back(words[i]);
      if (i + 1 < words.size()) before.push_back(words[++i]);
    } else if (words[i].starts_with("-")) {
      before.push_back(words[i]);
    } else {
      result.verb = words[i];
    }
  }
  result.rest.insert(result.rest.end(), before.begin(), before.end());
  return result;
}

int RunVerb(const Verb& verb, const Words& words, const GlobalFlags& global, Invocation& invocation,
            std::ostream& out) {
  const WorkingFolder folder(global.folder);
  SetQuiet(global.quiet);
  invocation.json = global.json;
  invocation.quiet = global.quiet;
  invocation.out = &out;
  invocation.typed = "bottega " + words.verb;
  for (const std::string& word : words.rest) invocation.typed += " " + ShellQuote(word);
  const Json result = verb.run(invocation);
  if (global.json) {
    const Json answer = {
        {"format", kFormat}, {"verb", words.verb}, {"ok", true}, {"result", result}};
    out << answer.dump(2, ' ', false, Json::error_handler_t::replace) << "\n";
  }
  out.flush();
  return 0;
}

const Verb* FindVerb(const VerbTable& table, const std::string& name) {
  for (const Verb& verb : table) {
    if (verb.spec().name == name) return &verb;
  }
  return nullptr;
}

int Dispatch(const Words& words, const VerbTable& table, GlobalFlags* global, std::ostream& out,
             std::ostream& err) {
  const Catalog& catalog = FullCatalog();
  const Spec* spec = catalog.Find("verb", words.verb);
  if (spec == nullptr) throw UnknownVerb(words.verb, catalog);
  Invocation invocation = ParseCommandLine(catalog, *spec, words.rest, global);
  if (global->help) {
    out << VerbHelp(*spec, std::min(TerminalWidth(1), 100));
    return 0;
  }
  const Verb* verb = FindVerb(table, spec->name);
  if (verb != nullptr) return RunVerb(*verb, words, *global, invocation, out);
  std::vector<std::string> all = {words.verb};
  all.insert(all.end(), words.rest.begin(), words.rest.end());
  return HandOverToEngine(all, out, err);
}

}  // namespace

int RunCommand(const std::vector<std::string>& words, const VerbTable& table, std::ostream& out,
               std::ostream& err) {
  const Words taken = TakeVerb(words);
  GlobalFlags global;
  // Known before parsing, so that a parse error is JSON too.
  global.json = std::ranges::count(words, "--json") > 0;
  try {
    if (taken.verb.empty()) {
      if (std::ranges::count(words, "--version") > 0) {
        out << "bottega " << kVersion << " (" << BuildId() << ")\n";
        return 0;
      }
      const bool asked = std::ranges::count(words, "--help") + std::ranges::count(words, "-h") > 0;
      (asked ? out : err) << MainHelp(FullCatalog());
      return asked ? 0 : ExitCode(ErrorKind::kUsage);
    }
    if (taken.verb == "help") {
      if (taken.rest.empty()) {
        out << MainHelp(FullCatalog());
        return 0;
      }
      return Dispatch({taken.rest[0], {"--help"}}, table, &global, out, err);
    }
    return Dispatch(taken, table, &global, out, err);
  } catch (const Error& error) {
    return Fail(error, taken.verb, global.json, out, err);
  } catch (const Interrupted& stop) {
    if (!global.json) {
      const bool training = taken.verb == "train" || taken.verb == "run";
      err << "stopped by a signal"
          << (training ? "; what was trained is saved: bottega train --resume\n" : "\n");
    }
    return 128 + stop.signal();
  } catch (const std::bad_alloc&) {
    return Fail(Error(ErrorKind::kInternal, "out of memory", {},
                      "use fewer rows, smaller pictures or a smaller batch"),
                taken.verb, global.json, out, err);
  } catch (const std::exception& e) {
    return Fail(Error(ErrorKind::kInternal, std::string("a fault of ours: ") + e.what(), {},
                      "please report this with the command and the data's shape"),
                taken.verb, global.json, out, err);
  }
}

}  // namespace bottega
