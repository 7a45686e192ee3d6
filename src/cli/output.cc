#include "cli/output.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "data/io/csv_writer.h"
#include "data/io/parquet.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

bool Inside(const fs::path& path, const fs::path& folder) {
  std::error_code ignored;
  const fs::path whole = fs::weakly_canonical(path, ignored);
  const fs::path outer = fs::weakly_canonical(folder, ignored);
  return std::ranges::mismatch(outer, whole).in1 == outer.end();
}

// What writing to `path` would do to an input; "" for nothing.
std::string Harm(const fs::path& path, const std::vector<fs::path>& inputs) {
  std::error_code ignored;
  for (const fs::path& input : inputs) {
    if (fs::equivalent(path, input, ignored)) return "this would overwrite the data";
    const bool folder = fs::is_directory(input, ignored);
    if (folder && Inside(path, input) && !Inside(fs::current_path(), input)) {
      return "this lies in a folder of data";
    }
  }
  return "";
}

bool HasEnding(const std::string& path, const std::vector<std::string>& endings) {
  const std::string lower = LowerAscii(path);
  return endings.empty() || std::ranges::any_of(endings, [&](const std::string& ending) {
           return lower.ends_with(ending);
         });
}

// A file of the working folder with a known ending that does no harm.
std::string Better(const Output& output) {
  const fs::path typed = output.path;
  const bool known = HasEnding(output.path, output.endings);
  const std::string ending = known ? typed.extension().string() : output.endings[0];
  std::string name = typed.stem().string() + ending;
  while (!Harm(name, output.inputs).empty())
    name = fs::path(name).stem().string() + ".new" + ending;
  return name;
}

}  // namespace

void CheckOutput(const Output& output) {
  if (output.path.empty()) return;
  std::string wrong = Harm(output.path, output.inputs);
  if (wrong.empty() && !HasEnding(output.path, output.endings)) {
    wrong = "the ending says what is written: " + Join(output.endings, ", ");
  }
  if (wrong.empty()) return;
  throw Error(ErrorKind::kUsage, wrong, {.file = output.path},
              output.command + ShellQuote(Better(output)));
}

void WriteTable(const fs::path& path, const arrow::Table& table) {
  if (LowerAscii(path.string()).ends_with(".parquet")) {
    WriteParquet(path, table);
  } else {
    WriteCsv(path, table);
  }
}

fs::path SourceOf(const Project& project) {
  return project.folder() / project.recipe()["data"]["source"].get<std::string>();
}

fs::path SourceOf(const RunFolder& run) {
  const Json manifest = run.Read("manifest.json");
  return run.Project() / manifest.at("recipe").at("data").at("source").get<std::string>();
}

}  // namespace bottega
