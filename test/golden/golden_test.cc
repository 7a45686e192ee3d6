// Runs every .test file of this folder, each in a fresh folder of its own; README.md has the
// format.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <map>
#include <regex>
#include <sstream>

#include "base/error.h"
#include "base/files.h"
#include "base/interrupt.h"
#include "base/progress.h"
#include "base/test_folders.h"
#include "base/text.h"
#include "cli/run_command.h"
#include "cli/verbs/verbs.h"
#include "golden_file.h"

namespace bottega {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = fs::path(kTestSourceFolder) / "test" / "golden";
constexpr size_t kAtLeast = 5;

struct Outcome {
  int code = 0;
  std::string out;
  std::string err;
};

Outcome RunInProcess(const std::string& line) {
  std::vector<std::string> words = ShellWords(line);
  words.erase(words.begin());
  std::ostringstream out, err;
  const int code = RunCommand(words, TorchFreeVerbs(), out, err);
  return {code, out.str(), err.str()};
}

// The working folder holds only what the test made, so the streams go elsewhere.
Outcome RunInShell(const std::string& line, const fs::path& folder) {
  const fs::path out = folder / "out", err = folder / "err";
  const std::string command =
      "( " + line + "\n) >" + out.string() + " 2>" + err.string() + " </dev/null";
  const int status = std::system(command.c_str());
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return {code, ReadFile(out), ReadFile(err)};
}

// Why this machine cannot run a file that needs `what`; "" if it can.
std::string Lacks(const std::string& what) {
  if (what == "root") return geteuid() == 0 ? "" : "needs root, to become another user";
  if (what == "tmpfs") {
    const int status = std::system("unshare -Urm sh -c 'mount -t tmpfs none /mnt' 2>/dev/null");
    return status == 0 ? "" : "unshare -Urm cannot mount a tmpfs here";
  }
  return "nobody knows what '" + what + "' is";
}

// Generated once a process, copied for each file that asks for it.
void CopyData(const std::string& argument) {
  static const TemporaryFolder kept;
  const std::vector<std::string> words = ShellWords(argument);
  ASSERT_GE(words.size(), 2u) << "data NAME FOLDER [flags of bottega demo]";
  std::string key = words[0], flags;
  for (size_t i = 2; i < words.size(); ++i) flags += " " + ShellQuote(words[i]);
  const fs::path made = kept.path() / Replace(Replace(key + flags, " ", "_"), "/", "_");
  if (!fs::exists(made)) {
    const Outcome outcome =
        RunInProcess("bottega demo " + words[0] + " --data-only " + made.string() + flags);
    ASSERT_EQ(outcome.code, 0) << outcome.err;
  }
  fs::copy(made, words[1], fs::copy_options::recursive);
}

class GoldenTest : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    before_ = fs::current_path();
    fs::create_directory(folder_.path() / "work");
    fs::create_directory(folder_.path() / "streams");
    fs::permissions(folder_.path(), fs::perms::others_read | fs::perms::others_exec,
                    fs::perm_options::add);
    fs::current_path(folder_.path() / "work");
    SetQuiet(true);
  }
  void TearDown() override {
    fs::current_path(before_);
    for (const std::string& name : environment_) unsetenv(name.c_str());
    SetQuiet(false);
  }

  void Run(const GoldenStep& step);
  void RunCommandStep(const GoldenStep& step);
  void RunHint(const GoldenStep& step, const std::string& err);

  const TemporaryFolder folder_;
  fs::path before_;
  std::vector<std::string> environment_;
};

void GoldenTest::RunHint(const GoldenStep& step, const std::string& err) {
  for (const std::string& line : Split(err, '\n')) {
    if (!line.starts_with("hint: ")) continue;
    for (const std::string& command : HintCommands(line.substr(6))) {
      const Outcome outcome = RunInShell(command, folder_.path() / "streams");
      EXPECT_EQ(outcome.code, step.hint_code) << "the hint's command: " << command << "\n"
                                              << outcome.err;
    }
  }
}

