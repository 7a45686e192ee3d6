#include "feed/mixing.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "base/error.h"
#include "base/test_folders.h"
#include "engine/reference_formula.h"

namespace bottega {
namespace {

const Json& Reference() {
  static const Json json = ReadJson(TestReference("regularize_reference.json")).at("mixing");
  return json;
}

Batch FourPictures() {
  Batch batch;
  batch.rows = {10, 11, 12, 13};
  batch.pictures = Formula("mix", {4, 3, 6, 5});
  batch.labels = at::tensor(std::vector<int64_t>{0, 2, 1, 2});
  return batch;
}

std::vector<RowMix> ReferenceMixes() {
  std::vector<RowMix> mixes;
  for (size_t i = 0; i < 4; ++i) {
    RowMix mix{.share = Reference().at("shares")[i].get<float>()};
    const Json& box = Reference().at("boxes")[i];
    if (box.is_array()) {
      mix.left = box[0], mix.top = box[1], mix.right = box[2], mix.bottom = box[3];
    }
    mixes.push_back(mix);
  }
  return mixes;
}

Batch Rows(const Batch& all, int64_t begin, int64_t count) {
  Batch part;
  part.rows.assign(all.rows.begin() + begin, all.rows.begin() + begin + count);
  for (at::Tensor Batch::* member :
       {&Batch::numbers, &Batch::codes, &Batch::pictures, &Batch::labels, &Batch::weights}) {
    if ((all.*member).defined()) part.*member = (all.*member).narrow(0, begin, count);
  }
  return part;
}

Json Mixup(double alpha) { return {{"name", "mixup"}, {"alpha", alpha}, {"probability", 1.0}}; }
Json Cutmix() { return {{"name", "cutmix"}, {"alpha", 1.0}, {"probability", 1.0}}; }

TEST(Mixing, EqualsTorchvisionForGivenShares) {
  std::vector<Batch> batches = {FourPictures()};
  ApplyMixes({ReferenceMixes()}, batches);
  EXPECT_LT(RelativeDifference(batches[0].pictures, Reference().at("mixed")), 1e-6);
  EXPECT_TRUE(at::equal(batches[0].labels_b, at::tensor(std::vector<int64_t>{2, 0, 2, 1})));
  EXPECT_LT(RelativeDifference(batches[0].share, Reference().at("shares")), 1e-7);
}

TEST(Mixing, MicroBatchesAndChannelsLastChangeNothing) {
  Batch table;
  for (int64_t i = 0; i < 12; ++i) table.rows.push_back(100 + i);
  table.numbers = Formula("numbers", {12, 3});
  table.codes = at::arange(12).remainder(5).view({12, 1});
  table.labels = at::arange(12).remainder(2);
  table.weights = Formula("weights", {12}) + 1;
  table.pictures = Formula("p", {12, 3, 8, 8});
  const Json mix = Json::array({Mixup(0.4), Cutmix()});
  std::vector<Batch> whole = {Rows(table, 0, 12)};
  MixRows(mix, 7, 3, whole);
  for (const std::vector<int64_t>& cut : {std::vector<int64_t>{4, 4, 4}, {1, 11}, {5, 6, 1}}) {
    std::vector<Batch> parts;
    int64_t begin = 0;
    for (const int64_t count : cut) {
      parts.push_back(Rows(table, begin, count));
      begin += count;
      parts.back().pictures = parts.back().pictures.contiguous(at::MemoryFormat::ChannelsLast);
    }
    MixRows(mix, 7, 3, parts);
    for (at::Tensor Batch::* member : {&Batch::numbers, &Batch::codes_b, &Batch::labels_b,
                                       &Batch::weights_b, &Batch::share, &Batch::pictures}) {
      std::vector<at::Tensor> pieces;
      for (const Batch& part : parts) pieces.push_back(part.*member);
      EXPECT_TRUE(at::equal(at::cat(pieces), whole[0].*member));
    }
    EXPECT_TRUE(parts[0].pictures.is_contiguous(at::MemoryFormat::ChannelsLast));
  }
}

TEST(Mixing, AMicroBatchWithoutWeightsCountsAsOnes) {
  std::vector<Batch> parts = {Rows(FourPictures(), 0, 2), Rows(FourPictures(), 2, 2)};
  parts[1].weights = at::tensor(std::vector<float>{0, 1});
  MixRows(Json::array({Mixup(1)}), 1, 1, parts);
  EXPECT_TRUE(at::equal(parts[0].weights_b, at::tensor(std::vector<float>{1, 1})));
  EXPECT_TRUE(at::equal(parts[1].weights_b, at::tensor(std::vector<float>{1, 0})));
}

TEST(Mixing, SharesDependOnSeedEpochAndRowOnly) {
  const Json mix = Json::array({Mixup(0.2)});
  const float share = DrawMix(mix, 5, 2, 17, 0, 0).share;
  EXPECT_EQ(share, DrawMix(mix, 5, 2, 17, 0, 0).share);
  EXPECT_NE(share, DrawMix(mix, 6, 2, 17, 0, 0).share);
  EXPECT_NE(share, DrawMix(mix, 5, 3, 17, 0, 0).share);
  EXPECT_NE(share, DrawMix(mix, 5, 2, 18, 0, 0).share);
}

// Beta(a, a): mean 1/2, variance 1 / (4 (2 a + 1)); quartiles by scipy.stats.beta.ppf(0.25, a, a).
TEST(Mixing, SharesAreBeta) {
  struct Case {
    double alpha, quartile;
  };
  for (const auto& [alpha, quartile] :
       {Case{0.1, 0.00084526}, {0.2, 0.02381472}, {1, 0.25}, {4, 0.37884844}}) {
    std::vector<double> draws;
    for (int64_t row = 0; row < 40000; ++row) {
      Random random(1, Purpose::kMix, 0, row);
      draws.push_back(DrawBeta(alpha, random));
    }
    const double n = static_cast<double>(draws.size());
    const double mean = std::accumulate(draws.begin(), draws.end(), 0.0) / n;
    double square = 0;
    for (const double d : draws) square += (d - mean) * (d - mean);
    const double variance = 1 / (4 * (2 * alpha + 1));
    EXPECT_NEAR(mean, 0.5, 5 * std::sqrt(variance / n)) << alpha;
    EXPECT_NEAR(square / n, variance, 0.02 * variance) << alpha;
    const double below =
        static_cast<double>(std::ranges::count_if(draws, [&](double d) { return d < quartile; }));
    EXPECT_NEAR(below / n, 0.25, 0.01) << alpha;
  }
}

TEST(Mixing, BoxesLeaveTheShareTheySay) {
  const Json mix = Json::array({Cutmix()});
  double mean = 0;
  for (int64_t row = 0; row < 2000; ++row) {
    const RowMix m = DrawMix(mix, 3, 1, row, 20, 10);
    EXPECT_GE(m.left, 0);
    EXPECT_LE(m.right, 20);
    EXPECT_LE(m.bottom, 10);
    EXPECT_FLOAT_EQ(m.share,
                    1 - static_cast<float>((m.right - m.left) * (m.bottom - m.top)) / 200.0f);
    mean += m.share / 2000;
  }
  EXPECT_GT(mean, 0.5);  // boxes cut at the edges are smaller
  EXPECT_LT(mean, 0.8);
  EXPECT_THROW(DrawMix(mix, 3, 1, 0, 0, 0), Error);
}

TEST(Mixing, ProbabilityLeavesRowsAlone) {
  Json way = Mixup(1);
  way["probability"] = 0.25;
  int64_t mixed = 0;
  for (int64_t row = 0; row < 4000; ++row) {
    mixed += DrawMix(Json::array({way}), 3, 1, row, 0, 0).share < 1;
  }
  EXPECT_NEAR(static_cast<double>(mixed) / 4000, 0.25, 0.03);
}

}  // namespace
}  // namespace bottega
