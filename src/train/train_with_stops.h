// For tests of train/ alone.
#pragma once

#include <gtest/gtest.h>

#include "base/error.h"
#include "train/train_stage.h"

namespace bottega {

// Trains in sittings that a time budget of nothing ends after one step each, `sittings` times, then
// to the end. A sitting that ends otherwise fails the test.
inline TrainOutcome TrainWithStops(TrainInputs inputs, int sittings) {
  const TrainInputs whole = inputs;
  inputs.recipe["train"]["time_budget"] = 1e-9;
  for (int i = 0; i < sittings; ++i) {
    try {
      Train(inputs);
      ADD_FAILURE() << "sitting " << i << " came to the end";
    } catch (const Error& e) {
      EXPECT_EQ(e.kind(), ErrorKind::kBudget) << e.what();
      EXPECT_EQ(e.hint(), "bottega train --resume");
    }
  }
  return Train(whole);
}

}  // namespace bottega
