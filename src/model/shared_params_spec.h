// What several models' parameters trade, in the same words.
#pragma once

#include "spec/spec.h"

namespace bottega {

inline Regularizer DropoutTrade() {
  return {.helps = "networks that learn their training rows by heart",
          .costs = "slower learning; too much underfits",
          .set = "model={name: mlp, dropout: 0.3}",
          .synonyms = {"drop out", "bernoulli dropout"}};
}

inline Regularizer NormTrade(const std::string& set) {
  return {.helps = "deep networks and high learning rates; batch norm's noise regularizes as well",
          .costs =
              "batch norm: rows depend on their micro-batch, and training differs from use; "
              "layer and group norm: none of its noise",
          .set = set,
          .synonyms = {"batch norm", "batch normalization", "layer norm", "group norm",
                       "normalization"}};
}

inline Param DropPathParam() {
  return {.name = "drop_path",
          .type = ParamType::kFloat,
          .what =
              "share of rows for which the last residual block is skipped in training; earlier "
              "blocks linearly less, the first the least",
          .fallback = 0.0,
          .min = 0,
          .max = 0.95,
          .larger = "less overfitting, slower learning",
          .smaller = "faster learning, more overfitting",
          .source = "Huang et al. 2016, arXiv:1603.09382; per row as in timm",
          .regularizer = Regularizer{
              .helps = "deep residual networks on few rows",
              .costs = "longer training; hurts shallow ones",
              .set = "model={name: resnet_small, drop_path: 0.1}",
              .synonyms = {"stochastic depth", "drop path", "droppath", "layer dropout"}}};
}

}  // namespace bottega
