// What a training tells while it runs: log.jsonl and a TensorBoard event file, both append-only and
// cut on resume to the offsets that the checkpoint holds.
#pragma once

#include <filesystem>

#include "base/files.h"
#include "base/json.h"
#include "train/event_file.h"

namespace bottega {

class TrainLog {
 public:
  // Keeps that many bytes of each file; 0 begins anew.
  TrainLog(const std::filesystem::path& run, int64_t log_bytes, int64_t event_bytes);

  // One line of log.jsonl; its numbers, but "epoch", "step" and "seconds", become scalars at
  // "step".
  void Epoch(const Json& record);
  // One line of log.jsonl alone.
  void Line(const Json& record) { lines_.Append(record.dump() + "\n"); }
  void Sync();
  int64_t log_bytes() const { return lines_.Offset(); }
  int64_t event_bytes() const { return events_.Offset(); }

 private:
  AppendFile lines_;
  EventFile events_;
};

}  // namespace bottega
