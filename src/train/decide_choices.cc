#include "train/decide_choices.h"

#include <filesystem>

#include "base/error.h"

namespace bottega {

namespace fs = std::filesystem;

Choices DecideChoices(const TrainSetup& setup, Choices (*choose)(const TrainSetup&)) {
  const fs::path own = setup.inputs->run / "choices.json";
  if (!fs::exists(own)) {
    const Choices choices = choose(setup);
    WriteJson(own, ChoicesToJson(choices));
    return choices;
  }
  const Choices choices = ChoicesFromJson(ReadJson(own), own.string());
  const int64_t batch = setup.settings.at("batch").get<int64_t>();
  if (batch % choices.micro_batch != 0) {
    throw Error(ErrorKind::kRecipe,
                "train.batch is " + std::to_string(batch) + ", no multiple of the micro-batch of " +
                    std::to_string(choices.micro_batch),
                {.file = own.string()},
                "bottega train --set train.batch=" + std::to_string(choices.micro_batch));
  }
  return choices;
}

}  // namespace bottega
