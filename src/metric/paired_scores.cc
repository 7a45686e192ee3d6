#include "metric/paired_scores.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"
#include "base/text.h"
#include "base/threads.h"
#include "metric/draw.h"
#include "metric/exact_binomial.h"
#include "metric/metrics.h"
#include "profile/quantiles.h"

namespace bottega {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

std::vector<const MetricKind*> KindsOf(Task task) {
  std::vector<const MetricKind*> kinds;
  for (const MetricKind& kind : MetricKinds()) {
    if (kind.task == task) kinds.push_back(&kind);
  }
  return kinds;
}

// drawn[metric][model][draw], and the values on the rows as they are.
struct Draws {
  std::vector<std::vector<std::vector<double>>> drawn;
  std::vector<std::vector<double>> values;  // [metric][model]
};

// Groups as numbers from 0; each row its own where there are none.
std::vector<size_t> GroupsOf(const std::vector<int64_t>& group, size_t rows, size_t* count) {
  std::vector<size_t> index(rows);
  if (group.empty()) {
    std::iota(index.begin(), index.end(), size_t{0});
    *count = rows;
    return index;
  }
  std::vector<int64_t> sorted = group;
  std::ranges::sort(sorted);
  sorted.erase(std::ranges::unique(sorted).begin(), sorted.end());
  for (size_t i = 0; i < rows; ++i) {
    index[i] = static_cast<size_t>(std::ranges::lower_bound(sorted, group[i]) - sorted.begin());
  }
  *count = sorted.size();
  return index;
}

Draws DrawScores(const std::vector<Predictions>& models, const std::vector<int64_t>& group,
                 const std::vector<const MetricKind*>& kinds, const PairedOptions& options) {
  std::vector<Tallier> talliers;
  for (const Predictions& model : models) talliers.emplace_back(model, TallyOptions{});
  size_t groups = 0;
  const std::vector<size_t> index = GroupsOf(group, models[0].row.size(), &groups);
  Draws draws{.drawn = std::vector(
                  kinds.size(),
                  std::vector(models.size(),
                              std::vector<double>(static_cast<size_t>(options.resamples), kNaN))),
              .values = std::vector(kinds.size(), std::vector<double>(models.size(), kNaN))};
  const auto all = [&](size_t m, const Tally& tally, const auto& put) {
    for (size_t k = 0; k < kinds.size(); ++k) put(k, m, kinds[k]->value(tally));
  };
  for (size_t m = 0; m < models.size(); ++m) {
    all(m, talliers[m].All(), [&](size_t k, size_t i, double v) { draws.values[k][i] = v; });
  }
  ParallelFor(options.resamples, 8, [&](int64_t begin, int64_t end) {
    std::vector<uint16_t> counts(groups);
    for (int64_t b = begin; b < end; ++b) {
      DrawCounts(options.seed, b, &counts);
      for (size_t m = 0; m < models.size(); ++m) {
        // A tallier orders its rows in its own way.
        std::vector<double> weights = talliers[m].weights();
        const std::vector<int64_t>& position = talliers[m].positions();
        for (size_t i = 0; i < weights.size(); ++i) {
          weights[i] *= counts[index[static_cast<size_t>(position[i])]];
        }
        all(m, talliers[m].Of(weights),
            [&](size_t k, size_t i, double v) { draws.drawn[k][i][static_cast<size_t>(b)] = v; });
      }
    }
  });
  return draws;
}

Interval PercentileInterval(std::vector<double> values, double level) {
  const size_t all = values.size();
  std::erase_if(values, [](double v) { return std::isnan(v); });
  if (values.size() * 2 <= all) return {kNaN, kNaN};
  std::ranges::sort(values);
  return {Quantile(values, (1 - level) / 2), Quantile(values, (1 + level) / 2)};
}

PairedTest TestByDraws(const std::vector<double>& a, const std::vector<double>& b, double level) {
  std::vector<double> differences(a.size());
  double low = 0, high = 0, finite = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    differences[i] = b[i] - a[i];
    if (std::isnan(differences[i])) continue;
    ++finite;
    low += differences[i] <= 0;
    high += differences[i] >= 0;
  }
  PairedTest test{.method = "paired bootstrap"};
  test.p = finite == 0 ? kNaN : std::min(1.0, 2 * (1 + std::min(low, high)) / (1 + finite));
  test.interval = PercentileInterval(std::move(differences), level);
  return test;
}

