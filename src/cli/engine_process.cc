#include "cli/engine_process.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <system_error>

#include "base/error.h"
#include "base/text.h"
#include "base/version.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

constexpr const char* kBuildVariable = "BOTTEGA_CALLER_BUILD";

// For callers with their own streams (tests): a child whose output is copied.
int RunChild(const std::string& command, std::ostream& out) {
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) throw IoError("starting", command, errno);
  char block[4096];
  size_t n = 0;
  while ((n = fread(block, 1, sizeof block, pipe)) > 0) {
    out.write(block, static_cast<std::streamsize>(n));
  }
  const int status = pclose(pipe);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

fs::path FindEngine() {
  std::error_code ignored;
  if (const char* given = std::getenv("BOTTEGA_ENGINE"); given != nullptr && *given != '\0') {
    if (fs::exists(given, ignored)) return given;
    throw Error(ErrorKind::kMissing, "BOTTEGA_ENGINE names no file", {.file = given},
                "unset BOTTEGA_ENGINE");
  }
  const fs::path here = fs::read_symlink("/proc/self/exe", ignored).parent_path();
  for (const fs::path& path :
       {here / "bottega-engine", here / "../libexec/bottega/bottega-engine"}) {
    if (fs::exists(path, ignored)) return path.lexically_normal();
  }
  throw Error(ErrorKind::kMissing, "bottega-engine is not beside this program",
              {.file = (here / "bottega-engine").string()},
              "build it with 'make build', or set BOTTEGA_ENGINE to its path");
}

int HandOverToEngine(const std::vector<std::string>& words, std::ostream& out, std::ostream&) {
  const fs::path engine = FindEngine();
  setenv(kBuildVariable, BuildId().c_str(), 1);
  // Tensors in large pages: a step that maps its activations anew pays 512 times fewer faults.
  setenv("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1", 0);
  if (&out != &std::cout) {
    std::string command = ShellQuote(engine.string());
    for (const std::string& word : words) command += " " + ShellQuote(word);
    return RunChild(command, out);
  }
  std::vector<char*> arguments = {const_cast<char*>("bottega")};
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  execv(engine.c_str(), arguments.data());
  throw IoError("starting", engine.string(), errno);
}

void CheckCallerBuild() {
  const char* caller = std::getenv(kBuildVariable);
  if (caller == nullptr || BuildId() == caller) return;
  if (std::string_view(caller) == "development") return;
  throw Error(ErrorKind::kUsage,
              std::string("bottega and bottega-engine are of different builds (") + caller +
                  " and " + BuildId() + ")",
              {}, "make build");
}

}  // namespace bottega
