#include "run/verify.h"

#include <system_error>

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "run/manifest.h"
#include "run/store.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

// Read afresh: the project's store would trust sizes and times.
std::string HashOf(const fs::path& path) {
  const TemporaryFolder folder;
  return Store(folder.path()).DigestSource(path).sha256;
}

// `expected`: what receipts have made of `sealed`; "" is a file taken away.
FileState Compare(const fs::path& path, const std::string& sealed, const std::string& expected) {
  std::error_code ignored;
  if (!fs::exists(path, ignored)) {
    return expected.empty() ? FileState::kAmended : FileState::kMissing;
  }
  const std::string now = HashOf(path);
  if (now == expected) return now == sealed ? FileState::kSame : FileState::kAmended;
  return now == sealed || expected.empty() ? FileState::kBack : FileState::kChanged;
}

std::string LastReceiptOf(const std::string& path, const std::vector<Receipt>& receipts) {
  std::string id;
  for (const Receipt& receipt : receipts) {
    if (receipt.source == path && !receipt.source_sha256_after.empty()) id = receipt.id;
    for (const ReceiptFile& file : receipt.files) {
      if (file.path == path) id = receipt.id;
    }
  }
  return id;
}

}  // namespace

std::string_view NameOf(FileState state) {
  switch (state) {
    case FileState::kSame:
      return "same";
    case FileState::kAmended:
      return "amended";
    case FileState::kChanged:
      return "changed";
    case FileState::kMissing:
      return "missing";
    case FileState::kBack:
      return "back";
    case FileState::kNew:
      break;
  }
  return "new";
}

bool IsFault(FileState state) {
  return state == FileState::kChanged || state == FileState::kMissing || state == FileState::kBack;
}

VerifiedFile VerifyFile(const fs::path& project, const std::string& path, const std::string& sealed,
                        const std::vector<Receipt>& receipts) {
  const std::string expected = AmendedHash(receipts, path, sealed);
  return {path, Compare(project / path, sealed, expected), LastReceiptOf(path, receipts)};
}

std::vector<VerifiedFile> VerifyRun(const RunFolder& run, const std::vector<Receipt>& receipts) {
  const Json manifest = run.Read("manifest.json");
  if (!manifest.contains("outputs")) {
    throw Error(ErrorKind::kData, "the run is unfinished: nothing is sealed yet",
                {.file = run.File("manifest.json").string()}, "bottega train --resume " + run.id());
  }
  const fs::path project = run.Project();
  const std::string folder = "runs/" + run.id() + "/";
  std::vector<VerifiedFile> files;
  for (const auto& [name, sealed] : manifest["outputs"].items()) {
    files.push_back(
        VerifyFile(project, folder + name, sealed.at("sha256").get<std::string>(), receipts));
  }
  for (const std::string& name : SealedFiles(run)) {
    if (!manifest["outputs"].contains(name)) files.push_back({folder + name, FileState::kNew, ""});
  }
  return files;
}

VerifiedFile VerifySource(const RunFolder& run, const std::vector<Receipt>& receipts) {
  const Json inputs = run.Read("manifest.json").at("inputs");
  const std::string source = inputs.at("source"), sealed = inputs.at("sha256");
  std::string expected = sealed;
  for (const Receipt& receipt : receipts) {
    const bool changed = receipt.source == source && !receipt.source_sha256_after.empty();
    if (changed && receipt.source_sha256 == expected) expected = receipt.source_sha256_after;
  }
  return {source, Compare(run.Project() / source, sealed, expected),
          LastReceiptOf(source, receipts)};
}

std::vector<std::string> BrokenReceipts(const fs::path& project) {
  std::vector<std::string> broken;
  std::string before;
  for (const Receipt& receipt : ListReceipts(project)) {
    if (receipt.previous != before) broken.push_back(receipt.id);
    before = Sha256OfFile(ReceiptFilePath(project, receipt.id));
  }
  return broken;
}

}  // namespace bottega
