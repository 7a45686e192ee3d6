// What a training tells while it runs: log.jsonl and a TensorBoard event file, both append-only and
// cut on resume to the offsets that the checkpoint holds.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "base/files.h"
#include "base/json.h"
#include "model/module.h"
#include "train/event_file.h"

namespace bottega {

class TrainLog {
 public:
  // Keeps that many bytes of each file; 0 begins anew, the event file with `settings`.
  TrainLog(const std::filesystem::path& run, int64_t log_bytes, int64_t event_bytes,
           const std::map<std::string, Json>& settings);

  // One line of log.jsonl; its numbers, but "epoch", "step" and "seconds", become scalars at
  // "step".
  void Epoch(const Json& record);
  // Distributions of the weights, at the epochs 1, 2, 5, 10, 20, 50 ... and the last: the event
  // file then grows with the logarithm of their number.
  void Weights(int64_t epoch, bool last, int64_t step, const NamedTensors& tensors);
  // Training came to its end.
  void End();
  // Another line of log.jsonl.
  void Line(const Json& record);
  void Sync();
  int64_t log_bytes() const { return lines_.Offset(); }
  int64_t event_bytes() const { return events_.Offset(); }

 private:
  AppendFile lines_;
  EventFile events_;
};

}  // namespace bottega
