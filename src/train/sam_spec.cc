#include "train/sam_spec.h"

namespace bottega {

const Spec& SamSection() {
  static const Spec spec = {
      .kind = "section",
      .name = "sam",
      .one_line =
          "sharpness-aware minimization: step by the gradient where the loss is worst nearby",
      .text =
          "Each step goes to w + rho g / |g|, takes the gradient there, comes back, and lets the "
          "optimizer step by it. Of weight-wise size (`adaptive`): rho w^2 g / |w g|. Both passes "
          "see the same rows, dropout and augmentation; batch statistics are kept from the first.",
      .params = {{.name = "rho",
                  .type = ParamType::kFloat,
                  .what = "radius of the neighbourhood",
                  .fallback = 0.05,
                  .min = 0,
                  .min_open = true,
                  .larger = "flatter minima; too much underfits",
                  .smaller = "closer to the plain optimizer",
                  .source = "section 3.1; adaptive: 0.5 to 2 (Kwon et al. 2021)"},
                 {.name = "adaptive",
                  .type = ParamType::kBool,
                  .what = "scale the neighbourhood by each weight's size",
                  .fallback = false,
                  .source = "Kwon et al. 2021, arXiv:2102.11600"}},
      .synonyms = {"sharpness aware minimization", "flat minima", "asam"},
      .source = "Foret et al. 2021, arXiv:2010.01412",
      .regularizer = Regularizer{.helps = "networks that fit their training rows perfectly; robust "
                                          "to wrong labels",
                                 .costs = "every step takes twice as long",
                                 .set = "train.sam.rho=0.05"}};
  return spec;
}

}  // namespace bottega
