// What a training will take: memory at its peak, seconds a step and in all. Format:
// doc/formats/forecast.md.
#pragma once

#include <string>
#include <vector>

#include "train/step_memory.h"
#include "train/step_probe.h"

namespace bottega {

struct MemoryPart {
  std::string name;  // as in the printed table: "gradients"
  int64_t bytes = 0;
};

struct Forecast {
  std::vector<MemoryPart> parts;  // they sum to `peak`
  int64_t peak = 0;               // resident memory, bytes
  int probe_steps = 0;            // 0: memory is by computation alone, and time is not known
  double step_seconds = 0;
  double score_seconds = 0;  // of the validation rows, after every epoch
  double watch_seconds = 0;  // of the layers, after some of the epochs
  int64_t steps_per_epoch = 0;
  int64_t epochs = 0;

  double EpochSeconds() const {
    return step_seconds * static_cast<double>(steps_per_epoch) + score_seconds;
  }
};

// By computation: resident memory now, plus what `step` says of these choices, the batches on
// their way and the pictures that stay decoded.
Forecast ComputeForecast(const TrainSetup& setup, const Choices& choices, const StepMemory& step);

// The same with a probe's measurements: its peak, plus what only a longer training holds. What the
// computation does not explain becomes the part of the kernels and the allocator.
void UseProbe(const TrainSetup& setup, const ProbeResult& probe, Forecast* forecast);

// What a training turned out to take in one sitting.
struct Measured {
  int64_t peak = 0;
  int64_t steps = 0;
  int64_t epochs = 0;        // that ended
  int64_t watched = 0;       // of them: after which the layers were measured
  double step_seconds = 0;   // mean
  double score_seconds = 0;  // mean of an epoch's
  double seconds = 0;        // all of it
};

// Of a sitting's sums of step_seconds and score_seconds, with the process's peak.
Measured MeanOf(Measured sums, double seconds);

Json ForecastToJson(const Forecast& forecast);
Json MeasuredToJson(const Measured& measured);
// "memory at most 412 MB (forecast 430 MB), a step 0.52 ms (0.50 ms), in all 12 s (11 s)".
std::string CompareText(const Json& forecast, const Measured& measured);

}  // namespace bottega
