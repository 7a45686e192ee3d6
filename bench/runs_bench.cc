// Milliseconds that listing 10,000 runs takes, as a process from start to end: with an index that
// is up to date, sorted by a score, and with none. The folders are made once, into the build
// folder.
#include <sys/wait.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "base/clock.h"

namespace {

namespace fs = std::filesystem;

std::string Environment(const char* name, const char* fallback) {
  const char* value = std::getenv(name);
  return value == nullptr ? fallback : value;
}

void Run(const std::string& command) {
  if (std::system(command.c_str()) == 0) return;
  std::fprintf(stderr, "runs_bench: this failed: %s\n", command.c_str());
  std::exit(1);
}

double Milliseconds(const std::string& command, int repeats) {
  double best = 1e9;
  for (int i = 0; i < repeats; ++i) {
    const double begun = bottega::MonotonicSeconds();
    Run(command + " >/dev/null");
    best = std::min(best, 1e3 * (bottega::MonotonicSeconds() - begun));
  }
  return best;
}

// One real run, and 10,000 folders after its model.
void MakeRuns(const std::string& bottega, const fs::path& folder) {
  const fs::path made = folder.string() + ".made";
  if (fs::exists(made)) return;
  fs::remove_all(folder);
  fs::create_directories(folder / "one");
  const std::string here = "cd " + (folder / "one").string() + " && " + bottega;
  Run(here + " demo loans --data-only loans >/dev/null");
  Run(here + " run loans/loans.csv -q --set train.epochs=5 >/dev/null");
  const std::string script = Environment("BOTTEGA_SOURCE", ".") + "/bench/make_runs.py";
  Run("python3 " + script + " " + folder.string() + " " + (folder / "one/runs").string() +
      "/* 10000");
  fs::create_directory(made);
}

}  // namespace

int main() {
  const std::string build = fs::absolute(Environment("BOTTEGA_BUILD", "build")).string();
  const fs::path folder = fs::path(build) / "bench-runs";
  const std::string bottega = build + "/bottega",
                    list = bottega + " -C " + folder.string() + " runs";
  MakeRuns(bottega, folder);
  fs::remove_all(folder / ".bottega");
  std::printf("rebuild_10000,%.1f,ms\n", Milliseconds(list, 1));
  std::printf("list_10000,%.1f,ms\n", Milliseconds(list, 7));
  std::printf("sort_10000,%.1f,ms\n", Milliseconds(list + " list --sort test.f1", 7));
}
