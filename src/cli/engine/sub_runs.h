// Runs that are made of many trainings below one run folder: searches and ablations.
#pragma once

#include <optional>
#include <string>

#include "base/error.h"
#include "cli/engine/stages.h"
#include "cli/verb.h"
#include "run/sub_run.h"

namespace bottega {

// The run that `--resume [RUN]` of the kind's verb means; nothing when a new one is to be made.
// Errors: kUsage for a run named without --resume, for settings beside it, and for a run of another
// kind.
std::optional<RunFolder> SubRunToResume(const Invocation& call, const SubRunKind& kind);

// `hint` with the kind's verb where it would continue a training of the run.
std::string HintAs(const SubRunKind& kind, const std::string& id, const std::string& hint);

// Runs `work`, which trains the run and those below it. Where an error says how to continue a
// training, it says how to continue the whole.
template <class Work>
auto ContinuedAs(const SubRunKind& kind, const RunFolder& run, const Work& work) {
  try {
    return work();
  } catch (const Error& error) {
    throw Error(error.kind(), error.message(), error.place(), HintAs(kind, run.id(), error.hint()));
  }
}

// A folder for a training that differs from that of `own` in settings alone: plan.json,
// choices.json with `batch` rows at once where the micro-batch of `own` does not fit, and what else
// its rows need. Left as it is if it is there.
void WriteSubRun(const TrainInputs& own, const std::filesystem::path& folder, int64_t batch);

}  // namespace bottega
