#include "optim/parameter_set.h"

#include <unordered_map>

namespace bottega {

ParameterSet::ParameterSet(const UpdateTargets& targets, std::vector<std::string> slots,
                           double initial)
    : parameters_(targets.parameters),
      rules_(targets.rules),
      slot_names_(std::move(slots)),
      initial_(initial),
      tensors_only_(targets.path == UpdatePath::kTensors),
      counts_(parameters_.size(), 0) {
  int64_t offset = 0;
  for (const auto& [name, tensor] : parameters_) {
    offsets_.push_back(offset);
    offset += tensor.numel();
  }
  offsets_.push_back(offset);
}

void ParameterSet::Allocate() {
  if (step_buffer_.defined()) return;
  const auto options =
      at::TensorOptions()
          .dtype(at::kFloat)
          .device(parameters_.empty() ? at::Device(at::kCPU) : parameters_[0].second.device());
  step_buffer_ = at::zeros({static_cast<int64_t>(parameters_.size())}, options);
  step_views_ = step_buffer_.unbind(0);
  for (size_t s = 0; s < slot_names_.size(); ++s) {
    slot_buffers_.push_back(at::full({offsets_.back()}, initial_, options));
    std::vector<at::Tensor>& views = slot_views_.emplace_back();
    for (size_t i = 0; i < parameters_.size(); ++i) {
      // The parameter's strides: an update walks both in memory order.
      const at::Tensor& tensor = parameters_[i].second;
      views.push_back(
          slot_buffers_.back().as_strided(tensor.sizes(), tensor.strides(), offsets_[i]));
    }
  }
}

bool ParameterSet::IsPlain(const at::Tensor& parameter) const {
  return !tensors_only_ && parameter.is_cpu() && parameter.scalar_type() == at::kFloat &&
         parameter.is_non_overlapping_and_dense();
}

void ParameterSet::Advance() {
  Allocate();
  entries_.clear();
  plain_ = true;
  for (size_t i = 0; i < parameters_.size(); ++i) {
    const at::Tensor& parameter = parameters_[i].second;
    const at::Tensor& gradient = parameter.grad();
    if (!gradient.defined()) continue;
    plain_ = plain_ && IsPlain(parameter);
    ++counts_[i];
    // Updates walk memory, so that the gradient's strides must be the parameter's.
    const bool same = gradient.strides() == parameter.strides();
    entries_.push_back({i, same ? gradient : at::empty_like(parameter.detach()).copy_(gradient)});
  }
}

Segment ParameterSet::SegmentOf(const Entry& entry) {
  const at::Tensor& parameter = parameters_[entry.at].second;
  Segment segment{.first = entry.at, .rule = rules_[entry.at], .step = counts_[entry.at]};
  segment.arrays = {.weight = static_cast<float*>(parameter.mutable_data_ptr()),
                    .gradient = static_cast<const float*>(entry.gradient.const_data_ptr()),
                    .size = parameter.numel()};
  for (size_t s = 0; s < slot_buffers_.size(); ++s) {
    segment.arrays.slot[s] =
        static_cast<float*>(slot_buffers_[s].mutable_data_ptr()) + offsets_[entry.at];
  }
  return segment;
}

const std::vector<Segment>& ParameterSet::Segments(bool joined) {
  segments_.clear();
  size_t after = 0;  // parameter behind the last segment
  for (const Entry& entry : entries_) {
    const Segment next = SegmentOf(entry);
    Segment* last = segments_.empty() ? nullptr : &segments_.back();
    // Slots follow each other by construction.
    const bool follows = joined && last && after == entry.at && last->rule == next.rule &&
                         last->step == next.step &&
                         last->arrays.weight + last->arrays.size == next.arrays.weight &&
                         last->arrays.gradient + last->arrays.size == next.arrays.gradient;
    if (follows) {
      last->arrays.size += next.arrays.size;
    } else {
      segments_.push_back(next);
    }
    after = entry.at + 1;
  }
  return segments_;
}

std::vector<UpdateLists> ParameterSet::Lists() {
  WriteSteps();
  std::vector<UpdateLists> all;
  for (const Entry& entry : entries_) {
    const size_t i = entry.at;
    auto lists = std::find_if(all.begin(), all.end(), [&](const UpdateLists& known) {
      return known.rule == rules_[i] && known.step == counts_[i];
    });
    if (lists == all.end()) {
      all.push_back({.rule = rules_[i], .step = counts_[i]});
      lists = all.end() - 1;
      lists->slots.resize(slot_names_.size());
    }
    lists->index.push_back(i);
    lists->parameters.push_back(parameters_[i].second.detach());
    lists->gradients.push_back(entry.gradient);
    lists->steps.push_back(step_views_[i]);
    for (size_t s = 0; s < slot_names_.size(); ++s) lists->slots[s].push_back(slot_views_[s][i]);
  }
  return all;
}

void ParameterSet::WriteSteps() {
  const std::vector<float> steps(counts_.begin(), counts_.end());
  step_buffer_.copy_(at::tensor(steps));
}

NamedTensors ParameterSet::State() {
  Allocate();
  WriteSteps();
  NamedTensors state;
  for (size_t i = 0; i < parameters_.size(); ++i) {
    const std::string& name = parameters_[i].first;
    state.emplace_back(name + ".step", step_views_[i]);
    for (size_t s = 0; s < slot_names_.size(); ++s) {
      state.emplace_back(name + "." + slot_names_[s], slot_views_[s][i]);
    }
  }
  return state;
}

void ParameterSet::LoadState(const NamedTensors& state) {
  const at::NoGradGuard no_grad;
  const std::unordered_map<std::string, at::Tensor> given(state.begin(), state.end());
  for (auto [name, tensor] : State()) {
    const auto found = given.find(name);
    if (found == given.end() || found->second.sizes() != tensor.sizes()) {
      throw Error(ErrorKind::kData,
                  "the optimizer's state lacks '" + name + "' or has it in another shape", {},
                  "`bottega train` starts a new run");
    }
    tensor.copy_(found->second);
  }
  for (size_t i = 0; i < counts_.size(); ++i) {
    counts_[i] = std::llround(step_views_[i].item<double>());
  }
}

}  // namespace bottega
