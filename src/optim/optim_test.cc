#include <gtest/gtest.h>

#include "optim/losses.h"
#include "optim/losses_specs.h"
#include "optim/optim_test_support.h"
#include "optim/optimizers.h"
#include "optim/optimizers_specs.h"
#include "optim/penalties.h"
#include "optim/penalties_specs.h"
#include "optim/penalty.h"
#include "optim/schedules.h"
#include "optim/schedules_specs.h"

namespace bottega {
namespace {

template <typename List>
std::vector<std::string> NamesOf(const List& list) {
  std::vector<std::string> names;
  for (const auto& item : list) names.push_back(item.name);
  return names;
}

std::vector<std::string> SpecNames(const SpecList& specs) {
  std::vector<std::string> names;
  for (const Spec* spec : specs) {
    if (spec->name != "auto") names.push_back(spec->name);
  }
  return names;
}

TEST(Lists, BuildersAndSpecsHaveEqualNames) {
  EXPECT_EQ(NamesOf(OptimizerBuilders()), SpecNames(OptimizerSpecs()));
  EXPECT_EQ(NamesOf(LossFunctions()), SpecNames(LossSpecs()));
  EXPECT_EQ(NamesOf(ScheduleBuilders()), SpecNames(ScheduleSpecs()));
  EXPECT_EQ(NamesOf(PenaltyFunctions()), SpecNames(PenaltySpecs()));
}

TEST(Schedules, EqualTorch) {
  int cases = 0;
  for (const Json& item : Reference().at("schedules")) {
    const Json settings = Complete(ScheduleSpecs(), item.at("settings"));
    const auto schedule = MakeSchedule(settings, /*steps_per_epoch=*/2);
    for (int64_t step = 0; step < 20; ++step) {
      EXPECT_NEAR(schedule->Factor(step, 20), item.at("factors")[step].get<double>(), 1e-9)
          << settings.dump() << " step " << step;
    }
    ++cases;
  }
  EXPECT_EQ(cases, 16);
}

TEST(Schedules, OfOneStepAreDefined) {
  for (const ScheduleBuilder& builder : ScheduleBuilders()) {
    const auto schedule = MakeSchedule(Complete(ScheduleSpecs(), {{"name", builder.name}}), 1);
    for (const int64_t total : {1, 2, 3}) {
      for (int64_t step = 0; step < total; ++step) {
        const double factor = schedule->Factor(step, total);
        EXPECT_TRUE(factor >= 0 && factor <= 1) << builder.name << " " << step << "/" << total;
      }
    }
  }
}

TEST(Schedules, PlateauEqualsTorchAndResumes) {
  int cases = 0;
  for (const Json& item : Reference().at("plateau")) {
    const Json settings = Complete(ScheduleSpecs(), item.at("settings"));
    auto schedule = MakeSchedule(settings, 2);
    for (size_t i = 0; i < item.at("values").size(); ++i) {
      schedule->Observe(item.at("values")[i].get<double>());
      EXPECT_NEAR(schedule->Factor(0, 20), item.at("factors")[i].get<double>(), 1e-9)
          << settings.dump() << " value " << i;
      const Json state = ParseJson(schedule->State().dump(), "state");
      schedule = MakeSchedule(settings, 2);
      schedule->LoadState(state);
    }
    ++cases;
  }
  EXPECT_EQ(cases, 6);
}

TEST(Penalties, GradientsAreThoseOfTheFormulaAndBiasesAreSpared) {
  NamedTensors parameters = Parameters();
  parameters.pop_back();
  for (auto [name, p] : parameters) p.mutable_grad() = at::zeros_like(p.detach());
  const Json penalties = {{{"name", "l1"}, {"strength", 0.5}},
                          {{"name", "l2"}, {"strength", 0.25}}};
  const double value = AddPenalties(penalties, parameters);
  const at::Tensor w = parameters[0].second.detach();
  EXPECT_NEAR(value, (w.abs().sum() * 0.5 + w.square().sum() * 0.125).item<double>(), 1e-6);
  EXPECT_TRUE(at::allclose(parameters[0].second.grad(), w.sign() * 0.5 + w * 0.25));
  EXPECT_EQ(parameters[1].second.grad().abs().sum().item<float>(), 0);
}

TEST(Penalties, ClippingScalesTheWholeNorm) {
  const NamedTensors parameters = Parameters();
  SetGradients(parameters, 0);
  const double norm = ClipGradients(parameters, 1e9);
  EXPECT_NEAR(ClipGradients(parameters, norm / 2), norm, 1e-5);
  EXPECT_NEAR(ClipGradients(parameters, 1e9), norm / 2, 1e-4);
}

}  // namespace
}  // namespace bottega
