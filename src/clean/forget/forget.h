// Forgetting a person: the rows that a condition chooses leave every artefact of a project, what
// still names them is blotted out, and a receipt says what was done (doc/formats/receipt.md).
//
// It happens in three steps: Forgetting finds the rows and what names the person; Stage() writes
// what every file is to become beside the project; FinishForgetting() puts it in place, looks at
// every file again and writes the receipt. A process that is killed leaves either nothing or a
// journal that FinishForgetting() ends.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/files.h"
#include "clean/forget/holdings.h"
#include "clean/forget/person.h"
#include "clean/forget/source_state.h"
#include "clean/forget/staging.h"
#include "data/row_condition.h"
#include "run/receipt.h"

namespace bottega {

struct ForgetTask {
  std::filesystem::path project, source;
  Json section;                      // the recipe's data section
  const Dataset* present = nullptr;  // the source as read
  std::string sha256;
  bool from_source = false;  // the source itself loses the rows
  // What the program itself writes: such texts name nobody.
  std::function<bool(const std::string&)> is_word;
};

class Forgetting {
 public:
  // Changes nothing. Errors: those of the condition.
  Forgetting(ForgetTask task, const RowCondition& condition);

  const std::vector<SourceState>& states() const { return states_; }
  const Person& person() const { return person_; }
  int64_t chosen() const;  // rows, of all states
  // What would change; Commit() makes it so. Errors: kUsage while a run is being written.
  const std::map<std::string, StagedFile>& Stage();
  const Receipt& receipt() const { return receipt_; }  // a draft without hashes
  void Commit();
  void Discard() { staging_->Discard(); }

 private:
  void StageSource();
  void StagePictures(SourceState* state);
  void StageVersions();
  void StageRuns();
  void StageCaches(const std::vector<Holding>& holdings);
  void StageHolding(const Holding& holding);
  void StagePlan(const Holding& holding, const SourceState& state);
  void StageReviewLog(const Holding& holding);
  void StageMemory();
  void TakeRowsOut(const Holding& holding, const RowChange& change);
  void NameNewState(const Holding& holding, const std::filesystem::path& staged) const;
  void BlotOut(const Holding& holding);
  bool Holds(const Holding& holding) const;
  std::vector<std::string> RunsToRender() const;
  // Relative to the project, absolute where it lies outside.
  std::filesystem::path PathIn(const std::filesystem::path& path) const;

  ForgetTask task_;
  std::vector<SourceState> states_;
  std::vector<Version> versions_;
  Person person_;
  ValueFinder all_, named_;  // named_: values with letters
  std::unique_ptr<Staging> staging_;
  std::vector<std::unique_ptr<FolderLock>> locks_;
  Receipt receipt_;
};

struct Forgot {
  Receipt receipt;
  std::vector<std::string> left;  // files that still hold a value: a fault of ours
};

// `render`: report.html of a run folder, made anew. Errors: kIo; kData where there is no journal.
Forgot FinishForgetting(const std::filesystem::path& project,
                        const std::function<std::string(const std::filesystem::path& run)>& render);

}  // namespace bottega
