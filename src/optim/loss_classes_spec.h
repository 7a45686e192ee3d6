// What a loss has to know of the classes: their order, and what each mistake costs. Free of
// libtorch.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"

namespace bottega {

struct LossClasses {
  std::vector<std::string> names;     // in the order of the logits
  int positive = -1;                  // of two
  Json error_costs = Json::object();  // use.error_costs
};

// A resolved loss as the functions of optim/loss.h and model/row_loss.h take it: names of classes
// become indices.
//   cross_entropy  `costs` (or use.error_costs) becomes class_weights: the mean cost of mistaking
//                  that class, scaled to a mean of 1 (Elkan 2001, IJCAI, section 2; for more than
//                  two classes Breiman et al. 1984, section 4.4)
//   expected_cost  `matrix`: what it costs to take class i (row) for class j, row-major
//   ordinal        `ranks`: index of the class of each rank. Without `order`, classes whose names
//   are
//                  numbers are sorted by value
// Errors (kRecipe): a name that is no class, a cost that is no number from 0, a wrong number of
// class_weights, an order that is not known.
Json BindLoss(const Json& loss, const LossClasses& classes);

}  // namespace bottega
