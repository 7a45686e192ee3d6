#include "profile/quantiles.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/json.h"
#include "base/test_folders.h"

namespace bottega {
namespace {

TEST(QuantilesTest, AgreeWithNumpy) {
  const Json reference = ReadJson(TestReference("metrics.json")).at("quantile");
  auto values = reference.at("values").get<std::vector<double>>();
  std::ranges::sort(values);
  for (const auto& [share, expected] : reference.at("expected").items()) {
    EXPECT_NEAR(Quantile(values, std::stod(share)), expected.get<double>(), 1e-12) << share;
  }
}

}  // namespace
}  // namespace bottega
