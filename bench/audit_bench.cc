// Whole processes of `bottega audit`, seconds from start to end, best of three: the whole audit of
// Adult (UCI; $BOTTEGA_DATA/tables/adult.data), and the statistical checks alone on Adult and on a
// generated table of 300,000 x 20. The peer reads the same files.
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "audit/check.h"
#include "base/clock.h"
#include "base/files.h"
#include "base/random.h"
#include "base/text.h"

extern char** environ;

namespace {

std::string Setting(const char* name, const std::string& fallback) {
  const char* value = std::getenv(name);
  return value == nullptr ? fallback : value;
}

double SecondsOf(const std::vector<std::string>& words) {
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  const double begun = bottega::MonotonicSeconds();
  pid_t child = 0;
  int status = 1;
  if (posix_spawn(&child, words[0].c_str(), &actions, nullptr, arguments.data(), environ) == 0) {
    waitpid(child, &status, 0);
  }
  posix_spawn_file_actions_destroy(&actions);
  if (status != 0) std::exit(1);
  return bottega::MonotonicSeconds() - begun;
}

// Every check but those that compare rows with one another or judge labels by models.
std::string StatisticalChecks() {
  const std::set<std::string> others = {
      "suspicious_labels",    "conflicting_labels",      "near_duplicate_rows",
      "near_duplicate_texts", "near_duplicate_pictures", "split_overlap",
      "outlier_rows",         "off_topic_rows",          "label_bias"};
  std::vector<std::string> names;
  for (const bottega::Check& check : bottega::Checks()) {
    if (!others.contains(check.spec().name)) names.push_back(check.spec().name);
  }
  return "audit.checks=[" + bottega::Join(names, ", ") + "]";
}

// Twelve number columns of several shapes, eight of categories, gaps in some, and a class.
void WriteTable(const std::string& path) {
  std::ofstream out(path);
  for (int c = 1; c < 20; ++c) out << "v" << c << ",";
  out << "class\n";
  for (int64_t r = 0; r < 300'000; ++r) {
    bottega::Random random(6, bottega::Purpose::kGenerate, 0, r);
    for (int c = 0; c < 12; ++c) {
      if (c % 4 == 3 && random.Chance(0.05)) {
        out << ",";
      } else if (c % 3 == 0) {
        out << random.Below(1000) << ",";
      } else {
        const double z = random.Normal();
        out << bottega::FormatNumber(c % 3 == 1 ? z : 100 * z * z, 6) << ",";
      }
    }
    for (int c = 0; c < 7; ++c) out << "k" << random.Below(2 + 5 * c) << ",";
    out << (random.Chance(0.3) ? "yes" : "no") << "\n";
  }
}

}  // namespace

int main() {
  const std::string build = Setting("BOTTEGA_BUILD", "build"), program = build + "/bottega";
  const std::string adult = Setting("BOTTEGA_DATA", "../shared/data") + "/tables/adult.data";
  const std::string table = build + "/bench-table.csv";
  if (!std::ifstream(adult)) {
    std::fprintf(stderr, "audit_bench: %s is missing (BOTTEGA_DATA)\n", adult.c_str());
    return 1;
  }
  if (!std::ifstream(table)) WriteTable(table);
  const bottega::TemporaryFolder folder;
  const auto best = [&](const std::string& data, const std::vector<std::string>& more) {
    std::vector<std::string> words = {program,
                                      "-C",
                                      folder.path().string(),
                                      "audit",
                                      std::filesystem::absolute(data).string(),
                                      "--target",
                                      "-1",
                                      "-q"};
    words.insert(words.end(), more.begin(), more.end());
    double seconds = 1e9;
    for (int i = 0; i < 3; ++i) seconds = std::min(seconds, SecondsOf(words));
    return seconds;
  };
  const std::vector<std::string> statistics = {"--set", StatisticalChecks()};
  std::printf("adult_whole,%.3f,s\n", best(adult, {}));
  std::printf("adult_statistics,%.3f,s\n", best(adult, statistics));
  std::printf("table_statistics,%.3f,s\n", best(table, statistics));
}
