#include "model/step_engine.h"

#include "model/fused_mlp.h"

namespace bottega {

std::unique_ptr<StepEngine> MakeStepEngine(std::shared_ptr<Model> model, const Json& loss) {
  if (auto mlp = std::dynamic_pointer_cast<Mlp>(std::move(model))) {
    return FusedMlp::Make(std::move(mlp), loss);
  }
  return nullptr;
}

}  // namespace bottega
