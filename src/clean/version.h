// Versions: what `clean --apply` leaves of a dataset, each in a folder of its own below
// .bottega/versions/, named N-DIGEST. The source is never touched; a version gives its bytes back.
// The files are described in doc/formats/version.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "clean/repairs.h"
#include "data/dataset.h"

namespace bottega {

struct Version {
  int64_t number = 0;
  std::string name;  // "2-3f9a01c2"
  std::filesystem::path folder;
  std::string source;         // as it was named
  std::string source_sha256;  // of its bytes (folders: see SourceDigest)
  // Of the bytes that the undo log gives back: the source's, less what was forgotten.
  std::string restores_sha256;
  std::string file;  // name of the repaired data in the folder; "" for pictures
  std::string file_sha256;
  std::string time;  // UTC
  int64_t rows_before = 0, rows_after = 0, cells = 0, repairs = 0;
  bool undone = false;
};

// Writes a version of `data`, which `plan` was made for, below `project`. The plan is kept with it.
// When the newest version came of the same plan, that one is returned. Errors: kIo.
Version WriteVersion(const std::filesystem::path& project, const Dataset& data,
                     const std::string& sha256, const RepairPlan& plan);

// By number, rising. Folders that hold no whole version are left out.
std::vector<Version> ListVersions(const std::filesystem::path& project);

// `name`: a version's name or number, or "newest" (of those that are not undone). Errors: kUsage
// with the names that there are.
Version FindVersion(const std::filesystem::path& project, const std::string& name);

// The newest of the data with that hash that is not undone.
std::optional<Version> VersionOf(const std::vector<Version>& versions, const std::string& sha256);

// version.json of `version`, in `folder`.
void WriteVersionFacts(const std::filesystem::path& folder, const Version& version);

// How many cells and repairs `chosen` (Chosen() of the version's plan) comes to.
void CountChanges(const RepairPlan& chosen, Version* version);

// Later stages no longer read an undone version.
void MarkUndone(const Version& version, bool undone);

// The bytes of the source, from the version and its undo log alone; without the rows that were
// forgotten. Errors: kData when a file of
// the version was changed since.
std::string RestoreSource(const Version& version);

}  // namespace bottega
