#include <gtest/gtest.h>

#include "engine/reference_formula.h"
#include "model/activation_kernel.h"
#include "model/norm_kernel.h"

namespace bottega {
namespace {

TEST(Kernels, ActivationsAndSlopesEqualTorch) {
  at::Tensor z = at::cat({at::linspace(-20, 20, 4001), at::linspace(-100, 100, 201)});
  z = z + 1e-3;  // off ReLU's corner
  const std::vector<std::pair<Activation, at::Tensor (*)(const at::Tensor&)>> all = {
      {Activation::kRelu, [](const at::Tensor& x) { return at::relu(x); }},
      {Activation::kGelu, [](const at::Tensor& x) { return at::gelu(x); }},
      {Activation::kSilu, [](const at::Tensor& x) { return at::silu(x); }},
      {Activation::kTanh, [](const at::Tensor& x) { return at::tanh(x); }}};
  for (const auto& [activation, torch] : all) {
    const at::Tensor input = z.to(at::kDouble).set_requires_grad(true);
    const at::Tensor expected = torch(input);
    expected.sum().backward();
    at::Tensor values = z.clone(), slope = at::empty_like(z);
    Activate(activation, z.numel(), values.mutable_data_ptr<float>(),
             slope.mutable_data_ptr<float>());
    EXPECT_TRUE(at::allclose(values.to(at::kDouble), expected.detach(), 1e-6, 1e-6));
    EXPECT_LT((slope - input.grad()).abs().max().item<double>(), 2e-6);
  }
}

TEST(Kernels, NormalizingRowsEqualsLayerNorm) {
  const int64_t rows = 9, width = 37, stride = 48;
  const at::Tensor x = (Formula("x", {rows, width}) * 5 + 2).set_requires_grad(true);
  const at::Tensor weight = (Formula("w", {width}) + 1).set_requires_grad(true);
  const at::Tensor bias = Formula("b", {width}).set_requires_grad(true);
  const at::Tensor up = Formula("up", {rows, width});
  const at::Tensor expected = at::layer_norm(x, {width}, weight, bias, 1e-5);
  (expected * up).sum().backward();
  const at::NoGradGuard no_grad;
  at::Tensor values = at::zeros({rows, stride}), delta = at::zeros({rows, stride});
  values.narrow(1, 0, width).copy_(x);
  delta.narrow(1, 0, width).copy_(up);
  at::Tensor normed = at::empty({rows, stride}), inverse = at::empty({rows});
  at::Tensor of_weight = at::zeros({width}), of_bias = at::zeros({width});
  NormalizeRows(values.mutable_data_ptr<float>(), rows, width, stride, 1e-5f,
                weight.const_data_ptr<float>(), bias.const_data_ptr<float>(),
                normed.mutable_data_ptr<float>(), inverse.mutable_data_ptr<float>());
  NormalizeRowsBackward(delta.mutable_data_ptr<float>(), rows, width, stride,
                        inverse.const_data_ptr<float>(), weight.const_data_ptr<float>(),
                        normed.const_data_ptr<float>(), of_weight.mutable_data_ptr<float>(),
                        of_bias.mutable_data_ptr<float>());
  EXPECT_TRUE(at::allclose(values.narrow(1, 0, width), expected, 1e-5, 1e-5));
  EXPECT_TRUE(at::allclose(delta.narrow(1, 0, width), x.grad(), 1e-4, 1e-6));
  EXPECT_TRUE(at::allclose(of_weight, weight.grad(), 1e-5, 1e-5));
  EXPECT_TRUE(at::allclose(of_bias, bias.grad(), 1e-5, 1e-5));
}

}  // namespace
}  // namespace bottega
