#include "profile/drift.h"

#include <gtest/gtest.h>

#include "base/json.h"
#include "base/random.h"
#include "base/test_folders.h"
#include "data/test_dataset.h"

namespace bottega {
namespace {

TEST(DriftTest, KolmogorovSmirnovAgreesWithScipy) {
  const Json reference = ReadJson(TestReference("drift.json"));
  ASSERT_GE(reference.size(), 4u);
  for (const Json& sample : reference) {
    const KolmogorovSmirnov ks =
        TwoSampleKs(sample["a"].get<std::vector<double>>(), sample["b"].get<std::vector<double>>());
    EXPECT_NEAR(ks.distance, sample["distance"].get<double>(), 1e-12);
    EXPECT_NEAR(ks.p, sample["p"].get<double>(), 1e-12);
  }
}

std::vector<double> Normals(int64_t n, int64_t stream, double mean) {
  std::vector<double> values;
  for (int64_t i = 0; i < n; ++i)
    values.push_back(mean + Random(5, Purpose::kGenerate, stream, i).Normal());
  return values;
}

TextCells Colours(int64_t n, int64_t stream, double red) {
  TextCells cells;
  for (int64_t i = 0; i < n; ++i) {
    cells.push_back(Random(6, Purpose::kGenerate, stream, i).Chance(red) ? "red" : "blue");
  }
  return cells;
}

TEST(DriftTest, ReportsWhatMovedAndNothingElse) {
  constexpr int64_t kRows = 3000;
  std::vector<double> gaps = Normals(kRows, 3, 0);
  TestDataset before, after;
  before.Number("same", Normals(kRows, 1, 0))
      .Number("moved", Normals(kRows, 2, 0))
      .Number("gaps", gaps);
  for (int64_t i = 0; i < kRows / 5; ++i) gaps[static_cast<size_t>(i) * 5] = kMissing;
  after.Number("same", Normals(kRows, 11, 0))
      .Number("moved", Normals(kRows, 12, 0.4))
      .Number("gaps", gaps);
  before.Text("colour", Colours(kRows, 4, 0.5)).Text("steady", Colours(kRows, 5, 0.5));
  TextCells colour = Colours(kRows, 14, 0.8);
  colour[7] = colour[8] = "mauve";
  after.Text("colour", colour).Text("steady", Colours(kRows, 15, 0.5));
  std::string found;
  for (const ColumnDrift& drift : FindDrift(before.Make(), after.Make())) {
    if (drift.drifted) found += drift.column + " ";
    if (drift.missing_drifted) found += "missing:" + drift.column + " ";
    if (drift.column == "colour") {
      EXPECT_EQ(drift.new_values, std::vector<std::string>{"mauve"});
      EXPECT_EQ(drift.rows_with_new_values, 2);
    }
  }
  EXPECT_EQ(found, "moved missing:gaps colour ");
}

TEST(DriftTest, ManyRowsDoNotMakeATrifleADrift) {
  const Dataset before = TestDataset().Number("x", Normals(200'000, 1, 0)).Make();
  const Dataset after = TestDataset().Number("x", Normals(200'000, 2, 0.03)).Make();
  const std::vector<ColumnDrift> drift = FindDrift(before, after);
  ASSERT_EQ(drift.size(), 1u);
  EXPECT_LT(drift[0].adjusted, 1e-6);
  EXPECT_FALSE(drift[0].drifted);
}

}  // namespace
}  // namespace bottega
