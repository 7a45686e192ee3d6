// Optimizers over a list of named parameters. Each optimizer's file gives its formula and source.
#pragma once

#include <ATen/core/Tensor.h>

#include <memory>

#include "base/json.h"
#include "model/module.h"

namespace bottega {

class Optimizer {
 public:
  virtual ~Optimizer() = default;
  // One update from the parameters' grad() at learning rate `lr`. Parameters without a gradient
  // are left alone.
  virtual void Step(double lr) = 0;
  // Everything Step() depends on beside parameters and lr, named "<parameter>.<slot>", for
  // checkpoints. The returned tensors share storage with the state.
  virtual NamedTensors State() = 0;
  virtual void LoadState(const NamedTensors& state) = 0;
};

// `settings` is a resolved {name: adamw, lr: ..., ...}.
std::unique_ptr<Optimizer> MakeOptimizer(const Json& settings, const NamedTensors& parameters);

}  // namespace bottega
