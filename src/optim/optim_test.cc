#include <gtest/gtest.h>

#include "base/test_folders.h"
#include "engine/reference_formula.h"
#include "optim/loss.h"
#include "optim/losses.h"
#include "optim/losses_specs.h"
#include "optim/optimizers.h"
#include "optim/optimizers_specs.h"
#include "optim/penalties.h"
#include "optim/penalties_specs.h"
#include "optim/penalty.h"
#include "optim/schedules.h"
#include "optim/schedules_specs.h"

namespace bottega {
namespace {

const Json& Reference() {
  static const Json json = ReadJson(TestReference("optim_reference.json"));
  return json;
}

// The named Spec's defaults, overridden by `settings`.
Json Complete(const SpecList& specs, const Json& settings) {
  Json full = {{"name", settings.at("name")}};
  for (const Spec* spec : specs) {
    if (spec->name != settings.at("name")) continue;
    for (const Param& param : spec->params) full[param.name] = param.fallback;
  }
  for (const auto& [key, value] : settings.items()) full[key] = value;
  return full;
}

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

NamedTensors Parameters() {
  NamedTensors parameters;
  parameters.emplace_back("a", Formula("a", {3, 4}).requires_grad_());
  parameters.emplace_back("b", Formula("b", {5}).requires_grad_());
  return parameters;
}

void SetGradients(const NamedTensors& parameters, int step) {
  for (auto [name, p] : parameters) {
    p.mutable_grad() = Formula(name + std::to_string(step), p.sizes().vec()) + 0.1 * p.detach();
  }
}

TEST(Lists, BuildersAndSpecsHaveEqualNames) {
  EXPECT_EQ(NamesOf(OptimizerBuilders()), SpecNames(OptimizerSpecs()));
  EXPECT_EQ(NamesOf(LossFunctions()), SpecNames(LossSpecs()));
  EXPECT_EQ(NamesOf(ScheduleBuilders()), SpecNames(ScheduleSpecs()));
  EXPECT_EQ(NamesOf(PenaltyFunctions()), SpecNames(PenaltySpecs()));
}

TEST(Optimizers, EqualTorchOverTwentySteps) {
  int cases = 0;
  for (const Json& item : Reference().at("optimizers")) {
    const NamedTensors parameters = Parameters();
    const Json settings = Complete(OptimizerSpecs(), item.at("settings"));
    const auto optimizer = MakeOptimizer(settings, parameters);
    for (int step = 0; step < 20; ++step) {
      SetGradients(parameters, step);
      optimizer->Step(0.1 * std::pow(0.95, step));
      if (!item.at("after").contains(std::to_string(step))) continue;
      const Json& after = item.at("after").at(std::to_string(step));
      for (const auto& [name, p] : parameters) {
        EXPECT_LT(RelativeDifference(p, after.at(name)), 2e-6)
            << settings.dump() << " " << name << " after step " << step;
      }
    }
    ++cases;
  }
  EXPECT_EQ(cases, 13);
}

TEST(Optimizers, ResumeToTheBit) {
  for (const Json& item : Reference().at("optimizers")) {
    const Json settings = Complete(OptimizerSpecs(), item.at("settings"));
    const NamedTensors straight = Parameters(), resumed = Parameters();
    const auto first = MakeOptimizer(settings, straight);
    auto second = MakeOptimizer(settings, resumed);
    for (int step = 0; step < 6; ++step) {
      SetGradients(straight, step);
      first->Step(0.1);
      SetGradients(resumed, step);
      second->Step(0.1);
      if (step != 2) continue;
      NamedTensors saved;
      for (const auto& [name, tensor] : second->State()) saved.emplace_back(name, tensor.clone());
      second = MakeOptimizer(settings, resumed);
      second->LoadState(saved);
    }
    for (size_t i = 0; i < straight.size(); ++i) {
      EXPECT_TRUE(at::equal(straight[i].second, resumed[i].second)) << settings.dump();
    }
  }
}

TEST(Optimizers, OneBufferGivesTheSameAndMissingGradientsAreLeftAlone) {
  for (const Json& item : Reference().at("optimizers")) {
    const Json settings = Complete(OptimizerSpecs(), item.at("settings"));
    const NamedTensors apart = Parameters();
    at::Tensor values = at::cat({apart[0].second.detach().flatten(), apart[1].second.detach()});
    at::Tensor gradients = at::zeros_like(values);
    NamedTensors joined;
    joined.emplace_back("a", values.narrow(0, 0, 12).view({3, 4}).requires_grad_());
    joined.emplace_back("b", values.narrow(0, 12, 5).requires_grad_());
    const auto one = MakeOptimizer(settings, joined), two = MakeOptimizer(settings, apart);
    for (int step = 0; step < 5; ++step) {
      SetGradients(apart, step);
      gradients.copy_(at::cat({apart[0].second.grad().flatten(), apart[1].second.grad()}));
      joined[0].second.mutable_grad() = gradients.narrow(0, 0, 12).view({3, 4});
      joined[1].second.mutable_grad() = gradients.narrow(0, 12, 5);
      if (step == 3) {  // from here on the two parameters' step counts differ
        apart[0].second.mutable_grad() = at::Tensor();
        joined[0].second.mutable_grad() = at::Tensor();
      }
      const at::Tensor before = joined[0].second.detach().clone();
      one->Step(0.1);
      two->Step(0.1);
      if (step == 3) {
        EXPECT_TRUE(at::equal(before, joined[0].second)) << settings.dump();
      }
    }
    for (size_t i = 0; i < 2; ++i) {
      EXPECT_TRUE(at::allclose(joined[i].second, apart[i].second, 1e-6, 1e-7)) << settings.dump();
    }
  }
}

TEST(Optimizers, StateOfAnotherShapeIsADataError) {
  const Json settings = Complete(OptimizerSpecs(), {{"name", "adam"}});
  const auto optimizer = MakeOptimizer(settings, Parameters());
  NamedTensors state = optimizer->State();
  state.pop_back();
  EXPECT_THROW(optimizer->LoadState(state), Error);
  Json wrong = Complete(OptimizerSpecs(), {{"name", "sgd"}, {"nesterov", true}, {"momentum", 0.0}});
  EXPECT_THROW(MakeOptimizer(wrong, Parameters()), Error);
}

TEST(Schedules, EqualTorch) {
  int cases = 0;
  for (const Json& item : Reference().at("schedules")) {
    const Json settings = Complete(ScheduleSpecs(), item.at("settings"));
    const auto schedule = MakeSchedule(settings, /*steps_per_epoch=*/2);
    for (int64_t step = 0; step < 20; ++step) {
      EXPECT_NEAR(schedule->Factor(step, 20), item.at("factors")[step].get<double>(), 1e-7)
          << settings.dump() << " step " << step;
    }
    ++cases;
  }
  EXPECT_EQ(cases, 4);
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

Batch LossBatch() {
  Batch batch;
  batch.rows = {0, 1, 2, 3, 4, 5};
  batch.labels = at::tensor(std::vector<int64_t>{0, 3, 1, 2, 2, 0});
  batch.values = Formula("values", {6}) * 2;
  return batch;
}

at::Tensor LossInput(const Json& settings) {
  const bool classes = settings.at("name") == "cross_entropy";
  return (classes ? Formula("logits", {6, 4}) : Formula("column", {6, 1})) * 6;
}

TEST(Losses, EqualTorch) {
  int cases = 0;
  for (const Json& item : Reference().at("losses")) {
    const Json settings = Complete(LossSpecs(), item.at("settings"));
    const at::Tensor z = LossInput(settings).requires_grad_();
    const at::Tensor loss = Loss(settings, z, LossBatch());
    loss.backward();
    EXPECT_NEAR(loss.item<double>(), item.at("loss").get<double>(), 1e-6) << settings.dump();
    EXPECT_LT(RelativeDifference(z.grad(), item.at("gradient")), 2e-6) << settings.dump();
    ++cases;
  }
  EXPECT_EQ(cases, 6);
}

TEST(Losses, MicroBatchesAddUpAndWeightsCount) {
  for (const Json& item : Reference().at("losses")) {
    const Json settings = Complete(LossSpecs(), item.at("settings"));
    Batch batch = LossBatch();
    batch.weights = at::tensor(std::vector<float>{1, 0, 2, 0.5, 3, 1});
    const at::Tensor z = LossInput(settings);
    double sum = 0, weight = 0;
    for (int64_t begin = 0; begin < 6; begin += 2) {
      Batch part;
      part.rows.assign(batch.rows.begin() + begin, batch.rows.begin() + begin + 2);
      part.labels = batch.labels.narrow(0, begin, 2);
      part.values = batch.values.narrow(0, begin, 2);
      part.weights = batch.weights.narrow(0, begin, 2);
      sum += LossSum(settings, z.narrow(0, begin, 2), part).item<double>();
      weight += LossWeight(settings, part);
    }
    EXPECT_NEAR(sum / weight, Loss(settings, z, batch).item<double>(), 1e-6) << settings.dump();
  }
}

TEST(Losses, AutoFitsTheTask) {
  EXPECT_EQ(ResolveLoss({{"name", "auto"}}, true).at("name"), "cross_entropy");
  EXPECT_EQ(ResolveLoss({{"name", "auto"}}, false).at("name"), "mse");
  EXPECT_THROW(ResolveLoss({{"name", "mse"}}, true), Error);
}

TEST(Penalties, GradientsAreThoseOfTheFormulaAndBiasesAreSpared) {
  const NamedTensors parameters = Parameters();
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
