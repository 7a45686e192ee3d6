// Sharpness-aware minimization (Foret et al. 2021, arXiv:2010.01412, equation 2), adaptive as in
// Kwon et al. 2021, arXiv:2102.11600: between the two passes of a step the weights stand at
//
//   w + e,   e = rho g / |g|,   or adaptive   e = rho w^2 g / |w g|
//
// with the norm over all weights together.
#pragma once

#include "base/json.h"
#include "model/module.h"

namespace bottega {

class SamAscent {
 public:
  // Moves the parameters by e, from their grad(). `settings` is a resolved {rho, adaptive}.
  SamAscent(const Json& settings, const NamedTensors& parameters);
  SamAscent(const SamAscent&) = delete;
  SamAscent& operator=(const SamAscent&) = delete;
  // Puts the weights back, to the bit.
  ~SamAscent();

 private:
  std::vector<std::pair<at::Tensor, at::Tensor>> before_;  // parameter, copy
};

}  // namespace bottega
