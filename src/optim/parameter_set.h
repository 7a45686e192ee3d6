// The parameters that an optimizer updates, and what it remembers about each.
//
// Every slot ("exp_avg", ...) is one buffer with a view per parameter. On the CPU an update sees
// plain arrays; parameters that lie one after the other in one buffer, and their gradients in
// another (as model/fused_mlp.h arranges them), are one long array as far as their rules agree.
#pragma once

#include <ATen/core/Tensor.h>

#include <string>
#include <vector>

#include "model/module.h"
#include "optim/optimizer.h"
#include "optim/update_loops.h"

namespace bottega {

// Parameters in a row with one rule and one number of steps, as plain arrays.
struct Segment {
  size_t first = 0;  // parameter
  ParameterRule rule;
  int64_t step = 0;  // from 1
  LoopArrays arrays;
};

// Equally long lists for operations over many tensors: parameters with one rule and one number of
// steps.
struct UpdateLists {
  ParameterRule rule;
  int64_t step = 0;  // from 1
  std::vector<size_t> index;
  std::vector<at::Tensor> parameters;
  std::vector<at::Tensor> gradients;
  std::vector<at::Tensor> steps;               // float scalars
  std::vector<std::vector<at::Tensor>> slots;  // [slot][parameter]
};

class ParameterSet {
 public:
  // `initial` is the value that each slot starts with. Slots are float32 and lie where their
  // parameter lies at the first Advance, State or LoadState.
  ParameterSet(const UpdateTargets& targets, std::vector<std::string> slots, double initial = 0);

  // Counts a step for every parameter that has a gradient.
  void Advance();
  // Whether the parameters of the last Advance can be had as plain arrays.
  bool Plain() const { return plain_; }
  // Those of the last Advance, where Plain(); valid until the next. `joined`: whole runs rather
  // than one parameter each.
  const std::vector<Segment>& Segments(bool joined = true);
  // The same as lists of tensors, on any device.
  std::vector<UpdateLists> Lists();

  const NamedTensors& parameters() const { return parameters_; }

  // "<parameter>.step" and "<parameter>.<slot>".
  NamedTensors State();
  // Errors: kData for a tensor that is missing or of another shape.
  void LoadState(const NamedTensors& state);

 private:
  struct Entry {
    size_t at = 0;
    at::Tensor gradient;  // with the parameter's strides
  };
  void Allocate();
  bool IsPlain(const at::Tensor& parameter) const;
  Segment SegmentOf(const Entry& entry);
  void WriteSteps();

  NamedTensors parameters_;
  ParameterRules rules_;
  std::vector<std::string> slot_names_;
  double initial_;
  bool tensors_only_, plain_ = false;
  std::vector<int64_t> offsets_;                     // of each parameter in a slot's buffer
  std::vector<at::Tensor> slot_buffers_;             // one long buffer a slot
  std::vector<std::vector<at::Tensor>> slot_views_;  // [slot][parameter]
  at::Tensor step_buffer_;
  std::vector<at::Tensor> step_views_;
  std::vector<int64_t> counts_;  // steps of each parameter
  std::vector<Entry> entries_;   // of the last Advance
  std::vector<Segment> segments_;
};

}  // namespace bottega
