#include "optim/optimizers_specs.h"
#include "optim/shared_params_spec.h"

namespace bottega {

const Spec& LbfgsSpec() {
  static const Spec spec = {
      .kind = "optimizer",
      .name = "lbfgs",
      .one_line = "quasi-Newton steps with a line search, for small data in one batch",
      .text =
          "Wins on small smooth problems with all rows in one batch (`train.batch` at least the "
          "number of rows), where it needs few passes and no rate: the default of scikit-learn's "
          "logistic regression. Fails on mini-batches: differences of gradients of two batches say "
          "nothing about curvature (Bollapragada et al. 2018, arXiv:1802.05374), and every step "
          "costs up to 25 evaluations of its batch. Dropout masks stay the same within a step. One "
          "step moves all parameters: groups, layer_decay and decay do not apply; use "
          "`train.penalties`.",
      .params = {LearningRateParam(1.0),
                 {.name = "max_iter",
                  .type = ParamType::kInt,
                  .what = "iterations in one step; evaluations are at most 5/4 of it",
                  .fallback = 20,
                  .min = 1,
                  .max = 10000,
                  .larger = "each batch is fitted closer",
                  .smaller = "cheaper steps"},
                 {.name = "history",
                  .type = ParamType::kInt,
                  .what = "pairs of steps and gradient changes that are remembered; each takes two "
                          "numbers a weight",
                  .fallback = 10,
                  .min = 1,
                  .max = 1000,
                  .larger = "closer to Newton's method, more memory",
                  .smaller = "closer to gradient descent",
                  .source = "Liu and Nocedal 1989: 3 to 20"},
                 {.name = "line_search",
                  .type = ParamType::kChoice,
                  .what = "how the length of a step is found; none: lr",
                  .fallback = "strong_wolfe",
                  .choices = {"strong_wolfe", "none"}}},
      .synonyms = {"l-bfgs", "quasi-newton", "limited-memory bfgs"},
      .source = "Liu and Nocedal 1989, Mathematical Programming 45"};
  return spec;
}

}  // namespace bottega
