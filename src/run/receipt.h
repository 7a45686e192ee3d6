// Receipts: what `forget` changed in a project, in receipts/<id>.json (doc/formats/receipt.md). A
// receipt holds no value of the person forgotten: of the condition it keeps the columns and the
// operators, of files their hashes. Each names the hash of the one before it, so that none can be
// taken out or altered unseen.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "run/run_folder.h"

namespace bottega {

// One file that was changed or removed.
struct ReceiptFile {
  std::string path;           // relative to the project, with '/'; of a file outside it, absolute
  std::string before, after;  // SHA-256; after "": the file is gone
  std::string what;           // "3 rows taken out", "2 values blotted out", "written anew"
};

// A model that learned from the rows, or was judged on them.
struct StaleRun {
  std::string run;          // id
  int64_t training = 0;     // rows it was trained on
  int64_t judging = 0;      // rows of validation and test
  std::string replaced_by;  // id of the run that took its place; "": none yet
};

struct Receipt {
  std::string id;         // as of a run folder
  std::string time;       // UTC
  std::string condition;  // "email = ..., name contains ...": values left out
  std::string source, source_sha256, source_sha256_after;  // after: "" where it was left as it is
  int64_t rows = 0;                                        // of the source that were chosen
  std::vector<ReceiptFile> files;
  std::vector<StaleRun> stale;
  std::vector<std::string> out_of_reach;  // what the person may still be found in
  std::string previous;                   // SHA-256 of the receipt before; "": the first

  Json ToJson() const;
  // Errors (kData) name `file`.
  static Receipt FromJson(const Json& json, const std::string& file);
};

// By id, rising. Errors: kData of one that cannot be read.
std::vector<Receipt> ListReceipts(const std::filesystem::path& project);
std::filesystem::path ReceiptFilePath(const std::filesystem::path& project, const std::string& id);
// Fills `previous` in and writes it.
void WriteReceipt(const std::filesystem::path& project, Receipt receipt);

// What the receipts say of a run that learned from rows which were forgotten since, or was judged
// on them: the sums over all of them. nullopt where it is neither, or another run took its place.
std::optional<StaleRun> StaleState(const std::vector<Receipt>& receipts, const std::string& run);
// The same of the receipts of the project that the run lies in.
std::optional<StaleRun> StaleState(const RunFolder& run);
// The run that took its place; "" for none.
std::string ReplacedBy(const std::vector<Receipt>& receipts, const std::string& run);
std::string ReplacedBy(const RunFolder& run);
// "learned from 2 rows that were forgotten since", "was judged on 1 row that was forgotten since".
std::string StaleText(const StaleRun& stale);

// What a file with the hash `sha256` was changed into by `receipts`, followed through all of them;
// "" where the last step removed it, `sha256` where none touched it.
std::string AmendedHash(const std::vector<Receipt>& receipts, const std::string& path,
                        const std::string& sha256);

}  // namespace bottega
