#include "train/assemble.h"

#include "model/models.h"

namespace bottega {

std::shared_ptr<Model> PlacedModel(const TrainSetup& setup, const Choices& choices,
                                   at::Device device) {
  std::shared_ptr<Model> model = MakeModel(setup.config.settings, setup.config.input);
  MoveModel(*model, device, choices.layout == "channels_last");
  model->RecomputeBlocks(choices.recomputed);
  return model;
}

StepSettings StepSettingsOf(const TrainSetup& setup, const Choices& choices, at::Device device) {
  const Json& clip = setup.settings.at("clip_norm");
  return {.loss = setup.settings.at("loss"),
          .penalties = setup.settings.at("penalties"),
          .clip_norm = clip.is_null() ? 0 : clip.get<double>(),
          .precision = PrecisionOf(choices.precision),
          .seed = setup.seed(),
          .device = device};
}

}  // namespace bottega