void GoldenTest::RunCommandStep(const GoldenStep& step) {
  const Outcome outcome = step.shell ? RunInShell(step.argument, folder_.path() / "streams")
                                     : RunInProcess(step.argument);
  EXPECT_EQ(outcome.code, step.exit_code) << outcome.out << outcome.err;
  const bool error = step.exit_code != 0;
  // A failing command may print results before it fails; its error is what is compared.
  const std::string& text = error && !outcome.err.empty() ? outcome.err : outcome.out;
  const std::string difference = Compare(step.expected, step.contains, text);
  EXPECT_EQ(difference, "") << "---- the whole output\n" << text;
  if (error) RunHint(step, outcome.err);
}

void GoldenTest::Run(const GoldenStep& step) {
  using Kind = GoldenStep::Kind;
  switch (step.kind) {
    case Kind::kFile:
      WriteFileAtomic(step.argument, step.content);
      break;
    case Kind::kData:
      CopyData(step.argument);
      break;
    case Kind::kRemove:
      fs::remove_all(step.argument);
      break;
    case Kind::kExists:
      EXPECT_TRUE(fs::exists(step.argument)) << step.argument;
      break;
    case Kind::kAbsent:
      EXPECT_FALSE(fs::exists(step.argument)) << step.argument;
      break;
    case Kind::kCommand:
      RunCommandStep(step);
      break;
    case Kind::kNeeds:
      break;
    case Kind::kEnvironment: {
      const size_t equals = step.argument.find('=');
      environment_.push_back(step.argument.substr(0, equals));
      setenv(environment_.back().c_str(), step.argument.substr(equals + 1).c_str(), 1);
    }
  }
}

TEST_P(GoldenTest, PrintsWhatTheFileSays) {
  const fs::path path = kFolder / GetParam();
  const std::vector<GoldenStep> steps = ParseGoldenFile(path);
  for (const GoldenStep& step : steps) {
    if (step.kind != GoldenStep::Kind::kNeeds) continue;
    if (const std::string reason = Lacks(step.argument); !reason.empty()) GTEST_SKIP() << reason;
  }
  for (const GoldenStep& step : steps) {
    SCOPED_TRACE(path.string() + ":" + std::to_string(step.line) + ": " + step.argument);
    Run(step);
    if (HasFatalFailure()) return;
  }
}

std::vector<std::string> GoldenFiles() {
  std::vector<std::string> names;
  for (const fs::path& file : ListFiles(kFolder)) {
    if (file.extension() == ".test") names.push_back(file.string());
  }
  return names;
}

std::string TestName(const testing::TestParamInfo<std::string>& info) {
  std::string name = info.param.substr(0, info.param.size() - 5);
  for (char& c : name) {
    if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
  }
  return name;
}

INSTANTIATE_TEST_SUITE_P(Files, GoldenTest, testing::ValuesIn(GoldenFiles()), TestName);

TEST(GoldenFiles, AreFound) { EXPECT_GE(GoldenFiles().size(), kAtLeast); }

// Codes that no input can raise on purpose: a verb that throws stands for each kind.
ErrorKind thrown_kind;
Json Throwing(Invocation&) { throw Error(thrown_kind, "on purpose"); }
Json Crashing(Invocation&) { throw std::logic_error("a fault of ours"); }

TEST(ExitCodes, EachKindOfErrorHasItsOwn) {
  const Verb list = TorchFreeVerbs().front();
  std::ostringstream out, err;
  const std::string name = list.spec().name;
  const std::map<ErrorKind, int> codes = {{ErrorKind::kInternal, 1}, {ErrorKind::kUsage, 2},
                                          {ErrorKind::kRecipe, 2},   {ErrorKind::kGate, 3},
                                          {ErrorKind::kData, 65},    {ErrorKind::kMissing, 66},
                                          {ErrorKind::kIo, 74},      {ErrorKind::kBudget, 75}};
  Verb verb{list.spec, Throwing};
  std::vector<std::string> words = {name};
  for (const Param& param : list.spec().params) {
    if (param.required) words.push_back("x");
  }
  for (const auto& [kind, code] : codes) {
    thrown_kind = kind;
    EXPECT_EQ(RunCommand(words, {verb}, out, err), code) << KindName(kind);
  }
  verb.run = Crashing;
  EXPECT_EQ(RunCommand(words, {verb}, out, err), 1);
}

