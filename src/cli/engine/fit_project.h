// A project's data as training takes them, without a run.
#pragma once

#include "base/files.h"
#include "cli/project.h"
#include "train/train_stage.h"

namespace bottega {

// The steps fitted on the project's training rows, with data.positive. Errors: kData when the plan
// gives a model nothing to learn from; kRecipe for a loss that does not fit the classes.
FittedPlan FitProject(Project& project);

// The recipe opened with `sets`, checked against the data, fitted; no run folder is made. With
// `streams`, a table that `train` would stream is streamed: inputs().rows are training rows of its
// sample, and stream_rows says about how many there would be.
class DryInputs {
 public:
  explicit DryInputs(const std::vector<std::string>& sets, bool streams = false);
  DryInputs(const DryInputs&) = delete;
  DryInputs& operator=(const DryInputs&) = delete;
  const TrainInputs& inputs() const { return inputs_; }
  const Recipe& recipe() const { return project_.recipe(); }

 private:
  Project project_;
  TemporaryFolder folder_;
  FittedPlan plan_;
  TrainInputs inputs_;
};

// The arguments of `call` that say how the recipe was changed, as typed: " --set a=b --set c=d".
std::string SetWords(const std::vector<std::string>& sets);

}  // namespace bottega
