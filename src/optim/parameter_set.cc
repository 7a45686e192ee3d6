#include "optim/parameter_set.h"

#include <unordered_map>

namespace bottega {

namespace {

// Whether the tensors follow each other in one storage without a gap.
bool Adjacent(const std::vector<const at::Tensor*>& tensors) {
  const char* next = nullptr;
  const void* storage = tensors.front()->storage().unsafeGetStorageImpl();
  for (const at::Tensor* tensor : tensors) {
    const char* begin = static_cast<const char*>(tensor->const_data_ptr());
    if (next && begin != next) return false;
    if (!tensor->is_contiguous() || tensor->scalar_type() != at::kFloat) return false;
    if (tensor->storage().unsafeGetStorageImpl() != storage) return false;
    next = begin + tensor->nbytes();
  }
  return true;
}

at::Tensor Join(const at::Tensor& first, int64_t total) {
  return first.detach().as_strided({total}, {1});
}

}  // namespace

ParameterSet::ParameterSet(NamedTensors parameters, std::vector<std::string> slots, double initial)
    : parameters_(std::move(parameters)), slot_names_(std::move(slots)), initial_(initial) {
  counts_.assign(parameters_.size(), 0);
}

int64_t ParameterSet::Total() const {
  int64_t total = 0;
  for (const auto& [name, tensor] : parameters_) total += tensor.numel();
  return total;
}

void ParameterSet::Allocate() {
  if (!slot_views_.empty() || step_buffer_.defined()) return;
  const auto options =
      at::TensorOptions()
          .dtype(at::kFloat)
          .device(parameters_.empty() ? at::Device(at::kCPU) : parameters_[0].second.device());
  step_buffer_ = at::zeros({static_cast<int64_t>(parameters_.size())}, options);
  step_views_ = step_buffer_.unbind(0);
  for (size_t s = 0; s < slot_names_.size(); ++s) {
    slot_buffers_.push_back(at::full({Total()}, initial_, options));
    std::vector<at::Tensor>& views = slot_views_.emplace_back();
    int64_t offset = 0;
    for (const auto& [name, tensor] : parameters_) {
      // The parameter's strides: a fused kernel walks both in memory order.
      views.push_back(slot_buffers_.back().as_strided(tensor.sizes(), tensor.strides(), offset));
      offset += tensor.numel();
    }
  }
}

const UpdateLists& ParameterSet::Advance() {
  Allocate();
  if (!CollectFlat()) CollectEach();
  return lists_;
}

bool ParameterSet::CollectFlat() {
  if (parameters_.size() < 2) return false;
  std::vector<const at::Tensor*> values, gradients;
  for (size_t i = 0; i < parameters_.size(); ++i) {
    const at::Tensor& gradient = parameters_[i].second.grad();
    if (!gradient.defined() || counts_[i] != counts_[0]) return false;
    values.push_back(&parameters_[i].second);
    gradients.push_back(&gradient);
  }
  if (!Adjacent(values) || !Adjacent(gradients)) return false;
  step_buffer_.add_(1);
  first_.assign(1, counts_[0] == 0);
  for (int64_t& count : counts_) ++count;
  const bool cached = lists_.parameters.size() == 1 &&
                      lists_.parameters[0].const_data_ptr() == values[0]->const_data_ptr() &&
                      lists_.gradients[0].const_data_ptr() == gradients[0]->const_data_ptr();
  if (cached) return true;
  lists_.parameters = {Join(*values[0], Total())};
  lists_.gradients = {Join(*gradients[0], Total())};
  lists_.steps = {step_views_[0]};
  lists_.slots.clear();
  for (const at::Tensor& buffer : slot_buffers_) lists_.slots.push_back({buffer});
  return true;
}

void ParameterSet::CollectEach() {
  lists_ = {};
  lists_.slots.resize(slot_names_.size());
  first_.clear();
  for (size_t i = 0; i < parameters_.size(); ++i) {
    const at::Tensor& parameter = parameters_[i].second;
    const at::Tensor& gradient = parameter.grad();
    if (!gradient.defined()) continue;
    first_.push_back(counts_[i] == 0);
    ++counts_[i];
    lists_.parameters.push_back(parameter.detach());
    // Fused kernels walk memory, so that the gradient's strides must be the parameter's.
    const bool same = gradient.strides() == parameter.strides();
    lists_.gradients.push_back(same ? gradient
                                    : at::empty_like(parameter.detach()).copy_(gradient));
    lists_.steps.push_back(step_views_[i]);
    for (size_t s = 0; s < slot_names_.size(); ++s) lists_.slots[s].push_back(slot_views_[s][i]);
  }
  if (lists_.parameters.size() == parameters_.size()) {
    step_buffer_.add_(1);
  } else {
    for (at::Tensor& step : lists_.steps) step.add_(1);
  }
}

NamedTensors ParameterSet::State() {
  Allocate();
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
