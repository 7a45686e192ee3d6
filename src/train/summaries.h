// Messages of event files beside scalars: settings and states for TensorBoard's HParams page,
// distributions for its histograms. Each returns the bytes of a tensorflow.Summary.
#pragma once

#include <ATen/core/Tensor.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"

namespace bottega {

// What a session was started with. `settings`: numbers, flags and texts; nulls are left out, lists
// become text. Sessions whose settings differ in a seed alone form one group. `start`: seconds
// since 1970. Source: tensorboard/plugins/hparams/plugin_data.proto, version 0.
std::string SessionStart(const std::map<std::string, Json>& settings, double start);
// That it came to its end.
std::string SessionEnd(double end);

// The distribution of each tensor's finite elements over 30 buckets of equal width, tagged
// `prefix`/NAME with the name's dots as slashes. Empty tensors are left out. Source:
// tensorflow/core/framework/summary.proto, HistogramProto.
std::string Distributions(const std::string& prefix,
                          const std::vector<std::pair<std::string, at::Tensor>>& tensors);

}  // namespace bottega
