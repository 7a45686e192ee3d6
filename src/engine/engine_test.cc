#include <gtest/gtest.h>

#include <new>
#include <stdexcept>

#include "base/error.h"
#include "engine/autocast.h"
#include "engine/capture.h"
#include "engine/device.h"
#include "engine/initialize.h"

namespace bottega {
namespace {

TEST(Capture, TorchErrorBecomesInternalErrorWithOneLine) {
  try {
    CatchTorch("multiplying", [] { return at::ones({2, 3}).mm(at::ones({2, 3})); });
    FAIL() << "no exception";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kInternal);
    EXPECT_NE(error.message().find("while multiplying"), std::string::npos) << error.message();
    EXPECT_EQ(error.message().find('\n'), std::string::npos);
  }
}

TEST(Capture, OutOfMemoryIsABudgetWithAHint) {
  try {
    CatchTorch("allocating", [] { return at::empty({int64_t{1} << 50}); });
    FAIL() << "no exception";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kBudget);
    EXPECT_FALSE(error.hint().empty());
  }
  EXPECT_THROW(CatchTorch("x", [] { throw std::bad_alloc(); }), Error);
}

TEST(Capture, OtherExceptionsAndValuesPass) {
  EXPECT_EQ(CatchTorch("x", [] { return 3; }), 3);
  EXPECT_THROW(CatchTorch("x", [] { throw std::out_of_range("y"); }), std::out_of_range);
  EXPECT_THROW(CatchTorch("x", [] { throw Error(ErrorKind::kData, "z"); }), Error);
}

TEST(Device, AutoAndUnknown) {
  const EngineChoice choice = StartEngine({.device = "cpu", .threads = 1});
  EXPECT_TRUE(choice.device.is_cpu());
  EXPECT_EQ(TorchThreads(), 1);
  SetTorchThreads(2);
  EXPECT_EQ(TorchThreads(), 2);
  EXPECT_THROW(StartEngine({.device = "quantum"}), Error);
  EXPECT_THROW(StartEngine({.device = "cuda:77"}), Error);
  EXPECT_TRUE(LibtorchVersion().starts_with("2.")) << LibtorchVersion();
}

TEST(Autocast, CastsInsideOnlyAndSeesUpdatedWeights) {
  const at::Tensor x = at::ones({4, 4});
  at::Tensor w = at::ones({4, 4}).requires_grad_();
  {
    const AutocastGuard guard(at::Device(at::kCPU), Precision::kBf16);
    EXPECT_EQ(at::mm(x, w).scalar_type(), at::kBFloat16);
  }
  EXPECT_EQ(at::mm(x, w).scalar_type(), at::kFloat);
  {
    const at::NoGradGuard no_grad;
    w.mul_(2);
  }
  const AutocastGuard guard(at::Device(at::kCPU), Precision::kBf16);
  EXPECT_EQ(at::mm(x, w)[0][0].item<float>(), 8.0f);
}

TEST(Initialize, DependsOnSeedAloneAndHasTheRightSpread) {
  const at::Tensor a = Initializer(1).KaimingFanOut({64, 32, 3, 3});
  EXPECT_TRUE(at::equal(a, Initializer(1).KaimingFanOut({64, 32, 3, 3})));
  EXPECT_FALSE(at::equal(a, Initializer(2).KaimingFanOut({64, 32, 3, 3})));
  EXPECT_NEAR(a.std().item<double>(), std::sqrt(2.0 / (64 * 9)), 0.001);
  EXPECT_LE(Initializer(1).Uniform({1000}, 0.5).abs().max().item<double>(), 0.5);
}

}  // namespace
}  // namespace bottega
