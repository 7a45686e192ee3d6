#include "train/diagnosis/noise.h"

#include <algorithm>
#include <numeric>
#include <unordered_set>

#include "base/random.h"
#include "base/threads.h"
#include "learn/confident_learning.h"
#include "learn/label_noise.h"
#include "learn/noise_evidence.h"
#include "profile/quantiles.h"
#include "train/diagnosis/measure.h"

namespace bottega {

namespace {

constexpr double kPairWorthTelling = 0.03, kTwoSided = 0.975;
constexpr size_t kFewestRows = 100;
constexpr int64_t kResamples = 200;

struct OutOfFold {
  std::vector<int64_t> positions;
  std::vector<int32_t> label;
  Matrix probability;
};

OutOfFold Average(const TrainSetup& setup, const std::vector<TrialResult>& results) {
  const size_t classes = static_cast<size_t>(setup.targets.classes);
  std::map<int64_t, std::pair<int, std::vector<double>>> sums;
  for (const TrialResult& result : results) {
    for (size_t i = 0; i < result.rest.size(); ++i) {
      auto& [count, sum] = sums[result.rest[i]];
      sum.resize(classes, 0);
      ++count;
      for (size_t k = 0; k < classes; ++k) {
        sum[k] += static_cast<double>(result.of_rest.probability[i * classes + k]);
      }
    }
  }
  OutOfFold out;
  out.probability = Matrix(static_cast<int64_t>(sums.size()), static_cast<int64_t>(classes));
  float* to = out.probability.values.data();
  for (const auto& [position, entry] : sums) {
    out.positions.push_back(position);
    out.label.push_back(setup.targets.labels[static_cast<size_t>(position)]);
    for (const double sum : entry.second) *to++ = static_cast<float>(sum / entry.first);
  }
  return out;
}

Json PairsOf(const LabelNoise& noise, const FittedPlan& plan) {
  Json pairs = Json::array();
  for (int truth = 0; truth < noise.classes; ++truth) {
    for (int given = 0; given < noise.classes; ++given) {
      if (given == truth || noise.Rate(truth, given) < kPairWorthTelling) continue;
      pairs.push_back({{"truth", plan.classes[static_cast<size_t>(truth)]},
                       {"given", plan.classes[static_cast<size_t>(given)]},
                       {"share", noise.Rate(truth, given)}});
    }
  }
  return pairs;
}

std::vector<float> WrongOf(const OutOfFold& judged) {
  return WrongLabelProbability(judged.label, judged.probability,
                               EstimateNoise(judged.label, judged.probability));
}

double MeanOver(const std::vector<float>& chances) {
  return std::accumulate(chances.begin(), chances.end(), 0.0) / static_cast<double>(chances.size());
}

OutOfFold Resampled(const OutOfFold& judged, uint64_t seed, int64_t resample) {
  const auto rows = static_cast<int64_t>(judged.label.size());
  Random random(seed, Purpose::kBootstrap, 0, resample);
  OutOfFold drawn{.probability = Matrix(rows, judged.probability.columns)};
  for (int64_t i = 0; i < rows; ++i) {
    const int64_t from = random.Below(rows);
    drawn.label.push_back(judged.label[static_cast<size_t>(from)]);
    std::copy_n(judged.probability.row(from), judged.probability.columns, drawn.probability.row(i));
  }
  return drawn;
}

// How many labels are wrong, with the percentile bootstrap's interval over rows: how wrong labels
// come about is estimated anew from each draw.
Json WrongShare(const OutOfFold& judged, const std::vector<float>& wrong, uint64_t seed) {
  std::vector<double> shares(kResamples);
  ParallelFor(kResamples, 4, [&](int64_t begin, int64_t end) {
    for (int64_t b = begin; b < end; ++b) {
      shares[static_cast<size_t>(b)] = MeanOver(WrongOf(Resampled(judged, seed, b)));
    }
  });
  std::ranges::sort(shares);
  return EstimateToJson(MeanOver(wrong), Quantile(shares, 1 - kTwoSided),
                        Quantile(shares, kTwoSided));
}

// Of the doubted rows the share for which the run's model gives the label that they carry.
double Memorized(const TrainSetup& setup, const std::vector<int64_t>& doubted) {
  if (doubted.empty()) return std::nan("");
  const Predictions answers = PredictWith(setup.inputs->run, setup, doubted);
  double kept = 0;
  for (size_t i = 0; i < doubted.size(); ++i) kept += answers.predicted[i] == answers.label[i];
  return kept / static_cast<double>(doubted.size());
}

}  // namespace

NoiseEvidence LabelEvidence(const TrainSetup& setup, const std::vector<TrialResult>& results,
                            const std::vector<int64_t>& rows) {
  NoiseEvidence evidence{.trusted = rows};
  if (!setup.targets.classification) return evidence;
  const OutOfFold judged = Average(setup, results);
  if (judged.positions.size() < kFewestRows) return evidence;
  const LabelNoise noise = EstimateNoise(judged.label, judged.probability);
  const std::vector<float> wrong = WrongLabelProbability(judged.label, judged.probability, noise);
  std::vector<int64_t> doubted;
  for (size_t i = 0; i < wrong.size(); ++i) {
    if (wrong[i] > kDoubted) doubted.push_back(judged.positions[i]);
  }
  const double memorized = Memorized(setup, doubted);
  evidence.facts = {{"rows", judged.positions.size()},
                    {"share", WrongShare(judged, wrong, setup.seed())},
                    {"evidence", EvidenceOfNoise(judged.label, judged.probability)},
                    {"doubted", doubted.size()},
                    {"memorized", std::isnan(memorized) ? Json() : Json(memorized)},
                    {"pairs", PairsOf(noise, *setup.inputs->plan)}};
  const std::unordered_set<int64_t> left_out(doubted.begin(), doubted.end());
  std::erase_if(evidence.trusted, [&](int64_t p) { return left_out.contains(p); });
  return evidence;
}

}  // namespace bottega
