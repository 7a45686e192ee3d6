// --budget, --max-rss and --micro: what a training may take, said on the command line.
#pragma once

#include <optional>

#include "cli/verb.h"
#include "spec/spec.h"
#include "train/train_stage.h"

namespace bottega {

// Of one sitting; nothing where the flag was not given.
struct Limits {
  std::optional<double> seconds;
  std::optional<int64_t> max_rss;  // bytes
};

// Errors: kUsage for a text that is no time or no amount.
Limits LimitsOf(const Invocation& call);

// The flags as --set of train.time_budget, train.max_rss and train.micro_batch, behind the others.
void AddLimits(Invocation* call);

void Apply(const Limits& limits, TrainInputs* inputs);

}  // namespace bottega
