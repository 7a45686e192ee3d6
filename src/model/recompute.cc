#include "model/recompute.h"

#include "engine/autocast.h"

namespace bottega {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

struct Kept : torch::CustomClassHolder {
  BlockBody body;
  StepContext context;
  variable_list parameters;
  Precision precision = Precision::kFp32;
};

class RecomputeFunction : public torch::autograd::Function<RecomputeFunction> {
 public:
  static at::Tensor forward(AutogradContext* graph, const c10::intrusive_ptr<Kept>& kept,
                            const at::Tensor& x, at::TensorList parameters) {
    kept->precision = AutocastPrecision(x.device());
    kept->parameters = parameters.vec();
    graph->save_for_backward({x});
    graph->saved_data["kept"] = c10::IValue::make_capsule(kept);
    return kept->body(x, kept->context);
  }

  static variable_list backward(AutogradContext* graph, const variable_list& gradients) {
    const auto kept =
        c10::static_intrusive_pointer_cast<Kept>(graph->saved_data["kept"].toCapsule());
    const at::Tensor given = graph->get_saved_variables()[0];
    const at::AutoGradMode with_gradients(true);
    at::Tensor x = given.detach();
    x.set_requires_grad(given.requires_grad());
    at::Tensor y;
    {
      const AutocastGuard autocast(x.device(), kept->precision);
      StepContext context = kept->context;
      context.norm_momentum = 0;
      y = kept->body(x, context);
    }
    variable_list inputs = kept->parameters;
    if (x.requires_grad()) inputs.push_back(x);
    variable_list found = torch::autograd::grad({y}, inputs, {gradients[0]}, std::nullopt, false,
                                                /*allow_unused=*/true);
    variable_list result = {at::Tensor(), x.requires_grad() ? found.back() : at::Tensor()};
    result.insert(result.end(), found.begin(),
                  found.begin() + static_cast<int64_t>(kept->parameters.size()));
    return result;
  }
};

}  // namespace

at::Tensor Recomputed(const at::Tensor& x, const StepContext& context,
                      std::vector<at::Tensor> parameters, BlockBody body) {
  if (!at::GradMode::is_enabled()) return body(x, context);
  std::erase_if(parameters, [](const at::Tensor& p) { return !p.requires_grad(); });
  auto kept = c10::make_intrusive<Kept>();
  kept->body = std::move(body);
  kept->context = context;
  return RecomputeFunction::apply(kept, x, at::TensorList(parameters));
}

}  // namespace bottega