Json Stopping(Invocation&) { throw Interrupted(SIGTERM); }

TEST(ExitCodes, ASignalIsSaidInJsonToo) {
  std::ostringstream out, err;
  const Verb runs{RunsListSpec, Stopping};
  EXPECT_EQ(RunCommand({"-C", "/", "runs", "--json"}, {runs}, out, err), 143);
  const Json answer = Json::parse(out.str());
  EXPECT_EQ(answer["ok"], false);
  EXPECT_EQ(answer["verb"], "runs list");
  EXPECT_EQ(answer["error"]["kind"], "interrupted");
  EXPECT_EQ(answer["error"]["hint"], "bottega runs list --json -C /");
}

// A command in a hint is all of it, or stands between back quotes: only then can it be pasted, and
// only then do the tests run it.
TEST(Hints, NoCommandStandsInASentence) {
  const std::regex wrong(
      R"re("[^"`]*[a-z]: bottega [a-z]|(, "|try |with )--set [a-z]+\.|"bottega [a-z]+[^"]*, (for|which))re");
  int files = 0;
  for (const fs::path& file : ListFiles(fs::path(kTestSourceFolder) / "src")) {
    if (file.extension() != ".cc" && file.extension() != ".h") continue;
    ++files;
    int number = 0;
    for (const std::string& line :
         Split(ReadFile(fs::path(kTestSourceFolder) / "src" / file), '\n')) {
      ++number;
      if (line.find("next: ") != std::string::npos) continue;  // printed on success
      EXPECT_FALSE(std::regex_search(line, wrong))
          << file.string() << ":" << number << ": " << line;
    }
  }
  EXPECT_GE(files, 300);
}

TEST(GoldenFormat, WildcardsAndGaps) {
  EXPECT_TRUE(LineMatches("a <#> (b)", "a 1,234.5e-6 (b)"));
  EXPECT_FALSE(LineMatches("a <#>", "a b"));
  EXPECT_TRUE(LineMatches("<run> <time> <*>", "20261123-224107-00ff 3 min 04 s anything"));
  EXPECT_EQ(Compare({"a", "...", "c"}, false, "a\nb\nb\nc\n"), "");
  EXPECT_NE(Compare({"a", "c"}, false, "a\nb\nc\n"), "");
  EXPECT_EQ(Compare({"a", ".", "b"}, false, "a\n\nb\n"), "");
  EXPECT_EQ(Compare({"b", "d"}, true, "a\nb\nc\nd\ne\n"), "");
  EXPECT_NE(Compare({"d", "b"}, true, "a\nb\nc\nd\n"), "");
  EXPECT_NE(Compare({"a"}, false, "a\nb\n"), "");
}

TEST(GoldenFormat, WordsAndHints) {
  EXPECT_EQ(ShellWords(R"(bottega init 'my data.csv' --set "a b"=c\ d '')"),
            (std::vector<std::string>{"bottega", "init", "my data.csv", "--set", "a b=c d", ""}));
  EXPECT_EQ(HintCommands("try `bottega list` or `bottega runs`, then wait").size(), 2u);
  EXPECT_EQ(HintCommands("bottega init a.csv --force"),
            std::vector<std::string>{"bottega init a.csv --force"});
}

}  // namespace
}  // namespace bottega

// In-process commands see the programs of this build, as shell lines do.
int main(int argc, char** argv) {
  const std::string build = bottega::kTestBuildFolder;
  setenv("BOTTEGA_ENGINE", (build + "/bottega-engine").c_str(), 1);
  setenv("PATH", (build + ":" + std::getenv("PATH")).c_str(), 1);
  setenv("NO_COLOR", "1", 1);
  setenv("COLUMNS", "100", 1);
  unsetenv("SOURCE_DATE_EPOCH");
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
