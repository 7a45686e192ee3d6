#include "optim/optimizers.h"

#include "optim/adafactor.h"
#include "optim/adagrad.h"
#include "optim/adam.h"
#include "optim/adamax.h"
#include "optim/lamb.h"
#include "optim/lbfgs.h"
#include "optim/lion.h"
#include "optim/rmsprop.h"
#include "optim/sgd.h"

namespace bottega {

const std::vector<OptimizerBuilder>& OptimizerBuilders() {
  static const std::vector<OptimizerBuilder> builders = {
      {"sgd", MakeSgd},       {"sgdw", MakeSgd},        {"adam", MakeAdam},
      {"adamw", MakeAdamw},   {"nadam", MakeNadam},     {"radam", MakeRadam},
      {"adamax", MakeAdamax}, {"rmsprop", MakeRmsprop}, {"adagrad", MakeAdagrad},
      {"lion", MakeLion},     {"lamb", MakeLamb},       {"adafactor", MakeAdafactor},
      {"lbfgs", MakeLbfgs}};
  return builders;
}

std::unique_ptr<Optimizer> MakeOptimizer(const Json& settings, UpdateTargets targets) {
  if (targets.rules.empty()) targets.rules = UniformRules(settings, targets.parameters.size());
  const std::string name = settings.at("name").get<std::string>();
  for (const OptimizerBuilder& builder : OptimizerBuilders()) {
    if (builder.name == name) return builder.make(settings, targets);
  }
  throw Error(ErrorKind::kRecipe, "unknown optimizer '" + name + "'", {},
              "bottega list optimizers");
}

}  // namespace bottega
