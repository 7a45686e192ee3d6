#include "metric/diagnosis/power_law.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/files.h"
#include "base/json.h"
#include "base/random.h"
#include "base/test_folders.h"

namespace bottega {
namespace {

TEST(PowerLaw, FitsAsWellAsScipy) {
  const std::string path = TestReference("learning_curve.json");
  const Json reference = ParseJson(ReadFile(path), path);
  ASSERT_EQ(reference["fits"].size(), 4U);
  for (const Json& fit : reference["fits"]) {
    std::vector<CurvePoint> points;
    for (size_t i = 0; i < fit["rows"].size(); ++i) {
      points.push_back({fit["rows"][i], fit["error"][i]});
    }
    const std::vector<double> weights = fit["weights"];
    const PowerLaw law = FitPowerLaw(points, weights);
    double squares = 0;
    for (size_t i = 0; i < points.size(); ++i) {
      squares += weights[i] * std::pow(law.At(points[i].rows) - points[i].error, 2);
    }
    EXPECT_LE(squares, fit["squares"].get<double>() * 1.0001 + 1e-12);
    EXPECT_NEAR(law.At(2 * points.back().rows), fit["at_twice"].get<double>(), 2e-4);
  }
}

std::vector<CurvePoint> Draw(const PowerLaw& law, double noise, int64_t trial) {
  Random random(5, Purpose::kGenerate, 0, trial);
  std::vector<CurvePoint> points;
  for (const double rows : {250.0, 500.0, 1000.0, 2000.0}) {
    for (int replicate = 0; replicate < 3; ++replicate) {
      const double error = law.At(rows);
      points.push_back({rows, error * (1 + noise * random.Normal())});
    }
  }
  return points;
}

TEST(PowerLaw, TheGainsIntervalHoldsTheTruth) {
  const PowerLaw law{.offset = 0.2, .scale = 5, .exponent = 0.6};
  const double truth = law.At(2000) - law.At(4000);
  int covered = 0;
  constexpr int kTrials = 60;
  for (int trial = 0; trial < kTrials; ++trial) {
    const DataCurve curve = FitDataCurve(Draw(law, 0.02, trial), 2, 0.007, 3);
    covered += curve.gain.low <= truth && truth <= curve.gain.high;
    EXPECT_NE(curve.verdict, "no");
  }
  EXPECT_GE(covered, kTrials * 85 / 100);
}

TEST(PowerLaw, SaysYesWhereMoreRowsHelpAndNoWhereTheyDoNot) {
  const DataCurve steep =
      FitDataCurve(Draw({.offset = 0.1, .scale = 6, .exponent = 0.5}, 0.01, 1), 2, 0.007, 3);
  EXPECT_EQ(steep.verdict, "yes") << steep.why;
  EXPECT_TRUE(steep.trustworthy);
  const DataCurve flat =
      FitDataCurve(Draw({.offset = 0.3, .scale = 200, .exponent = 1.5}, 0.004, 1), 2, 0.007, 3);
  EXPECT_EQ(flat.verdict, "no") << flat.gain.high;
}

TEST(PowerLaw, ADoubtfulFitIsNotTrusted) {
  std::vector<CurvePoint> bent;  // hardly falls, then plunges: no power law
  for (int i = 0; i < 3; ++i) {
    for (const auto& [rows, error] :
         {std::pair{250.0, 0.70}, {500.0, 0.69}, {1000.0, 0.69}, {2000.0, 0.30}}) {
      bent.push_back({rows, error + 0.001 * i});
    }
  }
  const DataCurve curve = FitDataCurve(bent, 2, 0.007, 3);
  EXPECT_FALSE(curve.trustworthy);
  EXPECT_EQ(curve.why, "the sizes do not lie on a power law");
  EXPECT_EQ(curve.verdict, "unclear");
  const DataCurve noise =
      FitDataCurve(Draw({.offset = 0.5, .scale = 0, .exponent = 1}, 0.2, 4), 2, 0.001, 3);
  EXPECT_FALSE(noise.trustworthy);
  EXPECT_NE(noise.verdict, "yes");
  EXPECT_EQ(FitDataCurve({{10, 1}, {20, 0.5}}, 2, 0.01, 3).verdict, "unclear");
}

}  // namespace
}  // namespace bottega
