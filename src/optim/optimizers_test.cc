#include "optim/optimizers.h"

#include <gtest/gtest.h>

#include "optim/line_search.h"
#include "optim/optim_test_support.h"
#include "optim/optimizers_specs.h"
#include "optim/parameter_set.h"

namespace bottega {
namespace {

// The case's optimizer; with a "rule", the parameter "a" has it.
std::unique_ptr<Optimizer> MakeCase(const Json& item, const NamedTensors& parameters,
                                    UpdatePath path = UpdatePath::kFitting) {
  const Json settings = Complete(OptimizerSpecs(), item.at("settings"));
  ParameterRules rules = UniformRules(settings, parameters.size());
  if (item.contains("rule")) {
    const Json& rule = item["rule"];
    rules[0] = {.lr_scale = rule.at("lr_scale").get<double>(),
                .l2 = rule.value("l2", 0.0),
                .weight_decay = rule.value("weight_decay", 0.0)};
  }
  return MakeOptimizer(settings, {.parameters = parameters, .rules = rules, .path = path});
}

TEST(Optimizers, EqualTorchOverTwentySteps) {
  int cases = 0, grouped = 0;
  for (const UpdatePath path : {UpdatePath::kFitting, UpdatePath::kTensors}) {
    for (const Json& item : Reference().at("optimizers")) {
      const NamedTensors parameters = Parameters();
      const auto optimizer = MakeCase(item, parameters, path);
      for (int step = 0; step < 20; ++step) {
        SetGradients(parameters, step);
        optimizer->Step(0.1 * std::pow(0.95, step));
        if (!item.at("after").contains(std::to_string(step))) continue;
        const Json& after = item.at("after").at(std::to_string(step));
        for (const auto& [name, p] : parameters) {
          EXPECT_LT(RelativeDifference(p, after.at(name)), 3e-6)
              << item.at("settings").dump() << " " << name << " after step " << step;
        }
      }
      ++cases;
      grouped += item.contains("rule");
    }
  }
  EXPECT_EQ(cases, 90);
  EXPECT_EQ(grouped, 34);
}

// In double precision, as rounding decides what happens near the minimum.
NamedTensors DoubleParameters() {
  NamedTensors parameters;
  for (const auto& [name, p] : Parameters()) {
    parameters.emplace_back(name, p.detach().to(at::kDouble).requires_grad_());
  }
  return parameters;
}

at::Tensor CurvedLoss(const NamedTensors& parameters) {
  at::Tensor loss = at::zeros({}, at::kDouble);
  for (const auto& [name, p] : parameters) {
    const at::Tensor x = p.flatten();
    const at::Tensor scale = Formula(name + "scale", {x.numel()}).to(at::kDouble) + 0.6;
    const at::Tensor aim = Formula(name + "aim", {x.numel()}).to(at::kDouble);
    const at::Tensor next = x.narrow(0, 1, x.numel() - 1), before = x.narrow(0, 0, x.numel() - 1);
    loss = loss + (scale * (x - aim).square()).sum() + 2 * (next - before.square()).square().sum();
  }
  return loss;
}

// Evaluations are counted; `parameters` must outlive what is returned.
Objective CurvedObjective(const NamedTensors& parameters, int* evaluations) {
  const auto evaluate = [&parameters, evaluations] {
    const at::AutoGradMode gradients(true);
    for (auto [name, p] : parameters) p.mutable_grad() = at::Tensor();
    const at::Tensor loss = CurvedLoss(parameters);
    loss.backward();
    ++*evaluations;
    return loss.item<double>();
  };
  return {.value = evaluate(), .again = evaluate};
}

TEST(Optimizers, LbfgsEqualsTorch) {
  int cases = 0;
  for (const Json& item : Reference().at("lbfgs")) {
    const NamedTensors parameters = DoubleParameters();
    const auto optimizer = MakeCase(item, parameters);
    EXPECT_TRUE(optimizer->NeedsObjective());
    for (int step = 0; step < 10; ++step) {
      int evaluations = 0;
      const Objective objective = CurvedObjective(parameters, &evaluations);
      optimizer->Step(item.at("settings").at("lr").get<double>(), &objective);
      EXPECT_EQ(evaluations, item.at("evaluations")[step]) << item["settings"].dump();
      if (!item.at("after").contains(std::to_string(step))) continue;
      for (const auto& [name, p] : parameters) {
        EXPECT_LT(RelativeDifference(p, item["after"][std::to_string(step)][name]), 1e-6)
            << item["settings"].dump() << " " << name << " after step " << step;
      }
    }
    ++cases;
  }
  EXPECT_EQ(cases, 3);
}

TEST(Optimizers, LbfgsResumesToTheBitAndWantsOneRule) {
  for (const Json& item : Reference().at("lbfgs")) {
    const NamedTensors straight = DoubleParameters(), resumed = DoubleParameters();
    const auto first = MakeCase(item, straight);
    auto second = MakeCase(item, resumed);
    int ignored = 0;
    for (int step = 0; step < 6; ++step) {
      const Objective one = CurvedObjective(straight, &ignored);
      first->Step(0.5, &one);
      const Objective two = CurvedObjective(resumed, &ignored);
      second->Step(0.5, &two);
      NamedTensors saved;
      for (const auto& [name, tensor] : second->State()) saved.emplace_back(name, tensor.clone());
      second = MakeCase(item, resumed);
      second->LoadState(saved);
    }
    for (size_t i = 0; i < straight.size(); ++i) {
      EXPECT_TRUE(at::equal(straight[i].second, resumed[i].second)) << item["settings"].dump();
    }
  }
  ParameterRules rules(3);
  rules[1].lr_scale = 0.5;
  EXPECT_THROW(MakeOptimizer(Complete(OptimizerSpecs(), {{"name", "lbfgs"}}),
                             {.parameters = Parameters(), .rules = rules}),
               Error);
}

TEST(LineSearch, EndsWhereTheWolfeConditionsHold) {
  const auto at = [](double t) {  // a well at 2, with a wave on it
    return LinePoint{t, (t - 2) * (t - 2) + 0.3 * std::sin(5 * t),
                     2 * (t - 2) + 1.5 * std::cos(5 * t)};
  };
  const LinePoint start = at(0);
  for (const double first : {1e-3, 0.5, 1.0, 3.0, 50.0}) {
    const LineFound found = SearchLine({}, start, first, at);
    EXPECT_LE(found.point.value, start.value + 1e-4 * found.point.t * start.slope) << first;
    EXPECT_LE(std::abs(found.point.slope), 0.9 * std::abs(start.slope)) << first;
    EXPECT_LE(found.evaluations, 26);
  }
}

TEST(Optimizers, ResumeToTheBit) {
  for (const Json& item : Reference().at("optimizers")) {
    const Json& settings = item.at("settings");
    const NamedTensors straight = Parameters(), resumed = Parameters();
    const auto first = MakeCase(item, straight);
    auto second = MakeCase(item, resumed);
    for (int step = 0; step < 6; ++step) {
      SetGradients(straight, step);
      first->Step(0.1);
      SetGradients(resumed, step);
      second->Step(0.1);
      if (step != 2) continue;
      NamedTensors saved;
      for (const auto& [name, tensor] : second->State()) saved.emplace_back(name, tensor.clone());
      second = MakeCase(item, resumed);
      second->LoadState(saved);
    }
    for (size_t i = 0; i < straight.size(); ++i) {
      EXPECT_TRUE(at::equal(straight[i].second, resumed[i].second)) << settings.dump();
    }
  }
}

// The tensors in one buffer, and their gradients in another.
struct Joined {
  explicit Joined(const NamedTensors& apart) {
    std::vector<at::Tensor> flat;
    for (const auto& [name, p] : apart) flat.push_back(p.detach().flatten());
    values = at::cat(flat);
    gradients = at::zeros_like(values);
    for (const auto& [name, p] : apart) {
      named.emplace_back(name, Part(values, p).requires_grad_());
      offset += p.numel();
    }
  }
  void TakeGradients(const NamedTensors& apart) {
    offset = 0;
    for (size_t i = 0; i < apart.size(); ++i) {
      const at::Tensor& p = apart[i].second;
      Part(gradients, p).copy_(p.grad());
      named[i].second.mutable_grad() = Part(gradients, p);
      offset += p.numel();
    }
  }
  at::Tensor Part(const at::Tensor& buffer, const at::Tensor& p) const {
    return buffer.narrow(0, offset, p.numel()).view(p.sizes());
  }
  at::Tensor values, gradients;
  NamedTensors named;
  int64_t offset = 0;
};

TEST(Optimizers, OneBufferGivesTheSameAndMissingGradientsAreLeftAlone) {
  for (const Json& item : Reference().at("optimizers")) {
    const NamedTensors apart = Parameters();
    Joined joined(apart);
    const auto one = MakeCase(item, joined.named), two = MakeCase(item, apart);
    for (int step = 0; step < 5; ++step) {
      SetGradients(apart, step);
      joined.TakeGradients(apart);
      if (step == 3) {  // from here on the parameters' step counts differ
        apart[0].second.mutable_grad() = at::Tensor();
        joined.named[0].second.mutable_grad() = at::Tensor();
      }
      const at::Tensor before = joined.named[0].second.detach().clone();
      one->Step(0.1);
      two->Step(0.1);
      if (step == 3) {
        EXPECT_TRUE(at::equal(before, joined.named[0].second)) << item["settings"].dump();
      }
    }
    for (size_t i = 0; i < 3; ++i) {
      EXPECT_TRUE(at::equal(joined.named[i].second, apart[i].second)) << item["settings"].dump();
    }
  }
}

TEST(ParameterSet, RunsOfOneRuleAreOneSegment) {
  const NamedTensors apart = Parameters();
  Joined joined(apart);
  SetGradients(apart, 0);
  joined.TakeGradients(apart);
  ParameterRules rules(3);
  ParameterSet whole({.parameters = joined.named, .rules = rules}, {"m"});
  whole.Advance();
  EXPECT_TRUE(whole.Plain());
  ASSERT_EQ(whole.Segments().size(), 1U);
  EXPECT_EQ(whole.Segments()[0].arrays.size, 41);
  EXPECT_EQ(whole.Segments(/*joined=*/false).size(), 3U);
  rules[2].weight_decay = 0.1;
  ParameterSet cut({.parameters = joined.named, .rules = rules}, {"m"});
  cut.Advance();
  ASSERT_EQ(cut.Segments().size(), 2U);
  EXPECT_EQ(cut.Segments()[0].arrays.size, 17);
  EXPECT_EQ(cut.Segments()[1].first, 2U);
  ParameterSet separate({.parameters = apart, .rules = ParameterRules(3)}, {"m"});
  separate.Advance();
  EXPECT_EQ(separate.Segments().size(), 3U);
  EXPECT_EQ(separate.Lists().size(), 1U);
}

// Long arrays are cut into pieces for threads; and channels-last weights lie otherwise in memory.
TEST(Optimizers, LongAndReorderedWeightsGiveTheSame) {
  for (const char* name : {"adamw", "sgd", "lion", "adafactor"}) {
    const Json settings = Complete(OptimizerSpecs(), {{"name", name}});
    at::Tensor results[3];
    for (int way = 0; way < 3; ++way) {
      at::Tensor w = Formula("w", {70, 11, 13, 17});
      if (way == 2) w = w.contiguous(at::MemoryFormat::ChannelsLast);
      w.requires_grad_();
      const auto optimizer =
          MakeOptimizer(settings, {.parameters = {{"w", w}},
                                   .path = way == 1 ? UpdatePath::kTensors : UpdatePath::kFitting});
      for (int step = 0; step < 3; ++step) {
        w.mutable_grad() = Formula("g" + std::to_string(step), {70, 11, 13, 17});
        optimizer->Step(0.01);
      }
      results[way] = w.detach();
    }
    EXPECT_TRUE(at::allclose(results[0], results[1], 1e-5, 1e-6)) << name;
    EXPECT_TRUE(at::allclose(results[0], results[2], 1e-5, 1e-6)) << name;
  }
}

TEST(Optimizers, ZeroWeightsMoveUnderLamb) {
  const at::Tensor w = at::zeros({4}).requires_grad_();
  const auto optimizer =
      MakeOptimizer(Complete(OptimizerSpecs(), {{"name", "lamb"}}), {.parameters = {{"w", w}}});
  w.mutable_grad() = at::ones({4});
  optimizer->Step(0.1);
  EXPECT_NEAR(w.min().item<double>(), -0.1, 1e-4);
}

TEST(Optimizers, StateOfAnotherShapeIsADataError) {
  const Json settings = Complete(OptimizerSpecs(), {{"name", "adam"}});
  const auto optimizer = MakeOptimizer(settings, {.parameters = Parameters()});
  NamedTensors state = optimizer->State();
  state.pop_back();
  EXPECT_THROW(optimizer->LoadState(state), Error);
  Json wrong = Complete(OptimizerSpecs(), {{"name", "sgd"}, {"nesterov", true}, {"momentum", 0.0}});
  EXPECT_THROW(MakeOptimizer(wrong, {.parameters = Parameters()}), Error);
}

}  // namespace
}  // namespace bottega