// Rows that one of them alone has right.
void CountDiscordant(const Predictions& a, const Predictions& b, PairedTest* test) {
  for (size_t i = 0; i < a.label.size(); ++i) {
    const bool right_a = a.predicted[i] == a.label[i], right_b = b.predicted[i] == b.label[i];
    test->only_a += right_a && !right_b;
    test->only_b += right_b && !right_a;
  }
}

bool AllWeightsAreOne(const Predictions& p) {
  return std::ranges::all_of(p.weight, [](double w) { return w == 1; });
}

void AdjustAll(std::vector<PairedScore>* scores) {
  std::vector<PairedTest*> tests;
  std::vector<double> p;
  for (PairedScore& score : *scores) {
    for (PairedTest& test : score.tests) {
      tests.push_back(&test);
      p.push_back(std::isnan(test.p) ? 1 : test.p);
    }
  }
  const std::vector<double> adjusted = AdjustByHolm(p);
  for (size_t i = 0; i < tests.size(); ++i) tests[i]->adjusted = adjusted[i];
}

void RequireMetrics(const std::vector<std::string>& names, Task task) {
  const std::vector<std::string> known = MetricNames(task);
  for (const std::string& name : names) {
    if (std::ranges::find(known, name) != known.end()) continue;
    const std::vector<std::string> near = NearestNames(name, known);
    throw Error(ErrorKind::kRecipe,
                "there is no metric '" + name + "' of this task; " +
                    (near.empty() ? "known are " + Join(known, ", ")
                                  : "did you mean " + Join(near, " or ") + "?"),
                {}, "bottega list metrics");
  }
}

}  // namespace

std::vector<double> AdjustByHolm(const std::vector<double>& p) {
  std::vector<size_t> order(p.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::ranges::stable_sort(order, {}, [&](size_t i) { return p[i]; });
  std::vector<double> adjusted(p.size());
  double largest = 0;
  for (size_t k = 0; k < order.size(); ++k) {
    largest = std::max(largest, std::min(1.0, static_cast<double>(p.size() - k) * p[order[k]]));
    adjusted[order[k]] = largest;
  }
  return adjusted;
}

double McNemarP(int64_t a, int64_t b) {
  return std::min(1.0, 2 * BinomialBelow(std::min(a, b), a + b, 0.5));
}

std::vector<PairedScore> ScorePaired(const PairedRows& rows, const std::vector<int64_t>& group,
                                     const std::vector<std::string>& tested,
                                     const PairedOptions& options) {
  const Task task = rows.models[0].task;
  RequireMetrics(tested, task);
  const std::vector<const MetricKind*> kinds = KindsOf(task);
  const Draws draws = DrawScores(rows.models, group, kinds, options);
  const size_t models = rows.models.size();
  const double tests = static_cast<double>(tested.size() * models * (models - 1) / 2);
  const double level = 1 - (1 - options.level) / std::max(1.0, tests);
  std::vector<PairedScore> scores;
  for (size_t k = 0; k < kinds.size(); ++k) {
    PairedScore score{.metric = kinds[k]->spec->name,
                      .larger_is_better = kinds[k]->larger_is_better,
                      .values = draws.values[k]};
    for (size_t m = 0; m < models; ++m) {
      score.intervals.push_back(PercentileInterval(draws.drawn[k][m], options.level));
    }
    const bool asked = std::ranges::find(tested, score.metric) != tested.end();
    for (size_t a = 0; asked && a < models; ++a) {
      for (size_t b = a + 1; b < models; ++b) {
        PairedTest test = TestByDraws(draws.drawn[k][a], draws.drawn[k][b], level);
        test.a = a;
        test.b = b;
        test.difference = score.values[b] - score.values[a];
        if (task == Task::kClassification) {
          CountDiscordant(rows.models[a], rows.models[b], &test);
          if (score.metric == "accuracy" && group.empty() && AllWeightsAreOne(rows.models[a])) {
            test.method = "McNemar, exact";
            test.p = McNemarP(test.only_a, test.only_b);
          }
        }
        score.tests.push_back(test);
      }
    }
    scores.push_back(std::move(score));
  }
  AdjustAll(&scores);
  return scores;
}

}  // namespace bottega
