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
#include "cli/hint.h"
#include "cli/main_help.h"
#include "run/run_folder.h"
#include "run/sub_run.h"
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
    if (!error) return;
    const Error io = IoError("changing to the folder", folder, error.value());
    const fs::path parent = fs::path(folder).parent_path();
    throw Error(
        io.kind(), io.message(), io.place(),
        "`ls -l " + ShellQuote(parent.empty() ? "." : parent.string()) + "` lists what is there");
  }
  ~WorkingFolder() {
    std::error_code ignored;
    if (!before_.empty()) fs::current_path(before_, ignored);
  }

 private:
  fs::path before_;
};

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

void PrintHint(const std::string& hint, std::ostream& err) {
  if (!hint.empty()) err << Paint("hint", Style::kBlue, 2) << ": " << hint << "\n";
}

int Succeed(const std::string& verb, const Json& result, std::ostream& out) {
  const Json answer = {{"format", kFormat}, {"verb", verb}, {"ok", true}, {"result", result}};
  out << answer.dump(2, ' ', false, Json::error_handler_t::replace) << "\n";
  out.flush();
  return 0;
}

// Prints the error, with --json beside `result` where there is one; returns the exit code.
int Fail(const Error& error, const std::string& verb, const GlobalFlags& global, std::ostream& out,
         std::ostream& err, const Json& result = nullptr) {
  const std::string hint = InFolder(error.hint(), global.folder);
  if (global.json) {
    Json answer = {{"format", kFormat}, {"verb", verb}, {"ok", false}, {"error", ErrorJson(error)}};
    answer["error"]["hint"] = hint;
    if (!result.is_null()) answer["result"] = result;
    out << answer.dump(2, ' ', false, Json::error_handler_t::replace) << "\n";
  } else {
    out.flush();
    err << Paint("error", Style::kRed, 2) << ": " << error.what() << "\n";
    PrintHint(hint, err);
  }
  out.flush();
  return ExitCode(error.kind());
}

// The verbs of a group of verbs of two words: "schema infer" and "schema check" of "schema".
std::vector<std::string> VerbsOfGroup(const Catalog& catalog, const std::string& group) {
  std::vector<std::string> verbs = catalog.Names("verb");
  std::erase_if(verbs, [&](const std::string& name) { return !name.starts_with(group + " "); });
  return verbs;
}

