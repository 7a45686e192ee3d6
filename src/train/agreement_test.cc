#include "train/agreement.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/progress.h"
#include "train/assemble.h"
#include "train/step_probe.h"
#include "train/train_fixture.h"

namespace bottega {
namespace {

Deviation DeviationOf(const std::string& precision, double input_scale) {
  SetQuiet(true);
  TrainFixture fixture;
  MakePictures(&fixture,
               "{model: {name: resnet_small, dropout: 0.1}, train: {batch: 16, picture_size: 16}}");
  const TrainInputs inputs = fixture.Inputs("run");
  const TrainSetup setup = MakeSetup(inputs);
  const Choices choices{.precision = precision};
  std::vector<Batch> batches = FirstBatches(setup, choices, 2, 16);
  EXPECT_EQ(batches.size(), 2U);
  for (Batch& batch : batches) batch.pictures = batch.pictures * input_scale;
  const auto model = PlacedModel(setup, choices, at::kCPU);
  const Deviation deviation =
      MeasureDeviation(*model, batches, StepSettingsOf(setup, choices, at::kCPU));
  for (const auto& [name, parameter] : model->Parameters()) {
    EXPECT_FALSE(parameter.grad().defined());
  }
  return deviation;
}

TEST(Agreement, FullPrecisionAgreesWithItself) {
  const Deviation deviation = DeviationOf("fp32", 1);
  EXPECT_EQ(deviation.loss, 0);
  EXPECT_EQ(deviation.gradient, 0);
  EXPECT_TRUE(Agrees(deviation));
}

TEST(Agreement, Bf16DeviatesALittle) {
  const Deviation deviation = DeviationOf("bf16", 1);
  EXPECT_GT(deviation.gradient, 0);
  EXPECT_LT(deviation.loss, kLossTolerance);
  EXPECT_LT(deviation.gradient, kGradientTolerance);
}

TEST(Agreement, WhatIsNoNumberNeverAgrees) {
  EXPECT_FALSE(Agrees(DeviationOf("bf16", NAN)));
  EXPECT_FALSE(Agrees({.loss = 0.5, .gradient = 0}));
  EXPECT_FALSE(Agrees({.loss = 0, .gradient = 0.5}));
  EXPECT_TRUE(DeviationToJson({.loss = NAN})["loss"].is_null());
}

}  // namespace
}  // namespace bottega
