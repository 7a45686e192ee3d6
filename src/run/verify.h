// Whether a run's files are what its manifest says they were, with receipts (run/receipt.h) as
// amendments. That shows what was changed after the fact; who wrote the manifest it does not show:
// for that, keep the manifest's own hash elsewhere.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "run/receipt.h"
#include "run/run_folder.h"

namespace bottega {

enum class FileState {
  kSame,     // as it was sealed
  kAmended,  // as a receipt left it: changed, or taken away
  kChanged,
  kMissing,
  kBack,  // as it was before a receipt changed it
  kNew,   // the manifest does not know it; no fault
};
// "same", "amended", "changed", "missing", "back", "new".
std::string_view NameOf(FileState state);
// Changed, missing or back.
bool IsFault(FileState state);

struct VerifiedFile {
  std::string path;  // relative to the project
  FileState state = FileState::kSame;
  std::string receipt;  // id of the last that speaks of the file
};

// What became of the file at project / path, which had the hash `sealed` once.
VerifiedFile VerifyFile(const std::filesystem::path& project, const std::string& path,
                        const std::string& sealed, const std::vector<Receipt>& receipts);

// Every file of the run's manifest by name, then new ones. Errors: kData where the manifest seals
// nothing yet (the run is unfinished).
std::vector<VerifiedFile> VerifyRun(const RunFolder& run, const std::vector<Receipt>& receipts);

// The data that the run was made from. Their path is the manifest's, relative to the project.
VerifiedFile VerifySource(const RunFolder& run, const std::vector<Receipt>& receipts);

// What is wrong with the receipts themselves: ids whose predecessor was altered or taken out.
std::vector<std::string> BrokenReceipts(const std::filesystem::path& project);

}  // namespace bottega
