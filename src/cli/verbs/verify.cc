#include "run/verify.h"

#include <algorithm>
#include <map>

#include "base/files.h"
#include "base/hash.h"
#include "base/terminal.h"
#include "base/text.h"
#include "clean/version.h"
#include "cli/print.h"
#include "cli/verbs/verbs.h"

namespace bottega {

namespace fs = std::filesystem;

const Spec& VerifySpec() {
  static const Spec spec = {
      .kind = "verb",
      .name = "verify",
      .one_line = "prove that a run's files and data are what its manifest says",
      .text =
          "Hashes every file of the run anew, the data that it was made from, the project's "
          "cleaned versions and its receipts. What was changed to forget a person counts as "
          "amended: "
          "receipts name the hashes before and after. Exits with 3 where something was changed or "
          "is missing. A manifest is not signed: keep its hash, which is printed, in another place "
          "and give it back as `--sha256`.",
      .params = {{.name = "run",
                  .what = "a run: its id, a part of it, its folder, or latest",
                  .fallback = "latest",
                  .positional = true},
                 {.name = "all",
                  .type = ParamType::kBool,
                  .what = "every run of this project that is finished",
                  .fallback = false},
                 {.name = "sha256",
                  .what = "what the run's manifest.json must hash to, or begin with",
                  .unit = "HASH"}},
      .synonyms = {"integrity", "lineage"},
      .examples = {"bottega verify", "bottega verify --all"}};
  return spec;
}

namespace {

Json FileJson(const VerifiedFile& file) {
  return {{"path", file.path},
          {"state", NameOf(file.state)},
          {"receipt", file.receipt.empty() ? Json() : Json(file.receipt)}};
}

Json FilesJson(const std::vector<VerifiedFile>& files) {
  Json json = Json::array();
  for (const VerifiedFile& file : files) json.push_back(FileJson(file));
  return json;
}

std::string Story(const VerifiedFile& file) {
  switch (file.state) {
    case FileState::kSame:
      return "as sealed";
    case FileState::kAmended:
      return "amended, receipt " + file.receipt;
    case FileState::kChanged:
      return "was changed since";
    case FileState::kMissing:
      return "is missing";
    case FileState::kBack:
      return "is back as it was before receipt " + file.receipt;
    case FileState::kNew:
      break;
  }
  return "is not in the manifest";
}

// One line of counts, then a line for each file that is not as sealed.
void Print(const std::string& what, const std::vector<VerifiedFile>& files, std::ostream& out) {
  const int64_t same = std::ranges::count(files, FileState::kSame, &VerifiedFile::state);
  const int64_t all = static_cast<int64_t>(files.size());
  out << Paint(what, Style::kBold) << ": " << FormatCount(same) << " of " << FormatCount(all)
      << (all == 1 ? " file" : " files") << " as sealed\n";
  for (const VerifiedFile& file : files) {
    if (file.state == FileState::kSame) continue;
    const std::string line = file.path + " " + Story(file);
    out << "  " << (IsFault(file.state) ? Paint(line, Style::kRed) : line) << "\n";
  }
}

int64_t FaultsOf(const std::vector<VerifiedFile>& files) {
  return std::ranges::count_if(files, [](const VerifiedFile& file) { return IsFault(file.state); });
}

class Verification {
 public:
  Verification(Invocation& call, fs::path project)
      : call_(call), project_(std::move(project)), receipts_(ListReceipts(project_)) {}

  void Run(const RunFolder& run, const std::string& expected) {
    const std::string manifest = Sha256OfFile(run.File("manifest.json"));
    std::vector<VerifiedFile> files = VerifyRun(run, receipts_);
    const VerifiedFile source = VerifySource(run, receipts_);
    const bool other = !expected.empty() && !manifest.starts_with(LowerAscii(expected));
    faults_ += FaultsOf(files) + (IsFault(source.state) ? 1 : 0) + (other ? 1 : 0);
    if (!call_.json) {
      Print("run " + run.id(), files, *call_.out);
      *call_.out << "  data " << source.path << " " << Story(source) << "\n  manifest.json "
                 << manifest << (other ? Paint(", not the one that was given", Style::kRed) : "")
                 << "\n";
    }
    runs_.push_back({{"run", run.id()},
                     {"manifest_sha256", manifest},
                     {"manifest_as_given", expected.empty() ? Json() : Json(!other)},
                     {"files", FilesJson(files)},
                     {"source", FileJson(source)}});
  }

  void Versions() {
    std::vector<VerifiedFile> files;
    for (const Version& version : ListVersions(project_)) {
      if (version.file.empty()) continue;
      const fs::path path = version.folder.lexically_relative(project_) / version.file;
      files.push_back(VerifyFile(project_, path.generic_string(), version.file_sha256, receipts_));
    }
    faults_ += FaultsOf(files);
    if (!call_.json && !files.empty()) Print("cleaned versions", files, *call_.out);
    versions_ = FilesJson(files);
  }

  void Receipts() {
    const std::vector<std::string> broken = BrokenReceipts(project_);
    faults_ += static_cast<int64_t>(broken.size());
    if (!call_.json && !receipts_.empty()) {
      *call_.out << Paint("receipts", Style::kBold) << ": "
                 << FormatCount(static_cast<int64_t>(receipts_.size())) << " of forgotten rows\n";
      for (const std::string& id : broken) {
        *call_.out << "  "
                   << Paint("the one before " + id + " was altered or taken out", Style::kRed)
                   << "\n";
      }
    }
    broken_ = broken;
  }

  Json Result() {
    if (faults_ > 0) {
      call_.failure = Error(ErrorKind::kGate,
                            FormatCount(faults_) + (faults_ == 1 ? " thing is" : " things are") +
                                " not as they were sealed",
                            {}, "`bottega train` makes a new run");
    }
    return {{"runs", runs_},
            {"versions", versions_},
            {"broken_receipts", broken_},
            {"faults", faults_}};
  }

 private:
  Invocation& call_;
  fs::path project_;
  std::vector<Receipt> receipts_;
  Json runs_ = Json::array(), versions_ = Json::array(), broken_ = Json::array();
  int64_t faults_ = 0;
};

}  // namespace

Json RunVerify(Invocation& call) {
  const std::string sha256 = call.Text("sha256");
  if (!call.Flag("all")) {
    const RunFolder run = FindRun(".", call.Text("run"));
    Verification verification(call, run.Project());
    verification.Run(run, sha256);
    verification.Versions();
    verification.Receipts();
    return verification.Result();
  }
  if (!sha256.empty()) {
    throw Error(ErrorKind::kUsage, "--sha256 is of one run, --all takes every run", {},
                "bottega verify latest --sha256 " + ShellQuote(sha256));
  }
  Verification verification(call, fs::current_path());
  for (const RunFolder& run : ListRuns(".")) {
    if (run.Trained()) verification.Run(run, "");
  }
  verification.Versions();
  verification.Receipts();
  return verification.Result();
}

}  // namespace bottega