Error UnknownVerb(const std::string& word, const Catalog& catalog) {
  if (const auto verbs = VerbsOfGroup(catalog, word); !verbs.empty()) {
    return Error(ErrorKind::kUsage,
                 "'" + word + "' is followed by a second word: '" + Join(verbs, "', '") + "'", {},
                 "bottega " + verbs[0] + " --help");
  }
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

Words TakeVerb(const std::vector<std::string>& words, const Catalog& catalog) {
  Words result;
  std::vector<std::string> before;
  for (size_t i = 0; i < words.size(); ++i) {
    if (!result.verb.empty()) {
      const bool second = result.rest.empty() && !words[i].starts_with("-") &&
                          catalog.Find("verb", result.verb) == nullptr &&
                          !VerbsOfGroup(catalog, result.verb).empty();
      if (second) {
        result.verb += " " + words[i];
      } else {
        result.rest.push_back(words[i]);
      }
    } else if (words[i] == "-C" || words[i] == "--folder") {
      before.push_back(words[i]);
      if (i + 1 < words.size()) before.push_back(words[++i]);
    } else if (words[i].starts_with("-")) {
      before.push_back(words[i]);
    } else {
      result.verb = words[i];
    }
  }
  // `bottega runs` is `bottega runs list`.
  const bool asks = std::ranges::any_of(
      words, [](const std::string& word) { return word == "--help" || word == "-h"; });
  const std::string listing = result.verb + " list";
  if (!asks && !result.verb.empty() && catalog.Find("verb", result.verb) == nullptr &&
      catalog.Find("verb", listing) != nullptr) {
    result.verb = listing;
  }
  result.rest.insert(result.rest.end(), before.begin(), before.end());
  return result;
}

// The command that goes on where a signal stopped `verb` in the working folder; "" for none.
std::string ResumingCommand(const std::string& verb) {
  if (verb == "tune" || verb == "ablate") {
    return NewestUnfinished(".", verb == "tune" ? kSearch : kAblation)
               ? "bottega " + verb + " --resume"
               : "";
  }
  std::error_code ignored;
  std::vector<std::string> projects;
  if (verb == "train" || verb == "run") projects = {""};
  for (const auto& entry : fs::directory_iterator(".", ignored)) {
    const std::string name = entry.path().filename().string();
    if (verb == "demo" && name.starts_with("bottega-demo-")) projects.push_back(name);
  }
  for (const std::string& project : projects) {
    std::vector<RunFolder> runs = ListRuns(project.empty() ? "." : project);
    std::erase_if(
        runs, [](const RunFolder& run) { return KindOf(run.Read("manifest.json")).has_value(); });
    if (runs.empty() || runs.front().Has("metrics.json")) continue;
    return InFolder(
        runs.front().Trained() ? "bottega run --from evaluate" : "bottega train --resume", project);
  }
  return "";
}

int SayInterrupted(const Interrupted& stop, const Words& words, const GlobalFlags& global,
                   const Invocation& invocation, std::ostream& err) {
  const std::string resuming = InFolder(ResumingCommand(words.verb), global.folder);
  const std::string hint = resuming.empty() ? invocation.typed : resuming;
  const std::string message =
      resuming.empty() ? "stopped by a signal" : "stopped by a signal; what was trained is saved";
  if (global.json) {
    const Json error = {
        {"kind", "interrupted"}, {"message", message}, {"place", nullptr}, {"hint", hint}};
    *invocation.out
        << Json{{"format", kFormat}, {"verb", words.verb}, {"ok", false}, {"error", error}}.dump(2)
        << "\n";
  } else {
    err << message << "\n";
    PrintHint(hint, err);
  }
  invocation.out->flush();
  return 128 + stop.signal();
}

int RunVerb(const Verb& verb, const Words& words, const GlobalFlags& global, Invocation& invocation,
            std::ostream& out, std::ostream& err) {
  const WorkingFolder folder(global.folder);
  SetQuiet(global.quiet);
  invocation.json = global.json;
  invocation.quiet = global.quiet;
  invocation.out = &out;
  invocation.typed = "bottega " + words.verb;
  for (const std::string& word : words.rest) invocation.typed += " " + ShellQuote(word);
  Json result;
  try {
    result = verb.run(invocation);
  } catch (const Interrupted& stop) {
    return SayInterrupted(stop, words, global, invocation, err);
  }
  if (invocation.failure) {
    return Fail(*invocation.failure, words.verb, global, out, err, result);
  }
  if (global.json) return Succeed(words.verb, result, out);
  out.flush();
  return 0;
}

// `schema --help`: the verbs of the group. False when there is no such group or no such flag.
bool PrintGroupHelp(const Words& words, const Catalog& catalog, std::ostream& out) {
  const auto said = [&](const char* flag) { return std::ranges::count(words.rest, flag) > 0; };
  const std::vector<std::string> verbs = VerbsOfGroup(catalog, words.verb);
  if (verbs.empty() || (!said("--help") && !said("-h"))) return false;
  if (said("--json")) {
    Json list = Json::array();
    for (const std::string& name : verbs) list.push_back(SpecJson(*catalog.Find("verb", name)));
    Succeed(words.verb, list, out);
    return true;
  }
  for (const std::string& name : verbs) {
    out << "bottega " << name << "\n  "
        << Wrap(catalog.Find("verb", name)->one_line, std::min(TerminalWidth(1), 100), 2, false);
  }
  out << "\n`bottega " << verbs[0] << " --help` explains one of them.\n";
  return true;
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
  if (spec == nullptr && PrintGroupHelp(words, catalog, out)) return 0;
  if (spec == nullptr) throw UnknownVerb(words.verb, catalog);
  Invocation invocation = ParseCommandLine(catalog, *spec, words.rest, global);
  if (global->help) {
    if (global->json) return Succeed(spec->name, SpecJson(*spec), out);
    out << VerbHelp(*spec, std::min(TerminalWidth(1), 100));
    return 0;
  }
  const Verb* verb = FindVerb(table, spec->name);
  const bool here = verb != nullptr && (verb->needs_engine == nullptr ||
                                        invocation.args.at(verb->needs_engine).is_null());
  if (here) return RunVerb(*verb, words, *global, invocation, out, err);
  std::vector<std::string> all = Split(words.verb, ' ');
  all.insert(all.end(), words.rest.begin(), words.rest.end());
  return HandOverToEngine(all, out, err);
}

int PrintMainHelp(bool json, std::ostream& out) {
  if (json) return Succeed("help", MainHelpJson(FullCatalog()), out);
  out << MainHelp(FullCatalog());
  return 0;
}

int AnswerWithoutVerb(const std::vector<std::string>& words, bool json, std::ostream& out,
                      std::ostream& err) {
  const auto said = [&](const char* flag) { return std::ranges::count(words, flag) > 0; };
  if (said("--version")) {
    if (json) return Succeed("version", {{"version", kVersion}, {"build", BuildId()}}, out);
    out << "bottega " << kVersion << " (" << BuildId() << ")\n";
    return 0;
  }
  if (said("--help") || said("-h")) return PrintMainHelp(json, out);
  err << MainHelp(FullCatalog());
  return ExitCode(ErrorKind::kUsage);
}

// `help`, `help VERB`, each with --json.
int AnswerHelp(const Words& words, const VerbTable& table, GlobalFlags* global, std::ostream& out,
               std::ostream& err) {
  Words asked = TakeVerb(words.rest, FullCatalog());
  if (asked.verb.empty()) return PrintMainHelp(global->json, out);
  asked.rest = {"--help"};
  if (global->json) asked.rest.push_back("--json");
  return Dispatch(asked, table, global, out, err);
}

}  // namespace

int RunCommand(const std::vector<std::string>& words, const VerbTable& table, std::ostream& out,
               std::ostream& err) {
  const Words taken = TakeVerb(words, FullCatalog());
  GlobalFlags global;
  // Known before parsing, so that a parse error is JSON too.
  global.json = std::ranges::count(words, "--json") > 0;
  try {
    if (taken.verb.empty()) return AnswerWithoutVerb(words, global.json, out, err);
    if (taken.verb == "help") return AnswerHelp(taken, table, &global, out, err);
    return Dispatch(taken, table, &global, out, err);
  } catch (const Error& error) {
    return Fail(error, taken.verb, global, out, err);
  } catch (const std::bad_alloc&) {
    return Fail(Error(ErrorKind::kInternal, "out of memory", {},
                      "use fewer rows, smaller pictures or a smaller batch"),
                taken.verb, global, out, err);
  } catch (const std::exception& e) {
    return Fail(Error(ErrorKind::kInternal, std::string("a fault of ours: ") + e.what(), {},
                      "please report this with the command and the data's shape"),
                taken.verb, global, out, err);
  }
}

}  // namespace bottega
