// Optimizers whose update of an element depends on that element alone: a rule says how, and
// MakeElementwise makes an Optimizer of it that runs over long arrays on the CPU, cut into pieces
// for several threads, and over lists of tensors elsewhere. Same bits whatever the threads.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "optim/optimizer.h"
#include "optim/parameter_set.h"
#include "optim/update_loops.h"

namespace bottega {

struct UpdateScalars {
  double lr = 0;    // times the rule's lr_scale
  double l2 = 0;    // for loops; lists come with it in the gradients
  double keep = 1;  // 1 - lr weight_decay; done already where lists come
  int64_t step = 1;
};

class ElementRule {
 public:
  virtual ~ElementRule() = default;
  virtual std::vector<std::string> Slots() const = 0;
  virtual double Initial() const { return 0; }  // of the slots
  virtual void Loop(const UpdateScalars& scalars, const LoopArrays& arrays) const = 0;
  virtual void Lists(const UpdateScalars& scalars, UpdateLists& lists) const = 0;
};

std::unique_ptr<Optimizer> MakeElementwise(std::unique_ptr<ElementRule> rule,
                                           const UpdateTargets& targets);

}  // namespace bottega
