// A project (the folder with bottega.yaml) and its stages that need no tensors. Each stage leaves
// its result under .bottega/<stage>/<digest>/, where the digest covers the inputs' hashes and the
// recipe sections that the stage depends on. A plan of repairs found there is taken, with what a
// person decided; audit and split are made anew, which is quick and the same. `clean --apply`
// leaves versions below .bottega/versions/: later stages read the newest of these data, as the
// recipe's clean.version says.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "audit/embedding.h"
#include "audit/finding.h"
#include "audit/memory.h"
#include "audit/review/reviews.h"
#include "clean/repairs.h"
#include "clean/version.h"
#include "cli/recipe.h"
#include "data/dataset.h"
#include "data/open.h"
#include "profile/duplicates.h"
#include "profile/large_source.h"
#include "run/store.h"
#include "split/make_split.h"

namespace bottega {

class Project;

// A trained model that describes rows to an audit.
struct Embedder {
  std::string sha256;  // of its weights
  std::function<Embedding(Project& project, const Dataset& data)> embed;
};

// What inferring a recipe left of its source, so that nothing is read twice.
struct ReadAhead {
  std::shared_ptr<const SourceRead> read;
  std::optional<LargeSource> large;
};

class Project {
 public:
  // `folder` holds the recipe `recipe.yaml`, already resolved into `recipe`; `ahead`: what was read
  // of its source already.
  Project(std::filesystem::path folder, Recipe recipe, ReadAhead ahead = {});
  // Reads ./bottega.yaml with the overrides.
  static Project Open(const std::vector<std::string>& sets);

  const Recipe& recipe() const { return recipe_; }
  const std::filesystem::path& folder() const { return folder_; }
  const SourceDigest& digest();
  // The same without reading the data as a table; cheap where they did not change.
  SourceDigest HashSource();

  // Where train.stream says so, or the table would not fit into memory or, with a recipe that can
  // be streamed, into train.max_rss, data() is from now on a sample of audit.large_sample rows (as
  // many as a part of max_rss holds), and no repairs are planned but those that the law asks for.
  // Call it before data(): it decides once.
  void StreamIfLarge();
  bool streamed() const { return streamed_.value_or(false); }
  int64_t streamed_rows();         // of a source that is streamed; all of them
  const Dataset& data();           // as read
  const Duplicates& duplicates();  // of data()
  // What people decided of rows of data(), in reviews/; Reviewed() reads it anew.
  const Reviews& reviews();
  void Reviewed();
  // The newest audit of data(): the one kept for these settings, else another of the same data,
  // else one is made.
  const AuditResult& NewestAudit();
  // Of audits of the data as they are, the one for these settings first, then from new to old.
  std::vector<std::filesystem::path> AuditFolders();
  // Sets rows aside that may not be learned from or were forgotten; part of every plan and of
  // repairs().
  const RepairPlan& lawful();
  // The plan that the recipe makes, with a person's decisions; kept in the stage folder.
  const RepairPlan& plan();
  // The same, to be decided about; SavePlan() keeps it.
  RepairPlan& PlanToDecide();
  void SavePlan();
  // Adds corrections of labels that the audit suspects to the plan.
  void SuggestLabelRepairs();
  // Plans the repairs anew where a stage folder has them already; decisions are forgotten.
  void CleanAgain();
  // The version that later stages read; nullopt: the source with the plan's repairs.
  const std::optional<Version>& version();
  // A version from `plan`. Errors: kData when it was made for other data.
  Version Apply(const RepairPlan& plan);
  // What later stages apply: the version's repairs, or the plan's.
  const RepairPlan& repairs();
  const Dataset& repaired();
  const SplitOutcome& split();  // of repaired()
  // Of the source, in bounded memory where it is beyond audit.large; writes audit.json and
  // findings.parquet into its stage folder, and a summary into .bottega/audits/.
  const AuditResult& audit();
  // Before audit(). Errors of audit(): kUsage for a large source.
  void DescribeWith(Embedder embedder) { embedder_ = std::move(embedder); }
  // What audit() looks at: all rows, or a sample of a large source, without those forgotten.
  const Dataset& audited();
  // Earlier audits of the source, and the waivers of recipe and waivers.yaml.
  const AuditMemory& memory();

  std::filesystem::path StageFolder(const std::string& stage);

 private:
  std::optional<Version> ChooseVersion();  // that clean.version asks for
  std::string StageDigest(const std::string& stage);
  const Dataset& Looked();  // audited(), with forgotten rows
  bool ShouldStream();
  bool CanStream();
  RepairPlan MakePlan();
  // Only repairs of suspicious labels need an audit; other repairs look for themselves.
  bool RepairsNeedAudit() const;
  std::filesystem::path PlanFile() { return StageFolder("clean") / "repairs.json"; }

  std::filesystem::path folder_;
  Recipe recipe_;
  Store store_;
  std::optional<SourceDigest> digest_;
  std::optional<Dataset> data_, repaired_;
  std::shared_ptr<const SourceRead> read_;
  std::optional<LargeSource> large_;
  std::optional<Embedder> embedder_;
  int64_t streamed_rows_ = 0;
  std::optional<bool> streamed_;             // once it is decided
  std::optional<Dataset> looked_, audited_;  // looked_: where that is not data()
  std::optional<Duplicates> duplicates_;
  std::optional<RepairPlan> lawful_, plan_, of_version_;
  std::optional<std::optional<Version>> version_;
  std::optional<SplitOutcome> split_;
  std::optional<AuditResult> audit_, newest_;
  std::optional<Reviews> reviews_;
  std::optional<AuditMemory> memory_;
};

}  // namespace bottega
