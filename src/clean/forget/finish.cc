#include <algorithm>

#include "base/error.h"
#include "base/hash.h"
#include "base/text.h"
#include "clean/forget/forget.h"
#include "clean/forget/looking.h"
#include "run/run_folder.h"
#include "run/store.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

std::vector<SoughtValue> ValuesOf(const Json& list) {
  std::vector<SoughtValue> values;
  for (const Json& value : list) values.push_back({value.at(0), value.at(1)});
  return values;
}

// The hash of what lies there; "" for nothing.
std::string HashNow(const fs::path& file) {
  std::error_code ignored;
  return fs::is_regular_file(file, ignored) ? Sha256OfFile(file) : "";
}

std::vector<ReceiptFile> FilesOf(const fs::path& project, const Json& steps,
                                 const ValueFinder& finder) {
  std::vector<ReceiptFile> files;
  for (const Json& step : steps) {
    const std::string path = step.at("path");
    int64_t blotted = 0;  // pictures may be named for whom they show
    files.push_back(
        {finder.Blot(path, &blotted), step.at("before"), HashNow(project / path), step.at("what")});
  }
  return files;
}

// A report that cannot be made anew loses what names the person.
void RenderReport(const RunFolder& run, const ValueFinder& finder,
                  const std::function<std::string(const fs::path&)>& render) {
  const fs::path report = run.File("report.html");
  try {
    WriteFileAtomic(report, render(run.path()));
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::kIo) throw;
  }
  int64_t count = 0;
  const std::string bytes = ReadFile(report);
  const std::string blotted = finder.Blot(bytes, &count);
  if (count > 0) WriteFileAtomic(report, blotted);
}

// What a killed process left between two names of a file.
void RemoveLeftOvers(const fs::path& project) {
  for (const Holding& holding : ListHoldings(project)) {
    std::error_code ignored;
    if (holding.kind == HoldingKind::kLeftOver) fs::remove(project / holding.path, ignored);
  }
}

std::vector<std::string> StillNaming(const fs::path& project, const ValueFinder& all,
                                     const ValueFinder& named) {
  std::vector<std::string> left;
  for (const Holding& holding : ListHoldings(project)) {
    if (ValuesHeld(holding, project / holding.path, all, named) > 0) {
      left.push_back(holding.path.generic_string());
    }
  }
  for (const Version& version : ListVersions(project)) {
    if (ValuesRestored(version, all) > 0) {
      left.push_back((version.folder / "undo.zst").lexically_relative(project).generic_string());
    }
  }
  return left;
}

}  // namespace

Forgot FinishForgetting(const fs::path& project,
                        const std::function<std::string(const fs::path& run)>& render) {
  const Json journal = Staging::PutInPlace(project);
  const Json& facts = journal.at("facts");
  RemoveLeftOvers(project);
  const ValueFinder all(ValuesOf(facts.at("values")));
  const ValueFinder named(WithLetters(ValuesOf(facts.at("values"))));
  Forgot forgot{.receipt = Receipt::FromJson(facts.at("receipt"), "journal.json")};
  WriteReceipt(project, forgot.receipt);  // reports say which models are stale
  for (const Json& id : facts.at("reports")) {
    const RunFolder run = FindRun(project, id.at("run").get<std::string>());
    RenderReport(run, all, render);
  }
  const fs::path index = project / ".bottega" / "bottega.db";
  const std::string index_before = HashNow(index);
  const int64_t forgotten =
      ForgetPaths(project, [&](const std::string& path) { return all.Occurs(path); });
  forgot.receipt.files = FilesOf(project, journal.at("steps"), all);
  for (const Json& id : facts.at("reports")) {
    const std::string path = "runs/" + id.at("run").get<std::string>() + "/report.html";
    forgot.receipt.files.push_back(
        {path, id.at("before"), HashNow(project / path), "written anew"});
  }
  if (forgotten > 0) {
    forgot.receipt.files.push_back({".bottega/bottega.db", index_before, HashNow(index),
                                    FormatCount(forgotten) + " paths deleted and overwritten"});
  }
  forgot.left = StillNaming(project, all, named);
  for (const std::string& path : forgot.left) {
    forgot.receipt.out_of_reach.push_back(path + " still names the person: a fault of bottega");
  }
  WriteReceipt(project, forgot.receipt);
  Staging::Forget(project);
  return forgot;
}

}  // namespace bottega
