// Where a project keeps what it made of its data: the one list that `forget` and `data access` go
// through. A new kind of artefact needs a line in holdings.cc.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace bottega {

enum class HoldingKind {
  kCache,     // .bottega/audit, .bottega/split: made again when they are asked for
  kPlan,      // .bottega/clean: a plan of repairs with decisions, and its quarantine
  kVersion,   // .bottega/versions
  kSummary,   // .bottega/audits, and files of .bottega that have no home of their own
  kRun,       // runs
  kReview,    // reviews
  kReceipt,   // receipts
  kRecipe,    // bottega.yaml, waivers.yaml
  kIndex,     // bottega.db and its log
  kMemory,    // forgotten.json
  kLeftOver,  // hidden files of processes that were killed
};

struct Holding {
  std::filesystem::path path;  // relative to the project
  HoldingKind kind = HoldingKind::kSummary;
  std::string of;  // name of the version, run or stage folder; "" where there is none

  std::string name() const { return path.filename().string(); }
  // The folder of the version, run or stage.
  std::filesystem::path Folder() const;
};

std::string_view HoldingKindName(HoldingKind kind);  // "a run", "a version" ...

// In byte order of paths. Links are not followed; locks are left out.
std::vector<Holding> ListHoldings(const std::filesystem::path& project);

// Other files below the project, without its source and what version control keeps: what the person
// who owns the project put or exported there.
std::vector<std::filesystem::path> OtherFiles(const std::filesystem::path& project,
                                              const std::filesystem::path& source);

}  // namespace bottega
