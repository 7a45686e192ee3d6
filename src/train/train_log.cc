#include "train/train_log.h"

#include "base/clock.h"

namespace bottega {

namespace {

double WallTime() { return static_cast<double>(NowUnixSeconds()); }

}  // namespace

TrainLog::TrainLog(const std::filesystem::path& run, int64_t log_bytes, int64_t event_bytes)
    : lines_(run / "log.jsonl", log_bytes),
      events_(run / "events.out.tfevents.bottega", event_bytes, WallTime()) {}

void TrainLog::Line(const Json& record) { lines_.Append(record.dump() + "\n"); }

void TrainLog::Epoch(const Json& record) {
  Line(record);
  std::vector<std::pair<std::string, double>> scalars;
  for (const auto& [key, value] : record.items()) {
    if (!value.is_number() || key == "epoch" || key == "step" || key == "seconds") continue;
    // TensorBoard groups tags by what stands before the slash.
    std::string tag = key;
    if (const size_t dot = tag.find('.'); dot != std::string::npos) tag[dot] = '/';
    scalars.emplace_back(tag, value.get<double>());
  }
  events_.Scalars(record.at("step").get<int64_t>(), WallTime(), scalars);
}

void TrainLog::Sync() {
  lines_.Sync();
  events_.Sync();
}

}  // namespace bottega
