#include "engine/operator_watch.h"

#include <ATen/core/function_schema.h>
#include <ATen/record_function.h>

#include <unordered_map>

#include "engine/finite.h"

namespace bottega {

struct OperatorWatch::State {
  std::unordered_map<const void*, std::string> names;  // by the first element's place
  std::vector<std::string> used;
  std::optional<NonFiniteOutput> first;
  at::CallbackHandle handle = 0;
  bool looking = false;  // its own operators are not to be watched

  static thread_local State* current;
  static std::unique_ptr<at::ObserverContext> Start(const at::RecordFunction& call);
  static void End(const at::RecordFunction& call, at::ObserverContext* context);
  std::string NamedInput(c10::ArrayRef<const c10::IValue> inputs) const;
  void Use(const std::string& name);
};

thread_local OperatorWatch::State* OperatorWatch::State::current = nullptr;

namespace {

struct Taken : at::ObserverContext {
  std::string name;  // of the named tensor, or ""
};

bool OutputsFinite(const std::vector<c10::IValue>& outputs) {
  for (const c10::IValue& output : outputs) {
    if (output.isTensor() && !AllFinite(output.toTensor())) return false;
    if (!output.isTensorList()) continue;
    for (const at::Tensor& tensor : output.toTensorVector()) {
      if (!AllFinite(tensor)) return false;
    }
  }
  return true;
}

std::string WithoutNamespace(const std::string& name) {
  const size_t colons = name.rfind("::");
  return colons == std::string::npos ? name : name.substr(colons + 2);
}

// Memory that nothing was written into yet holds anything, seen directly or through a view. A view
// computes nothing itself.
bool ComputesNothing(const at::RecordFunction& call, const std::string& operation) {
  if (operation.find("empty") != std::string::npos || operation.starts_with("resize")) return true;
  const std::optional<c10::FunctionSchema> schema = call.operator_schema();
  if (!schema || schema->returns().empty()) return false;
  const c10::AliasInfo* alias = schema->returns().front().alias_info();
  return alias != nullptr && !alias->isWrite();
}

}  // namespace

std::string OperatorWatch::State::NamedInput(c10::ArrayRef<const c10::IValue> inputs) const {
  for (const c10::IValue& input : inputs) {
    if (!input.isTensor() || !input.toTensor().defined() || !input.toTensor().has_storage()) {
      continue;
    }
    const void* at = input.toTensor().const_data_ptr();
    const auto found = at == nullptr ? names.end() : names.find(at);
    if (found != names.end()) return found->second;
  }
  return "";
}

void OperatorWatch::State::Use(const std::string& name) {
  if (std::find(used.begin(), used.end(), name) == used.end()) used.push_back(name);
}

// Inputs are there while an operator starts, and only then.
std::unique_ptr<at::ObserverContext> OperatorWatch::State::Start(const at::RecordFunction& call) {
  State* state = current;
  if (state == nullptr || state->looking) return nullptr;
  auto taken = std::make_unique<Taken>();
  taken->name = state->NamedInput(call.inputs());
  if (!taken->name.empty()) state->Use(taken->name);
  return taken;
}

void OperatorWatch::State::End(const at::RecordFunction& call, at::ObserverContext* context) {
  State* state = current;
  if (state == nullptr || state->looking || state->first || context == nullptr) return;
  const std::string operation = WithoutNamespace(call.name());
  if (ComputesNothing(call, operation)) return;
  state->looking = true;
  if (!OutputsFinite(call.outputs())) {
    const std::string& own = static_cast<Taken*>(context)->name;
    const std::string last = state->used.empty() ? "" : state->used.back();
    state->first = {
        .operation = operation, .parameter = own.empty() ? last : own, .own = !own.empty()};
  }
  state->looking = false;
}

OperatorWatch::OperatorWatch(const std::vector<std::pair<std::string, at::Tensor>>& named)
    : state_(std::make_unique<State>()) {
  for (const auto& [name, tensor] : named) state_->names[tensor.const_data_ptr()] = name;
  State::current = state_.get();
  state_->handle = at::addThreadLocalCallback(at::RecordFunctionCallback(&State::Start, &State::End)
                                                  .needsInputs(true)
                                                  .needsOutputs(true)
                                                  .scopes({at::RecordScope::FUNCTION}));
}

OperatorWatch::~OperatorWatch() {
  at::removeCallback(state_->handle);
  State::current = nullptr;
}

const std::optional<NonFiniteOutput>& OperatorWatch::first() const { return state_->first; }
const std::vector<std::string>& OperatorWatch::used() const { return state_->used; }

}  // namespace bottega
