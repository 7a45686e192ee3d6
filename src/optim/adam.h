// Adam and its kin, which differ in the scalars of one loop:
//
//   g += l2 w,  w -= lr weight_decay w
//   m = beta1 m + (1 - beta1) g,   v = beta2 v + (1 - beta2) g^2
//   adam, adamw   w -= lr (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + eps)
//
// adam has l2 (Kingma and Ba 2015, arXiv:1412.6980), adamw has weight_decay (Loshchilov and Hutter
// 2019, arXiv:1711.05101); with `amsgrad` the largest v so far stands in the denominator (Reddi et
// al. 2018, arXiv:1904.09237).
//
//   nadam         mu_t = beta1 (1 - 0.96^(t momentum_decay) / 2),  M_t = mu_1 ... mu_t
//                 w -= lr (mu_{t+1} m / (1 - M_{t+1}) + (1 - mu_t) g / (1 - M_t))
//                         / (sqrt(v / (1 - beta2^t)) + eps)               (Dozat 2016, ICLR
//                         workshop)
//   radam         rho_t = rho - 2 t beta2^t / (1 - beta2^t),  rho = 2 / (1 - beta2) - 1
//                 rho_t > 5: w -= lr r m sqrt(1 - beta2^t) / ((1 - beta1^t) (sqrt(v) + eps)),
//                   r^2 = (rho_t - 4) (rho_t - 2) rho / ((rho - 4) (rho - 2) rho_t)
//                 else       w -= lr m / (1 - beta1^t)               (Liu et al. 2020,
//                 arXiv:1908.03265)
//
// Equal to torch.optim.{Adam, AdamW, NAdam, RAdam}; nadam's and radam's weight_decay is what torch
// does with decoupled_weight_decay=True. Slots: exp_avg, exp_avg_sq, max_exp_avg_sq (amsgrad only).
#pragma once

#include "optim/optimizer.h"

namespace bottega {

std::unique_ptr<Optimizer> MakeAdam(const Json& settings, const UpdateTargets& targets);
std::unique_ptr<Optimizer> MakeAdamw(const Json& settings, const UpdateTargets& targets);
std::unique_ptr<Optimizer> MakeNadam(const Json& settings, const UpdateTargets& targets);
std::unique_ptr<Optimizer> MakeRadam(const Json& settings, const UpdateTargets& targets);

}  // namespace bottega
