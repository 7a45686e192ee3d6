// The stages that need libtorch, over a run folder. `train`, `evaluate`, `run` and `demo` share
// them.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "cli/engine/limits.h"
#include "cli/project.h"
#include "run/run_folder.h"
#include "train/train_stage.h"

namespace bottega {

// Decides whether the table is streamed; call it before anything else asks for the data. Errors:
// kRecipe where the recipe does not fit the data or cannot be streamed (the hint is a `verb` that
// can), kUsage for a device that there is not.
void RequireTrainable(Project& project, const std::string& verb);

// A new run with everything that training needs: recipe.resolved.yaml, manifest.json,
// split.parquet, repairs.json, quarantine/, plan.json, profile.json, and audit.json if the audit
// ran. Errors: kData when `choices` is no choices.json; kGate when an audit is due and
// gates.audit_due forbids to train then.
struct NewRun {
  std::string choices;             // a choices.json to replay, or ""
  Json manifest = Json::object();  // what else manifest.json says from the first
};
RunFolder PrepareRun(Project& project, const std::string& typed, const NewRun& wanted = {});

// What a run was made from, read again. Errors: kData when the source changed since; kMissing when
// it is gone.
struct RunData {
  Recipe recipe;
  Dataset data;  // repaired
  RowPlan split;
  FittedPlan plan;
};
RunData LoadRunData(const RunFolder& run);

// What the run's own training is made from, but for the rows of a stream (cli/engine/stream_run.h).
TrainInputs InputsOf(const RunFolder& run, const RunData& data);

// Trains the run, its folds and its other seeds (cli/engine/side_runs.h), at most `jobs` at once;
// 0: as many as the machine has room for. `limits`: of this sitting, all of them together.
TrainOutcome TrainRun(const RunFolder& run, const RunData& data, int jobs = 0,
                      const Limits& limits = {});

// predictions.parquet, metrics.json, fairness.json; returns the metrics.
Json EvaluateRun(const RunFolder& run, const RunData& data);

// report.html, then the manifest with the hashes of all outputs. Returns the summary for the
// terminal.
std::string FinishRun(const RunFolder& run);

// Checks the gates of the resolved `recipe` that name metrics, fairness or the audit; Error kGate
// lists what failed.
void EnforceGates(const RunFolder& run, const Json& recipe);

// The first half of the journey: audit and its gate, clean, split, a new run. `from` is the stage
// that it starts at: "" or "audit", "clean" (the repairs are planned anew), "split", "train".
RunFolder StartJourney(Project& project, const std::string& typed, const std::string& from);
// The second half: train, evaluate, report, or the rest of it `from` "evaluate" or "report" on.
// `deadline`, in MonotonicSeconds, ends the training and is looked at between the stages. Returns
// the summary for the terminal. Errors: kBudget when the time is over, with the command that goes
// on.
std::string FinishJourney(const RunFolder& run, const std::string& from,
                          std::optional<double> deadline = std::nullopt);

}  // namespace bottega
