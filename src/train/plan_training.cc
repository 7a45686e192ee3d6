// PlanTraining: what a training would take, and what would take less.
#include <algorithm>

#include "engine/capture.h"
#include "engine/device.h"
#include "model/models.h"
#include "model/models_specs.h"
#include "train/assemble.h"
#include "train/limits.h"
#include "train/memory_choice.h"
#include "train/probe.h"
#include "train/train_stage.h"

namespace bottega {

namespace {

constexpr ProbeEffort kPlanEffort{.steps = 20, .seconds = 90};
// What saves less is not worth a line.
constexpr double kWorthSaying = 0.03;

struct Planner {
  const TrainSetup& setup;
  at::Device device;
  Choices choices;
  Forecast forecast;

  int64_t PeakWith(const Choices& other) const {
    const Forecast now = ComputeForecast(setup, choices, MeasureStepMemory(setup, choices, device));
    const Forecast then = ComputeForecast(setup, other, MeasureStepMemory(setup, other, device));
    return forecast.peak - (now.peak - then.peak);
  }

  Json Reductions() const {
    Json list = Json::array();
    const auto add = [&](const std::string& set, const Choices& other) {
      const int64_t peak = PeakWith(other);
      const double saved = static_cast<double>(forecast.peak - peak);
      if (saved < kWorthSaying * static_cast<double>(forecast.peak)) return;
      list.push_back({{"set", set}, {"peak", peak}});
    };
    const std::vector<std::string> blocks = PlacedModel(setup, {}, at::kCPU)->Blocks();
    if (choices.recomputed.size() < blocks.size()) {
      Choices other = choices;
      other.recomputed = blocks;
      add("train.checkpointing=all", other);
    }
    if (choices.micro_batch >= 4 && choices.micro_batch % 2 == 0) {
      Choices other = choices;
      other.micro_batch /= 2;
      add("train.micro_batch=" + std::to_string(other.micro_batch), other);
    }
    if (choices.precision == "fp32" && setup.has_pictures()) {
      Choices other = choices;
      other.precision = "bf16";
      add("train.precision=bf16", other);
    }
    return list;
  }

  Json Notes(const Model& model) const {
    Json notes = Json::array();
    const bool norms = !model.Buffers().empty();
    if (norms && choices.micro_batch < setup.settings.at("batch").get<int64_t>()) {
      notes.push_back("batch norm sees " + std::to_string(choices.micro_batch) +
                      " rows at once: the micro-batch's size changes what is learned");
    }
    if (setup.stream) {
      notes.push_back(
          "the table is streamed: how many rows are learned from is an estimate, and the "
          "time to encode them first is not in the forecast");
    }
    if (!setup.settings.at("early_stopping").is_null()) {
      notes.push_back("early stopping may end the training before its last epoch");
    }
    return notes;
  }
};

int64_t CountParameters(const Model& model) {
  int64_t count = 0;
  for (const auto& [name, parameter] : model.Parameters()) count += parameter.numel();
  return count;
}

Json Plan(const TrainInputs& inputs) {
  const std::string name = inputs.recipe.at("model").at("name").get<std::string>();
  if (KindOfModel(name) == ModelKind::kTable) {
    throw Error(ErrorKind::kRecipe,
                "plan forecasts networks; '" + name +
                    "' is no network and holds little more than "
                    "its table",
                {}, "bottega plan --set model=mlp");
  }
  SaveMemoryIfAsked(inputs);
  const TrainSetup setup = MakeSetup(inputs);
  Choices choices = Choose(setup);
  const at::Device device = StartEngine({.device = setup.settings.at("device").get<std::string>(),
                                         .threads = choices.threads})
                                .device;
  const Forecast forecast = SettleMemory(setup, device, kPlanEffort, false, &choices);
  const Planner planner{setup, device, choices, forecast};
  const auto model = PlacedModel(setup, choices, device);
  const std::optional<int64_t> limit = MaxRss(inputs);
  return {{"forecast", ForecastToJson(forecast)},
          {"choices", ChoicesToJson(choices)},
          {"model", setup.config.settings.at("name")},
          {"parameters", CountParameters(*model)},
          {"rows", setup.stream ? StreamRows(setup) : static_cast<int64_t>(setup.train.size())},
          {"batch", setup.settings.at("batch")},
          {"limit", limit ? Json(*limit) : Json()},
          {"fits", !limit || forecast.peak <= *limit},
          {"reductions", planner.Reductions()},
          {"notes", planner.Notes(*model)}};
}

}  // namespace

Json PlanTraining(const TrainInputs& inputs) {
  return CatchTorch("planning", [&] { return Plan(inputs); });
}

}  // namespace bottega
