// `bottega diagnose` behind its verb, free of libtorch types.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/json.h"
#include "train/train_stage.h"

namespace bottega {

struct DiagnoseInputs {
  TrainInputs run;  // a finished run, its recipe as resolved for it
  // The run's recipe with what `--set` takes over it. Errors: kRecipe.
  std::function<Json(const std::vector<std::string>& sets)> resolve;
  std::filesystem::path scratch;  // for trainings; what is finished there is not trained again
  std::string score;              // the metric that is told beside the loss
  // In trainings of the run's length over its rows; 0: nothing is trained; negative: 60 for tables,
  // 20 for pictures.
  double budget = -1;
  int seeds = 3;  // of each training that is compared
};

// diagnosis.json (doc/formats/diagnosis.md) but for the run's name and the commands. Errors: kData
// when there are no validation rows; what training throws.
Json Diagnose(const DiagnoseInputs& inputs);

}  // namespace bottega
