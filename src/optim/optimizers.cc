#include "optim/optimizers.h"

#include "optim/adagrad.h"
#include "optim/adam.h"
#include "optim/adamw.h"
#include "optim/rmsprop.h"
#include "optim/sgd.h"

namespace bottega {

const std::vector<OptimizerBuilder>& OptimizerBuilders() {
  static const std::vector<OptimizerBuilder> builders = {{"sgd", MakeSgd},
                                                         {"adam", MakeAdam},
                                                         {"adamw", MakeAdamw},
                                                         {"rmsprop", MakeRmsprop},
                                                         {"adagrad", MakeAdagrad}};
  return builders;
}

std::unique_ptr<Optimizer> MakeOptimizer(const Json& settings, const NamedTensors& parameters) {
  const std::string name = settings.at("name").get<std::string>();
  for (const OptimizerBuilder& builder : OptimizerBuilders()) {
    if (builder.name == name) return builder.make(settings, parameters);
  }
  throw Error(ErrorKind::kRecipe, "unknown optimizer '" + name + "'", {},
              "bottega list optimizers");
}

}  // namespace bottega
