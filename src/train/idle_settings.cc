#include "train/idle_settings.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace bottega {

namespace {

// Steps of the training that a schedule sees, without those of its warm-up (optim/schedule.cc).
int64_t ScheduledSteps(const Json& schedule, int64_t steps) {
  const double warmup = schedule.value("warmup", 0.0);
  const double warm = warmup < 1 ? warmup * static_cast<double>(steps) : warmup;
  return steps - std::min<int64_t>(steps, std::llround(warm));
}

void AddSchedule(const Json& train, int64_t steps_per_epoch, std::vector<std::string>* idle) {
  const Json& schedule = train.at("schedule");
  const std::string name = schedule.at("name").get<std::string>();
  const char* key = name == "step" ? "every" : name == "multi_step" ? "at" : nullptr;
  if (key == nullptr) return;
  const int64_t epochs = train.at("epochs").get<int64_t>();
  const int64_t left = ScheduledSteps(schedule, epochs * steps_per_epoch);
  const auto never = [&](const Json& epoch) {
    const double step = epoch.get<double>() * static_cast<double>(steps_per_epoch);
    return std::max(1.0, std::round(step)) >= static_cast<double>(left);
  };
  const Json& set = schedule.at(key);
  const Json drops = set.is_array() ? set : Json::array({set});
  std::vector<std::string> late;
  for (const Json& epoch : drops) {
    if (never(epoch)) late.push_back(FormatNumber(epoch.get<double>()));
  }
  if (late.empty()) return;
  const bool warmed = left < epochs * steps_per_epoch;
  idle->push_back("train.schedule." + name + "." + key + ": " +
                  (late.size() == 1 ? "the drop at " : "the drops at ") + Join(late, ", ") +
                  (late.size() == 1 ? " does" : " do") + " not come within the " +
                  FormatCount(epochs) + (epochs == 1 ? " epoch" : " epochs") +
                  (warmed ? ", of which the warm-up is the first part" : ""));
}

void AddAverage(const Json& train, std::vector<std::string>* idle) {
  const Json& average = train.at("average");
  if (average.is_null() || average.at("name") != "swa") return;
  const double from = average.at("from").get<double>();
  const int64_t epochs = train.at("epochs").get<int64_t>();
  if (from < 1 || std::llround(from) <= epochs) return;
  idle->push_back("train.average.swa.from is " + FormatNumber(from) + ", after the last epoch, " +
                  FormatCount(epochs) + ": weights are never averaged");
}

}  // namespace

std::vector<std::string> IdleSettings(const Json& train, int64_t steps_per_epoch) {
  std::vector<std::string> idle;
  AddSchedule(train, steps_per_epoch, &idle);
  AddAverage(train, &idle);
  return idle;
}

}  // namespace bottega
