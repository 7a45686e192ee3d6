// Drop-path, norms, frozen statistics and mixed categories.
#include <gtest/gtest.h>

#include <numeric>

#include "base/test_folders.h"
#include "engine/reference_formula.h"
#include "model/drop_path.h"
#include "model/layers.h"
#include "model/models.h"
#include "model/models_specs.h"

namespace bottega {
namespace {

std::vector<int64_t> Numbered(int64_t n) {
  std::vector<int64_t> rows(static_cast<size_t>(n));
  std::iota(rows.begin(), rows.end(), 0);
  return rows;
}

Json Settings(const std::string& name, const Json& given) {
  Json settings = {{"name", name}};
  for (const Spec* spec : ModelSpecs()) {
    if (spec->name != name) continue;
    for (const Param& param : spec->params) settings[param.name] = param.fallback;
  }
  settings.update(given);
  return settings;
}

TEST(DropPath, DropsWholeRowsKeepsTheMeanAndIsKeyedByRow) {
  const std::vector<int64_t> rows = Numbered(4000);
  const at::Tensor x = at::ones({4000, 2, 3});
  const StepContext context = {.training = true, .seed = 3, .epoch = 2, .rows = rows};
  const at::Tensor y = DropPath(x, 0.2, 1, context);
  EXPECT_NEAR((y.flatten(1).sum(1) == 0).to(at::kDouble).mean().item<double>(), 0.2, 0.02);
  EXPECT_NEAR(y.mean().item<double>(), 1, 0.03);
  EXPECT_TRUE(at::equal(y.amax({1, 2}), y.amin({1, 2})));
  // A row of another batch.
  const std::vector<int64_t> some = {17, 3999, 5};
  const at::Tensor part = DropPath(at::ones({3, 2, 3}), 0.2, 1,
                                   {.training = true, .seed = 3, .epoch = 2, .rows = some});
  for (int64_t i = 0; i < 3; ++i) EXPECT_TRUE(at::equal(part[i], y[some[static_cast<size_t>(i)]]));
  EXPECT_FALSE(at::equal(y, DropPath(x, 0.2, 2, context)));
  EXPECT_TRUE(at::equal(x, DropPath(x, 0.2, 1, {.rows = rows})));
}

TEST(DropPath, RatesRiseLinearly) {
  EXPECT_DOUBLE_EQ(DropPathRate(0.2, 0, 4), 0.05);
  EXPECT_DOUBLE_EQ(DropPathRate(0.2, 3, 4), 0.2);
}

TEST(DropPath, AResnetSkipsBlocksInTrainingOnly) {
  Batch batch;
  batch.rows = Numbered(6);
  batch.pictures = Formula("pictures", {6, 3, 16, 16});
  const ModelInput input = {.picture_size = 16, .outputs = 3};
  const auto plain = MakeModel(Settings("resnet_small", {{"width", 8}, {"norm", "group"}}), input);
  const auto dropping = MakeModel(
      Settings("resnet_small", {{"width", 8}, {"norm", "group"}, {"drop_path", 0.5}}), input);
  const StepContext training = {.training = true, .seed = 1, .epoch = 1, .rows = batch.rows};
  EXPECT_FALSE(at::equal(plain->Forward(batch, training), dropping->Forward(batch, training)));
  EXPECT_TRUE(at::equal(plain->Forward(batch, {.rows = batch.rows}),
                        dropping->Forward(batch, {.rows = batch.rows})));
}

TEST(Norms, GroupEqualsTorchAndDividesAnyWidth) {
  GroupNorm norm(32, 4);
  const at::NoGradGuard no_grad;
  norm.Parameters()[0].second.copy_(Formula("gw", {32}));
  norm.Parameters()[1].second.copy_(Formula("gb", {32}));
  const Json reference = ReadJson(TestReference("regularize_reference.json"));
  EXPECT_LT(RelativeDifference(norm.Forward(Formula("group", {2, 32, 2, 3}), {}),
                               reference.at("norms").at("group")),
            2e-6);
  EXPECT_EQ(GroupNorm::Groups(32), 4);
  EXPECT_EQ(GroupNorm::Groups(512), 32);
  EXPECT_EQ(GroupNorm::Groups(4), 1);
  for (const int64_t channels : {5, 36, 100, 250}) {
    EXPECT_EQ(channels % GroupNorm::Groups(channels), 0) << channels;
  }
}

TEST(Norms, FrozenStatisticsStayAndAreUsed) {
  const BatchNorm norm(4);
  const at::Tensor x = Formula("x", {8, 4}) * 3 + 1;
  StepContext context = {.training = true};
  norm.Forward(x, context);
  const at::Tensor mean = norm.Buffers()[0].second.clone();
  context.freeze_norm = true;
  const at::Tensor frozen = norm.Forward(x * 5, context);
  EXPECT_TRUE(at::equal(mean, norm.Buffers()[0].second));
  EXPECT_TRUE(at::equal(frozen, norm.Forward(x * 5, {})));
  EXPECT_EQ(norm.Buffers()[2].second.item<int64_t>(), 1);
  // Momentum 0: the batch's statistics are used, the running ones stay.
  const at::Tensor batch = norm.Forward(x * 5, {.training = true, .norm_momentum = 0});
  EXPECT_TRUE(at::equal(mean, norm.Buffers()[0].second));
  EXPECT_FALSE(at::allclose(batch, frozen));
  EXPECT_EQ(norm.Buffers()[2].second.item<int64_t>(), 1);
}

TEST(MixedCodes, MixTheVectorsNotTheCodes) {
  Batch batch;
  batch.rows = Numbered(2);
  batch.codes = at::tensor(std::vector<int64_t>{1, 3}).view({2, 1});
  const auto model = MakeModel(Settings("mlp", {{"hidden", Json::array()}}),
                               {.cardinality = {5}, .outputs = 2, .seed = 2});
  ASSERT_TRUE(model->MixesCodes());
  const at::Tensor table = model->Parameters()[0].second.detach();
  batch.codes_b = batch.codes.flip(0);
  batch.share = at::tensor(std::vector<float>{0.25, 1});
  const at::Tensor out = model->Embed(batch, {.training = true, .rows = batch.rows});
  EXPECT_TRUE(at::allclose(out[0], table[1] * 0.25 + table[3] * 0.75));
  EXPECT_TRUE(at::allclose(out[1], table[3]));
}

}  // namespace
}  // namespace bottega
