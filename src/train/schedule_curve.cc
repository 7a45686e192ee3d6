#include "train/schedule_curve.h"

#include "optim/schedule.h"
#include "train/setup.h"

namespace bottega {

ScheduleCurve CurveOfSchedule(const TrainInputs& inputs) {
  const TrainSetup setup = MakeSetup(inputs);
  const Json& settings = setup.settings;
  const int64_t batch = settings.at("batch").get<int64_t>();
  const auto feed = MakeTrainFeed(setup, {.micro_batch = batch});
  ScheduleCurve curve{.schedule = settings.at("schedule").at("name").get<std::string>(),
                      .lr = settings.at("optimizer").at("lr").get<double>(),
                      .epochs = settings.at("epochs").get<int64_t>(),
                      .steps_per_epoch = feed->Batches(EpochRows(setup))};
  curve.follows_scores = curve.schedule == "plateau";
  const auto schedule = MakeSchedule(settings.at("schedule"), curve.steps_per_epoch);
  const int64_t total = curve.epochs * curve.steps_per_epoch;
  for (int64_t step = 0; step < total; ++step) {
    curve.rates.push_back(curve.lr * schedule->Factor(step, total));
  }
  return curve;
}

}  // namespace bottega
