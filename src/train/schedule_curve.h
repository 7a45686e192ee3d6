// The learning rate of every step of a training, before it begins. Free of libtorch types.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "train/train_stage.h"

namespace bottega {

struct ScheduleCurve {
  std::string schedule;  // its name
  double lr = 0;         // of the optimizer
  int64_t epochs = 0, steps_per_epoch = 0;
  std::vector<double> rates;    // one a step
  bool follows_scores = false;  // plateau: what is shown is a training whose score always improves
};

// inputs.run is not used.
ScheduleCurve CurveOfSchedule(const TrainInputs& inputs);

}  // namespace bottega
