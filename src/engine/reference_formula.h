// For tests against torch: numbers that both sides compute from a name, so that no weights need be
// committed. The same as formula() in test/reference/make_optim_reference.py.
#pragma once

#include <ATen/ATen.h>

#include <string>
#include <vector>

#include "base/json.h"

namespace bottega {

// Numbers in [-0.5, 0.5): a 32-bit mix of FNV-1a(name) and the index.
inline at::Tensor Formula(const std::string& name, std::vector<int64_t> shape) {
  uint32_t hash = 2166136261u;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  const at::Tensor out = at::empty(shape);
  float* data = out.mutable_data_ptr<float>();
  for (int64_t i = 0; i < out.numel(); ++i) {
    uint32_t x = static_cast<uint32_t>(i) * 2654435761u + hash;
    x = (x ^ x >> 16) * 0x45D9F3Bu;
    x = (x ^ x >> 16) * 0x45D9F3Bu;
    x ^= x >> 16;
    data[i] = static_cast<float>(x / 4294967296.0 - 0.5);
  }
  return out;
}

inline at::Tensor FromJson(const Json& values) {
  return at::tensor(values.get<std::vector<double>>());
}

// The largest difference of an element from the reference, as a share of the reference's size.
inline double RelativeDifference(const at::Tensor& ours, const Json& reference) {
  const at::Tensor theirs = FromJson(reference);
  const double size = theirs.abs().max().item<double>();
  return (ours.detach().to(at::kDouble).flatten() - theirs).abs().max().item<double>() /
         (size > 0 ? size : 1);
}

}  // namespace bottega
