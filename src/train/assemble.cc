#include "train/assemble.h"

#include "model/initialize_model.h"
#include "model/models.h"

namespace bottega {

std::shared_ptr<Model> PlacedModel(const TrainSetup& setup, const Choices& choices,
                                   at::Device device) {
  std::shared_ptr<Model> model = MakeModel(setup.config.settings, setup.config.input);
  InitializeModel(setup.settings.at("init"), *model, setup.seed());
  MoveModel(*model, device, choices.layout == "channels_last");
  model->RecomputeBlocks(choices.recomputed);
  return model;
}

}  // namespace bottega
