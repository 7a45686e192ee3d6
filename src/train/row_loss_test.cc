#include "model/row_loss.h"

#include <gtest/gtest.h>

#include "engine/reference_formula.h"
#include "optim/loss.h"

namespace bottega {
namespace {

// The plain form of every loss that has one gives the numbers of autograd.
TEST(RowLoss, EqualsAutograd) {
  const Json none;
  const std::vector<Json> all = {
      {{"name", "cross_entropy"}, {"label_smoothing", 0.1}, {"class_weights", none}},
      {{"name", "cross_entropy"}, {"label_smoothing", 0.0}, {"class_weights", {0.5, 2.0, 1.0}}},
      {{"name", "focal"}, {"gamma", 0.0}, {"class_weights", none}},
      {{"name", "focal"}, {"gamma", 0.5}, {"class_weights", none}},
      {{"name", "focal"}, {"gamma", 2.0}, {"class_weights", {0.5, 2.0, 1.0}}},
      {{"name", "mse"}},
      {{"name", "l1"}},
      {{"name", "huber"}, {"delta", 0.7}},
      {{"name", "quantile"}, {"q", 0.9}}};
  for (const Json& settings : all) {
    const bool classes = settings.contains("class_weights");
    Batch batch;
    for (int64_t i = 0; i < 40; ++i) batch.rows.push_back(i);
    batch.labels = at::arange(40, at::kLong).remainder(3);
    batch.values = Formula("values", {40}) * 2;
    batch.weights = Formula("weights", {40}) + 0.6;
    const at::Tensor z = (Formula("z", {40, classes ? 3 : 1}) * 12).requires_grad_();
    const at::Tensor sum = LossSum(settings, z, batch);
    (sum * 0.25).backward();
    at::Tensor gradient = at::zeros_like(z.detach());
    const std::optional<RowLoss> plain = RowLoss::Make(settings);
    ASSERT_TRUE(plain.has_value()) << settings.dump();
    const double own = plain->Apply(batch, z.const_data_ptr<float>(), z.size(1), z.size(1), 0.25f,
                                    gradient.mutable_data_ptr<float>());
    EXPECT_NEAR(own, sum.item<double>(), 1e-4) << settings.dump();
    EXPECT_TRUE(at::allclose(gradient, z.grad(), 1e-4, 1e-6)) << settings.dump();
  }
}

}  // namespace
}  // namespace bottega
