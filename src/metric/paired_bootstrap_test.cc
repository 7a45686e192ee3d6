#include "metric/paired_bootstrap.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"

namespace bottega {
namespace {

TEST(PairedBootstrapTest, IntervalIsThatOfTheMean) {
  std::vector<int64_t> group;
  std::vector<double> difference, doubled;
  double squares = 0, mean = 0;
  for (int64_t i = 0; i < 2000; ++i) {
    group.push_back(i);
    difference.push_back(0.3 + Random(1, Purpose::kGenerate, 0, i).Normal());
    doubled.push_back(2 * difference.back());
    mean += difference.back() / 2000;
  }
  for (const double d : difference) squares += (d - mean) * (d - mean);
  const double error = std::sqrt(squares / 2000 / 2000);
  PairedBootstrap bootstrap(group);
  bootstrap.Add(difference);
  bootstrap.Add(doubled);
  const std::vector<Estimate> out = bootstrap.Intervals(0.95, 7);
  EXPECT_NEAR(out[0].value, mean, 1e-9);
  EXPECT_NEAR(out[0].high - out[0].low, 2 * 1.96 * error, 0.2 * error);
  EXPECT_NEAR(out[1].low, 2 * out[0].low, 1e-9);
}

TEST(PairedBootstrapTest, CopiesAreOneObservation) {
  std::vector<int64_t> alone, together;
  std::vector<double> difference;
  for (int64_t i = 0; i < 400; ++i) {
    alone.push_back(i);
    together.push_back(i / 4);
    difference.push_back(Random(1, Purpose::kGenerate, 0, i / 4).Normal());
  }
  PairedBootstrap narrow(alone), wide(together);
  narrow.Add(difference);
  wide.Add(difference);
  const Estimate a = narrow.Intervals(0.95, 7)[0], b = wide.Intervals(0.95, 7)[0];
  EXPECT_NEAR((b.high - b.low) / (a.high - a.low), 2, 0.3);
}

}  // namespace
}  // namespace bottega
