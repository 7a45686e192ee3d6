#include "learn/boosted_trees.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/random.h"
#include "learn/blend.h"
#include "learn/folds.h"
#include "learn/label_scores.h"

namespace bottega {
namespace {

constexpr int64_t kRows = 4000;

double Uniform(int64_t stream, int64_t row) {
  return Random(11, Purpose::kGenerate, stream, row).Uniform();
}

std::vector<int64_t> Singly(int64_t n) {
  std::vector<int64_t> group;
  for (int64_t i = 0; i < n; ++i) group.push_back(i);
  return group;
}

// Four columns, of which two matter and a tenth of one is missing.
Matrix Numbers() {
  Matrix x(kRows, 4);
  for (int64_t r = 0; r < kRows; ++r) {
    for (int64_t c = 0; c < 4; ++c) x.row(r)[c] = static_cast<float>(Uniform(c, r));
    if (Uniform(9, r) < 0.1) x.row(r)[0] = NAN;
  }
  return x;
}

std::vector<int32_t> AllRows() {
  std::vector<int32_t> rows(kRows);
  for (int32_t i = 0; i < kRows; ++i) rows[static_cast<size_t>(i)] = i;
  return rows;
}

TEST(BoostedTreesTest, LearnsAnInteractionThatNoSingleColumnShows) {
  const Matrix x = Numbers();
  std::vector<int32_t> label;
  for (int64_t r = 0; r < kRows; ++r) {
    label.push_back((x.at(r, 1) > 0.5F) != (x.at(r, 2) > 0.3F) ? 1 : 0);
  }
  const std::vector<int32_t> fold = StratifiedGroupFolds(label, Singly(kRows), 5, 7);
  const Matrix p = OutOfFoldClasses(BinMatrix(x), label, 2, fold, 5, OptionsFor(kRows, 4, 1));
  EXPECT_GT(AgreementOf(label, p).accuracy, 0.97);
  EXPECT_LT(MeanLogLoss(label, p), 0.1);
  for (int64_t r = 0; r < kRows; ++r) EXPECT_NEAR(p.at(r, 0) + p.at(r, 1), 1, 1e-5);
}

TEST(BoostedTreesTest, ProbabilitiesAreThoseOfNoise) {
  const Matrix x = Numbers();
  std::vector<int32_t> label;
  for (int64_t r = 0; r < kRows; ++r) {
    label.push_back((x.at(r, 1) > 0.5F) != (Uniform(7, r) < 0.2) ? 1 : 0);
  }
  const std::vector<int32_t> fold = StratifiedGroupFolds(label, Singly(kRows), 5, 7);
  const Matrix p = OutOfFoldClasses(BinMatrix(x), label, 2, fold, 5, OptionsFor(kRows, 4, 1));
  double upper = 0, n = 0;
  for (int64_t r = 0; r < kRows; ++r) {
    if (x.at(r, 1) <= 0.5F) continue;
    upper += p.at(r, 1);
    n += 1;
  }
  EXPECT_NEAR(upper / n, 0.8, 0.06);
  EXPECT_LT(MeanLogLoss(label, p), 0.53);  // 0.5004 is the least there is
}

TEST(BoostedTreesTest, MissingCellsAreAValueOfTheirOwn) {
  const Matrix x = Numbers();
  std::vector<int32_t> label;
  for (int64_t r = 0; r < kRows; ++r) label.push_back(std::isnan(x.at(r, 0)) ? 1 : 0);
  const BinnedMatrix binned = BinMatrix(x);
  const BoostedTrees model =
      BoostedTrees::FitClasses(binned, AllRows(), label, 2, OptionsFor(kRows, 4, 1));
  EXPECT_EQ(AgreementOf(label, model.Predict(binned, AllRows())).accuracy, 1);
}

TEST(BoostedTreesTest, CategoriesAreChosenAsASet) {
  CellColumn cells{.type = FeatureType::kCategory};
  std::vector<int32_t> label;
  for (int64_t r = 0; r < kRows; ++r) {
    const int32_t code = static_cast<int32_t>(Uniform(3, r) * 40);
    cells.code.push_back(code);
    label.push_back(code * 7 % 40 < 20 ? 1 : 0);
  }
  for (int code = 0; code < 40; ++code) {
    cells.text.push_back("v" + std::to_string(code));
    cells.count.push_back(std::ranges::count(cells.code, code));
  }
  const BinnedMatrix x = BinColumns({&cells}, Singly(kRows));
  BoostOptions options{.rounds = 1, .learning_rate = 1, .leaves = 2, .validation = 0};
  const BoostedTrees model = BoostedTrees::FitClasses(x, AllRows(), label, 2, options);
  EXPECT_EQ(model.rounds(), 1);
  EXPECT_EQ(AgreementOf(label, model.Predict(x, AllRows())).accuracy, 1);
}

TEST(BoostedTreesTest, SeveralClassesAndValues) {
  const Matrix x = Numbers();
  std::vector<int32_t> label;
  std::vector<double> value;
  double mean = 0, error = 0, spread = 0;
  for (int64_t r = 0; r < kRows; ++r) {
    label.push_back(static_cast<int32_t>(4 * x.at(r, 1)));
    value.push_back(1000 + 50 * x.at(r, 1) * x.at(r, 2) + Uniform(5, r));
    mean += value.back() / kRows;
  }
  const std::vector<int32_t> fold = StratifiedGroupFolds(label, Singly(kRows), 5, 7);
  const BinnedMatrix binned = BinMatrix(x);
  EXPECT_GT(AgreementOf(label, OutOfFoldClasses(binned, label, 4, fold, 5, OptionsFor(kRows, 4, 4)))
                .accuracy,
            0.98);
  value[17] = NAN;  // is not learned from, and predicted
  const Matrix p = OutOfFoldValues(binned, value, fold, 5, OptionsFor(kRows, 4, 1));
  value[17] = p.at(17, 0);
  for (int64_t r = 0; r < kRows; ++r) {
    error += std::pow(p.at(r, 0) - value[static_cast<size_t>(r)], 2);
    spread += std::pow(mean - value[static_cast<size_t>(r)], 2);
  }
  EXPECT_GT(1 - error / spread, 0.98);
}

TEST(BoostedTreesTest, NothingToLearnFromGivesTheShares) {
  std::vector<int32_t> label(kRows, 0);
  for (size_t i = 0; i < label.size(); i += 4) label[i] = 1;
  const BinnedMatrix empty{.rows = kRows};
  const Matrix p = BoostedTrees::FitClasses(empty, AllRows(), label, 2, {}).Predict(empty, {5});
  EXPECT_NEAR(p.at(0, 1), 0.25, 0.02);
}

TEST(FoldsTest, GroupsStayTogetherAndLabelsAreEven) {
  std::vector<int32_t> label;
  std::vector<int64_t> group;
  for (int32_t i = 0; i < 1000; ++i) {
    label.push_back(i % 10 == 0 ? 1 : 0);
    group.push_back(i < 100 ? i / 2 : i);
  }
  const std::vector<int32_t> fold = StratifiedGroupFolds(label, group, 5, 7);
  std::vector<int> ones(5), rows(5);
  for (size_t i = 0; i < fold.size(); ++i) {
    ones[static_cast<size_t>(fold[i])] += label[i];
    rows[static_cast<size_t>(fold[i])] += 1;
    if (i < 100) {
      EXPECT_EQ(fold[i], fold[i ^ 1]);
    }
  }
  for (size_t f = 0; f < 5; ++f) {
    EXPECT_NEAR(ones[f], 20, 2);
    EXPECT_NEAR(rows[f], 200, 4);
  }
}

}  // namespace
}  // namespace bottega
