// Runs that are made of many trainings below one run folder: searches and ablations.
#pragma once

#include <optional>
#include <string>

#include "cli/engine/stages.h"
#include "cli/verb.h"
#include "run/sub_run.h"

namespace bottega {

// The run that `--resume [RUN]` of the kind's verb means; nothing when a new one is to be made.
// Errors: kUsage for a run named without --resume, for settings beside it, and for a run of another
// kind.
std::optional<RunFolder> SubRunToResume(const Invocation& call, const SubRunKind& kind);

// A folder for a training that differs from that of `own` in settings alone: plan.json,
// choices.json with `batch` rows at once where the micro-batch of `own` does not fit, and what else
// its rows need. Left as it is if it is there.
void WriteSubRun(const TrainInputs& own, const std::filesystem::path& folder, int64_t batch);

}  // namespace bottega
