#include "train/step_settings.h"

namespace bottega {

namespace {

double NumberOr(const Json& value, double otherwise) {
  return value.is_null() ? otherwise : value.get<double>();
}

}  // namespace

StepSettings StepSettingsOf(const TrainSetup& setup, const Choices& choices, at::Device device) {
  const Json& settings = setup.settings;
  const Json& freeze = settings.at("freeze_norm");
  return {.loss = setup.loss,
          .penalties = settings.at("penalties"),
          .mix = settings.at("mix"),
          .sam = settings.at("sam"),
          .gradient_noise = settings.at("gradient_noise"),
          .clip_value = NumberOr(settings.at("clip_value"), 0),
          .clip_norm = NumberOr(settings.at("clip_norm"), 0),
          .freeze_norm = freeze.is_null() ? 0 : freeze.get<int64_t>(),
          .precision = PrecisionOf(choices.precision),
          .seed = setup.seed(),
          .device = device};
}

}  // namespace bottega
