// Values in files of every kind: whether a file holds any, and the file with them blotted out.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "clean/forget/value_finder.h"
#include "clean/version.h"

namespace bottega {

// Whether a number of a JSON file can be a value: not where numbers are what a model learned.
enum class JsonNumbers { kLookAt, kLeave };

// How often. Looks at the bytes as they are, at packed ones (gzip, zstd) unpacked, at the cells of
// Parquet files, and of safetensors at the header. Errors: those of reading it.
int64_t ValuesIn(const std::filesystem::path& file, const ValueFinder& finder,
                 JsonNumbers numbers = JsonNumbers::kLookAt);

// The same of what an undo log gives back.
int64_t ValuesRestored(const Version& version, const ValueFinder& finder);

enum class Blotted { kNothing, kWritten, kCannot };

// Writes `file` to `to` with every value blotted out: JSON string by string (numbers become null),
// Parquet cell by cell (not the record numbers of `row`), text as text, safetensors at the same
// length. kCannot: a file of another kind, which has to go.
Blotted BlotFile(const std::filesystem::path& file, const ValueFinder& finder,
                 const std::filesystem::path& to, int64_t* count,
                 JsonNumbers numbers = JsonNumbers::kLookAt);

// `file`, a text, without the lines that hold a value.
void WriteWithoutLines(const std::filesystem::path& file, const ValueFinder& finder,
                       const std::filesystem::path& to);

}  // namespace bottega
