#include "train/lr_range.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/capture.h"
#include "train/trial.h"

namespace bottega {

namespace {

constexpr double kDiverged = 4;      // times the lowest running loss
constexpr double kMemory = 0.9;      // of the running loss that ends the sweep
constexpr double kWindow = 0.03;     // deviation of the smoothing kernel, as a share of the sweep
constexpr double kLeastFall = 0.03;  // of the first loss; less is noise
constexpr double kBegun = 0.1;       // share of the fall that has to be done
constexpr double kBelowLowest = 3;   // the suggestion is the lowest's rate over this at most
constexpr size_t kFewest = 10;       // points to say anything from

// Gaussian weights over neighbours in the order of rates; losses are cut at where they diverge.
std::vector<double> Smooth(const std::vector<LrPoint>& points) {
  const double n = static_cast<double>(points.size());
  const double deviation = std::max(1.0, kWindow * n);
  const int64_t reach = std::llround(3 * deviation), size = static_cast<int64_t>(points.size());
  std::vector<double> smooth;
  for (int64_t i = 0; i < size; ++i) {
    double sum = 0, weight = 0;
    for (int64_t j = std::max<int64_t>(0, i - reach); j <= std::min(size - 1, i + reach); ++j) {
      const double z = static_cast<double>(j - i) / deviation;
      const double w = std::exp(-z * z / 2);
      sum += w * points[static_cast<size_t>(j)].loss;
      weight += w;
    }
    smooth.push_back(sum / weight);
  }
  return smooth;
}

double Slope(const std::vector<LrPoint>& points, size_t i, size_t reach) {
  const size_t a = i > reach ? i - reach : 0, b = std::min(points.size() - 1, i + reach);
  return (points[b].smooth - points[a].smooth) /
         (std::log10(points[b].lr) - std::log10(points[a].lr));
}

}  // namespace

namespace {

LrRange Sweep(const TrainInputs& inputs, const LrRangeOptions& options) {
  const TrialSetup prepared(inputs);
  Trial trial(prepared.setup, prepared.choices, prepared.device);
  LrRange range;
  double running = 0, weight = 0, lowest = std::numeric_limits<double>::infinity();
  Progress progress("Range test", options.steps, "steps");
  for (int64_t i = 0; i <= options.steps && !range.diverged; ++i) {
    const double share = static_cast<double>(i) / static_cast<double>(options.steps - 1);
    const double lr = options.low * std::pow(options.high / options.low, std::min(share, 1.0));
    const StepSums sums = trial.Step(lr);
    const double loss = sums.loss / (sums.weight > 0 ? sums.weight : 1);
    progress.Advance();
    range.diverged = !sums.finite;
    if (range.diverged) break;
    running = kMemory * running + (1 - kMemory) * loss;
    weight = kMemory * weight + (1 - kMemory);
    if (i > 0) range.points.back().loss = loss;  // what the update at the last rate led to
    if (i > static_cast<int64_t>(kFewest)) range.diverged = running / weight > kDiverged * lowest;
    lowest = std::min(lowest, running / weight);
    if (i < options.steps) range.points.push_back({.lr = lr, .loss = loss});
  }
  // The last rate's effect was not seen.
  if (range.diverged && !range.points.empty()) range.points.pop_back();
  JudgeRange(&range);
  return range;
}

}  // namespace

LrRange FindLearningRate(const TrainInputs& inputs, const LrRangeOptions& options) {
  return CatchTorch("testing learning rates", [&] { return Sweep(inputs, options); });
}

void JudgeRange(LrRange* range) {
  std::vector<LrPoint>& points = range->points;
  const std::vector<double> smooth = Smooth(points);
  for (size_t i = 0; i < points.size(); ++i) points[i].smooth = smooth[i];
  if (points.size() < kFewest) {
    range->reason = "the loss diverged at once: start lower (--low)";
    return;
  }
  const size_t early = std::max<size_t>(3, points.size() / 10);
  double first = 0;
  for (size_t i = 0; i < early; ++i) first += points[i].loss / static_cast<double>(early);
  const auto lowest = std::ranges::min_element(points, {}, &LrPoint::smooth);
  const double fall = first - lowest->smooth;
  if (!(fall > kLeastFall * std::abs(first))) {
    range->reason = "the loss falls at none of these rates";
    return;
  }
  const size_t end = static_cast<size_t>(lowest - points.begin());
  const size_t reach = std::max<size_t>(1, points.size() / 25);
  size_t steepest = 0;
  for (size_t i = 1; i <= end; ++i) {
    if (Slope(points, i, reach) < Slope(points, steepest, reach)) steepest = i;
  }
  const auto begun = std::ranges::find_if(
      points, [&](const LrPoint& p) { return p.smooth < first - kBegun * fall; });
  range->begins = begun->lr;
  range->steepest = points[steepest].lr;
  range->lowest = lowest->lr;
  const double most = lowest->lr / kBelowLowest;
  range->suggested = std::min(points[steepest].lr, most);
  range->reason = points[steepest].lr <= most
                      ? "where the loss falls fastest"
                      : "a third of the rate of the lowest loss, as the steepest fall is near it";
}

Json RangeToJson(const LrRange& range) {
  const auto number = [](const std::optional<double>& x) { return x ? Json(*x) : Json(); };
  Json points = Json::array();
  for (const LrPoint& p : range.points) {
    points.push_back({{"lr", p.lr}, {"loss", p.loss}, {"smooth", p.smooth}});
  }
  return {{"suggested", number(range.suggested)},
          {"reason", range.reason},
          {"begins", number(range.begins)},
          {"steepest", number(range.steepest)},
          {"lowest", number(range.lowest)},
          {"diverged", range.diverged},
          {"points", points}};
}

}  // namespace bottega
