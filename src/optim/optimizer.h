// Optimizers over a list of named parameters. Each optimizer's file gives its formula and source.
#pragma once

#include <ATen/core/Tensor.h>

#include <functional>
#include <memory>

#include "base/json.h"
#include "model/module.h"
#include "optim/parameter_rules.h"

namespace bottega {

// What is being minimized, for optimizers that look at a batch more than once.
struct Objective {
  double value = 0;               // the loss that the gradients belong to, penalties included
  std::function<double()> again;  // on the same batch at the present parameters: sets their grad()
                                  // anew and returns the loss
};

class Optimizer {
 public:
  virtual ~Optimizer() = default;
  // One update from the parameters' grad() at learning rate `lr`. Parameters without a gradient
  // are left alone. An optimizer that NeedsObjective() must be given one.
  virtual void Step(double lr, const Objective* objective = nullptr) = 0;
  // Whether Step() evaluates the objective again (lbfgs); its grad()s then hold what was
  // evaluated last.
  virtual bool NeedsObjective() const { return false; }
  // Everything Step() depends on beside parameters and lr, named "<parameter>.<slot>", for
  // checkpoints. The returned tensors share storage with the state.
  virtual NamedTensors State() = 0;
  virtual void LoadState(const NamedTensors& state) = 0;
};

// How an update is computed: loops over plain float32 arrays where all parameters lie on the CPU,
// tensor operations over whole lists elsewhere. Tests ask for the latter on the CPU too.
enum class UpdatePath { kFitting, kTensors };

// What an optimizer works on. `rules`: one a parameter, or none for those of the settings alone.
struct UpdateTargets {
  NamedTensors parameters;
  ParameterRules rules;
  UpdatePath path = UpdatePath::kFitting;
};

// `settings` is a resolved {name: adamw, lr: ..., ...}. Errors: kRecipe for rules that the
// optimizer cannot follow.
std::unique_ptr<Optimizer> MakeOptimizer(const Json& settings, UpdateTargets targets);

}  // namespace bottega
