#include "train/step_probe.h"

#include <algorithm>

#include "base/clock.h"
#include "base/memory.h"
#include "engine/device.h"
#include "metric/metrics.h"
#include "train/assemble.h"
#include "train/forward.h"
#include "train/layer_statistics.h"
#include "train/training_watch.h"

namespace bottega {

namespace {

constexpr size_t kWarmUp = 2;  // steps: caches, first allocations, the optimizer's slots
// The first step allocates the optimizer's slots at its end; only the second shows the peak.
constexpr size_t kFewest = 2;
constexpr size_t kTableRowsScored = 2048, kPicturesScored = 64;
constexpr size_t kTableRowsWatched = 256, kPicturesWatched = 16;

double Median(std::vector<double> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<int64_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

class Probe {
 public:
  Probe(const TrainSetup& setup, const Choices& choices, at::Device device)
      : setup_(setup),
        choices_(choices),
        device_(device),
        model_(PlacedModel(setup, choices, device)),
        stepper_(MakeStepper(model_, setup.settings, StepSettingsOf(setup, choices, device))),
        feed_(MakeTrainFeed(setup, choices)),
        micro_per_step_(setup.settings.at("batch").get<int64_t>() / choices.micro_batch) {}

  void Train(const ProbeEffort& effort, ProbeResult* result) {
    std::vector<double> seconds;
    double spent = 0;
    feed_->StartEpoch(1, EpochOrder(setup_, 1));
    const auto more = [&] { return seconds.size() < kFewest || spent < effort.seconds; };
    while (static_cast<int>(seconds.size()) < effort.steps && more()) {
      const double start = MonotonicSeconds();
      const int64_t rows = Step();
      if (rows == 0 && seconds.empty()) break;
      if (rows == 0) {
        feed_->StartEpoch(1, EpochOrder(setup_, 1));
        continue;
      }
      seconds.push_back(MonotonicSeconds() - start);
      spent += seconds.back();
      result->pictures += rows;
    }
    result->steps = static_cast<int>(seconds.size());
    const size_t skipped = seconds.empty() ? 0 : std::min(kWarmUp, seconds.size() - 1);
    result->step_seconds = Median({seconds.begin() + static_cast<int64_t>(skipped), seconds.end()});
    const int64_t ahead = PictureFeedOptions{}.prefetch * choices_.micro_batch;
    result->pictures =
        std::min(result->pictures + ahead, static_cast<int64_t>(setup_.train.size()));
  }

  // Twice: a first pass decodes pictures, which later epochs find decoded.
  double ScoreSeconds() {
    if (setup_.validation.empty()) return 0;
    const size_t wanted = setup_.has_pictures() ? kPicturesScored : kTableRowsScored;
    const std::vector<int64_t> some(
        setup_.validation.begin(),
        setup_.validation.begin() +
            static_cast<int64_t>(std::min(wanted, setup_.validation.size())));
    const std::unique_ptr<Feed> feed = MakePlainFeed(setup_, choices_, some);
    double seconds = 0;
    for (int pass = 0; pass < 2; ++pass) {
      const double start = MonotonicSeconds();
      Score(*feed, some);
      seconds = MonotonicSeconds() - start;
    }
    return seconds * static_cast<double>(setup_.validation.size()) /
           static_cast<double>(some.size());
  }

  double WatchSeconds() {
    std::vector<int64_t> some = WatchedRows(setup_);
    const double rows = static_cast<double>(some.size());
    const size_t most = setup_.has_pictures() ? kPicturesWatched : kTableRowsWatched;
    some.resize(std::min(some.size(), most));
    const auto feed = MakePlainFeed(setup_, choices_, some, WatchedAtOnce(choices_));
    const double start = MonotonicSeconds();
    MeasureLayers(*model_, *feed, setup_.loss, device_);
    return (MonotonicSeconds() - start) * rows / static_cast<double>(some.size());
  }

 private:
  int64_t Step() {
    micro_batches_.clear();
    Batch batch;
    for (int64_t i = 0; i < micro_per_step_ && feed_->Next(&batch); ++i) {
      micro_batches_.push_back(std::move(batch));
    }
    if (micro_batches_.empty()) return 0;
    const double lr = setup_.settings.at("optimizer").at("lr").get<double>();
    const int64_t rows = stepper_->Step(micro_batches_, 1, lr).rows;
    Synchronize(device_);
    return rows;
  }

  void Score(Feed& feed, const std::vector<int64_t>& positions) {
    const at::Tensor logits = ForwardAll(
        *model_, feed, {.device = device_, .precision = PrecisionOf(choices_.precision)});
    QuickMetrics(MakePredictions(logits, positions, setup_.targets, *setup_.inputs->plan,
                                 *setup_.inputs->data, "validation"));
    ValidationLoss(setup_.loss, logits, setup_.targets, positions);
  }

  const TrainSetup& setup_;
  const Choices& choices_;
  const at::Device device_;
  std::shared_ptr<Model> model_;
  std::unique_ptr<Stepper> stepper_;
  std::unique_ptr<Feed> feed_;
  int64_t micro_per_step_;
  std::vector<Batch> micro_batches_;
};

}  // namespace

ProbeResult ProbeSteps(const TrainSetup& setup, const Choices& choices, at::Device device,
                       const ProbeEffort& effort) {
  ResetPeakMemory();
  ProbeResult result;
  Probe probe(setup, choices, device);
  probe.Train(effort, &result);
  result.score_seconds = probe.ScoreSeconds();
  result.watch_seconds = probe.WatchSeconds();
  result.peak = PeakMemory();
  return result;
}

std::vector<Batch> FirstBatches(const TrainSetup& setup, Choices choices, int count, int64_t rows) {
  choices.micro_batch = std::min(rows, static_cast<int64_t>(setup.train.size()));
  const std::unique_ptr<Feed> feed = MakeTrainFeed(setup, choices);
  std::vector<int64_t> order = EpochOrder(setup, 1);
  order.resize(std::min(order.size(), static_cast<size_t>(count * choices.micro_batch)));
  feed->StartEpoch(1, std::move(order));
  std::vector<Batch> batches;
  Batch batch;
  while (std::ssize(batches) < count && feed->Next(&batch)) batches.push_back(std::move(batch));
  return batches;
}

}  // namespace bottega
