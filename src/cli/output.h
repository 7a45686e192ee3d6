// Files that a person asks for by name, as in `-o answers.csv`.
#pragma once

#include <arrow/type_fwd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "cli/project.h"
#include "run/run_folder.h"

namespace bottega {

struct Output {
  std::string path;  // as typed; "" for none
  std::vector<std::string>
      endings;  // of the formats that the verb writes; none: any ending will do
  std::vector<std::filesystem::path> inputs;  // files and folders that stay as they are
  std::string command;  // what was typed up to the path, as in "bottega clean --out "
};

// Before any work is done: Error kUsage when the ending stands for no format of the verb, when the
// path is one of the inputs by whatever name, or lies inside an input folder. The hint is the
// command with another path. (A folder that holds the working folder takes new files.)
void CheckOutput(const Output& output);

// CSV or Parquet, by the ending. Errors: kIo.
void WriteTable(const std::filesystem::path& path, const arrow::Table& table);

// The data of a project, or those that a run was made from, as a path from the working folder.
std::filesystem::path SourceOf(const Project& project);
std::filesystem::path SourceOf(const RunFolder& run);

}  // namespace bottega
