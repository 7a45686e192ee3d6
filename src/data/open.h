// From the recipe's data section to a typed Dataset.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/json.h"
#include "data/dataset.h"
#include "data/io/raw_table.h"

namespace bottega {

// A table file as it was read, before its columns were given roles.
struct SourceRead;

// What `init` infers about a source: format, columns with types and roles, the task.
struct Inference {
  Dataset data;      // read and typed, roles proposed
  std::string task;  // "classification", "regression"
  std::string target;
  std::string positive;                    // binary tasks: the rarer class
  std::vector<std::string> sensitive;      // proposed by name and content
  std::vector<std::string> remarks;        // one line for each inference, for the recipe's comments
  std::shared_ptr<const SourceRead> read;  // of a table file, for OpenDataset
};

// `target`: a name, a number from 1, -1 for the last column, or "" to be inferred. `settings`: what
// of a `data:` section is known already; it wins over inference.
Inference InferDataset(const std::filesystem::path& source, const std::string& target,
                       const Json& settings = Json::object());

// Any source with the types that its cells show and no roles: nothing has to be predicted.
// `types_of` declares types for the columns whose names it gets.
Dataset ReadTyped(const std::filesystem::path& source,
                  const std::function<Json(const std::vector<std::string>&)>& types_of = {});

// The same of a table that was read elsewhere: `table` holds a sample of the `rows` of `source`.
Inference InferSample(const RawTable& table, int64_t rows, const std::filesystem::path& source,
                      const std::string& target, const Json& settings = Json::object());

// Reads `section` (the resolved `data:` section of the recipe; paths relative to `folder`):
// source, format settings, declared types and roles win over inference. Errors: kMissing when the
// source does not exist, kData when nothing usable is in it, kRecipe for names that do not exist.
// `read`, which an Inference left, is taken instead of the file where `section` has it read alike.
Dataset OpenDataset(const Json& section, const std::filesystem::path& folder,
                    const SourceRead* read = nullptr);
// Where `section` says that the data are.
std::filesystem::path SourcePath(const Json& section, const std::filesystem::path& folder);
// The same of a sample of the rows of `source`.
Dataset OpenSample(const RawTable& table, const Json& section, const std::filesystem::path& source);

// Reads `source` as more rows of the kind that `columns` describes (a training set's columns):
// maps by name, else by position (noted in Dataset::issues), else Error kData. The target may be
// missing; its labels are normalized to `classes` when they differ only in case, space or a final
// full stop (noted as well).
Dataset OpenLike(const std::filesystem::path& source, const std::vector<Column>& columns,
                 const std::vector<std::string>& classes, const Json& reading);

}  // namespace bottega
