#include "train/train_log.h"

#include "base/clock.h"
#include "train/summaries.h"

namespace bottega {

namespace {

double WallTime() { return static_cast<double>(NowUnixSeconds()); }

// Whether `epoch` is 1, 2 or 5 times a power of ten.
bool IsRound(int64_t epoch) {
  while (epoch >= 10 && epoch % 10 == 0) epoch /= 10;
  return epoch == 1 || epoch == 2 || epoch == 5;
}

}  // namespace

TrainLog::TrainLog(const std::filesystem::path& run, int64_t log_bytes, int64_t event_bytes,
                   const std::map<std::string, Json>& settings)
    : lines_(run / "log.jsonl", log_bytes),
      events_(run / "events.out.tfevents.bottega", event_bytes, WallTime()) {
  if (event_bytes == 0) events_.Summary(0, WallTime(), SessionStart(settings, WallTime()));
}

void TrainLog::Line(const Json& record) { lines_.Append(record.dump() + "\n"); }

void TrainLog::Epoch(const Json& record) {
  Line(record);
  std::vector<std::pair<std::string, double>> scalars;
  for (const auto& [key, value] : record.items()) {
    if (!value.is_number() || key == "epoch" || key == "step" || key == "seconds") continue;
    // TensorBoard groups tags by what stands before the slash.
    std::string tag = key == "lr" ? "learning_rate" : key;
    if (const size_t dot = tag.find('.'); dot != std::string::npos) tag[dot] = '/';
    scalars.emplace_back(tag, value.get<double>());
  }
  events_.Scalars(record.at("step").get<int64_t>(), WallTime(), scalars);
}

void TrainLog::Weights(int64_t epoch, bool last, int64_t step, const NamedTensors& tensors) {
  if (!last && !IsRound(epoch)) return;
  events_.Summary(step, WallTime(), Distributions("weights", tensors));
}

void TrainLog::End() { events_.Summary(0, WallTime(), SessionEnd(WallTime())); }

void TrainLog::Sync() {
  lines_.Sync();
  events_.Sync();
}

}  // namespace bottega
