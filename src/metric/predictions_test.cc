#include "metric/predictions.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/error.h"
#include "base/files.h"

namespace bottega {
namespace {

Predictions Small() {
  Predictions p{.classes = {"cat", "d.o\"g"}, .positive = 0};
  p.row = {4, 7, 9};
  p.part = {"train", "test", "test"};
  p.fold = {-1, 2, 0};
  p.weight = {1, 0.5, 2};
  p.label = {0, -1, 1};
  p.predicted = {0, 1, 0};
  p.probability = {0.9f, 0.1f, 0.25f, 0.75f, 0.5f, 0.5f};
  p.group["sex"] = {"f", "", "m"};
  return p;
}

TEST(PredictionsTest, ReadsWhatItWrote) {
  const TemporaryFolder folder;
  const Predictions p = Small();
  WritePredictions(folder.path() / "p.parquet", p);
  const Predictions back = ReadPredictions(folder.path() / "p.parquet");
  EXPECT_EQ(back.task, p.task);
  EXPECT_EQ(back.classes, p.classes);
  EXPECT_EQ(back.positive, 0);
  EXPECT_EQ(back.row, p.row);
  EXPECT_EQ(back.part, p.part);
  EXPECT_EQ(back.fold, p.fold);
  EXPECT_EQ(back.weight, p.weight);
  EXPECT_EQ(back.label, p.label);
  EXPECT_EQ(back.predicted, p.predicted);
  EXPECT_EQ(back.probability, p.probability);
  EXPECT_EQ(back.group, p.group);
}

TEST(PredictionsTest, RegressionKeepsUnknownValues) {
  const TemporaryFolder folder;
  Predictions p{.task = Task::kRegression,
                .row = {1, 2},
                .part = {"train", "test"},
                .fold = {-1, -1},
                .weight = {1, 1},
                .value = {2.5, std::nan("")},
                .predicted_value = {2, 3}};
  WritePredictions(folder.path() / "p.parquet", p);
  const Predictions back = ReadPredictions(folder.path() / "p.parquet");
  EXPECT_EQ(back.task, Task::kRegression);
  EXPECT_EQ(back.value[0], 2.5);
  EXPECT_TRUE(std::isnan(back.value[1]));
  EXPECT_EQ(back.predicted_value, p.predicted_value);
}

TEST(PredictionsTest, OfPartKeepsRowsTogether) {
  const Predictions test = OfPart(Small(), "test");
  EXPECT_EQ(test.row, (std::vector<int64_t>{7, 9}));
  EXPECT_EQ(test.label, (std::vector<int32_t>{-1, 1}));
  EXPECT_EQ(test.probability, (std::vector<float>{0.25f, 0.75f, 0.5f, 0.5f}));
  EXPECT_EQ(test.group.at("sex"), (std::vector<std::string>{"", "m"}));
  EXPECT_EQ(OfPart(Small(), "validation").size(), 0);
}

TEST(PredictionsTest, OtherFilesAreRefused) {
  const TemporaryFolder folder;
  EXPECT_THROW(ReadPredictions(folder.path() / "none.parquet"), Error);
  WriteFileAtomic(folder.path() / "bad.parquet", "PAR1 no");
  EXPECT_THROW(ReadPredictions(folder.path() / "bad.parquet"), Error);
}

}  // namespace
}  // namespace bottega
