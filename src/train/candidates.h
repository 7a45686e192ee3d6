// What `model: auto` tried, and what a run keeps of it. Format: doc/formats/run-folder.md.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "learn/matrix.h"
#include "train/early_stopping.h"
#include "train/setup.h"
#include "train/train_stage.h"

namespace bottega {

struct Candidate {
  std::string name;
  std::string left_out;  // why it was not trained; else ""
  TrainOutcome outcome;
  Matrix outputs;    // of the validation rows
  double cost = 0;   // loss, error or 1 - score there
  double share = 0;  // in what is kept
};

std::filesystem::path CandidateFolder(const std::filesystem::path& run, const std::string& name);

// The content of candidates.json; `blend`: the cost of the best blend, if one was looked for.
Json CandidatesJson(const std::vector<Candidate>& candidates, const MonitoredScore& watched,
                    std::optional<double> blend, const Json& margin);

// Writes what was kept into the run: choices.json, log.jsonl, events, candidates.json, and model/
// with model.safetensors last. `shown`: whose log it is.
void StoreCandidates(const TrainSetup& setup, const std::vector<Candidate>& candidates,
                     const Candidate& shown, const Json& record);

}  // namespace bottega
