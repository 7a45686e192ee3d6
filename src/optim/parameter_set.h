// The parameters that an optimizer updates, and what it remembers about each.
//
// Every slot ("exp_avg", ...) is one buffer with a view per parameter. Where the parameters lie one
// after the other in one buffer, and their gradients in another (as model/fused_mlp.h arranges
// them), an update sees one long tensor instead of many short ones: one kernel call.
#pragma once

#include <ATen/core/Tensor.h>

#include <string>
#include <vector>

#include "model/module.h"

namespace bottega {

// What a fused kernel takes: equally long lists.
struct UpdateLists {
  std::vector<at::Tensor> parameters;
  std::vector<at::Tensor> gradients;
  std::vector<at::Tensor> steps;               // float scalars, counted up already
  std::vector<std::vector<at::Tensor>> slots;  // [slot][parameter]
};

class ParameterSet {
 public:
  // `initial` is the value that each slot starts with. Slots are float32 and lie where their
  // parameter lies at the first Advance or LoadState.
  ParameterSet(NamedTensors parameters, std::vector<std::string> slots, double initial = 0);

  // Counts a step for every parameter that has a gradient and returns their lists, valid until the
  // next call.
  const UpdateLists& Advance();
  // Of the lists of the last Advance: whether entry i is in its first step.
  bool IsFirst(size_t i) const { return first_[i]; }

  // "<parameter>.step" and "<parameter>.<slot>".
  NamedTensors State();
  // Errors: kData for a tensor that is missing or of another shape.
  void LoadState(const NamedTensors& state);

 private:
  void Allocate();
  bool CollectFlat();
  void CollectEach();
  int64_t Total() const;

  NamedTensors parameters_;
  std::vector<std::string> slot_names_;
  double initial_;
  std::vector<at::Tensor> slot_buffers_;             // one long buffer a slot
  std::vector<std::vector<at::Tensor>> slot_views_;  // [slot][parameter]
  at::Tensor step_buffer_;
  std::vector<at::Tensor> step_views_;
  std::vector<int64_t> counts_;  // steps of each parameter
  UpdateLists lists_;
  std::vector<bool> first_;
};

}  // namespace bottega
