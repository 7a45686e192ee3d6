#include "train/longer.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "optim/schedule.h"
#include "train/checkpoint.h"

namespace bottega {

std::string LengthNote(const std::filesystem::path& run, const Json& train, int64_t epochs) {
  const auto before = train.at("epochs").get<int64_t>();
  const std::optional<TrainState> state = LoadTrainState(run);
  if (!state || state->epoch < 2 || epochs == before) return "";
  const int64_t steps = state->step / (state->epoch - 1);
  const std::unique_ptr<Schedule> schedule = MakeSchedule(train.at("schedule"), steps);
  schedule->LoadState(state->schedule);
  const double was = schedule->Factor(state->step, before * steps);
  const double is = schedule->Factor(state->step, epochs * steps);
  if (std::abs(was - is) <= 1e-9 * std::max(1.0, std::abs(was))) return "";
  const double lr = train.at("optimizer").at("lr").get<double>();
  return "the schedule " + train.at("schedule").at("name").get<std::string>() +
         " is stretched to " + std::to_string(epochs) + " epochs: the learning rate goes on at " +
         FormatNumber(lr * is, 3) + " where it had come to " + FormatNumber(lr * was, 3) +
         "; that is not the training of " + std::to_string(epochs) + " epochs from the start";
}

}  // namespace bottega
