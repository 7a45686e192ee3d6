#include "train/memory_choice.h"

#include <fnmatch.h>

#include <algorithm>

#include "base/files.h"
#include "base/memory.h"
#include "base/progress.h"
#include "base/text.h"
#include "engine/device.h"
#include "train/assemble.h"
#include "train/limits.h"
#include "train/probe.h"

namespace bottega {

namespace {

using Names = std::vector<std::string>;

// Of the memory that is free: the rest is for what a forecast does not see.
constexpr double kShareOfFree = 0.85;
// Short beside what follows: the plan verb takes its time.
constexpr ProbeEffort kTrainingEffort{.steps = 20, .seconds = 1.5};
constexpr int64_t kSmallestMicro = 2;  // batch norm is not defined for one row

bool Matches(const std::string& pattern, const std::string& name) {
  return fnmatch(pattern.c_str(), name.c_str(), 0) == 0;
}

Names FirstOf(const Names& blocks, size_t count) {
  return {blocks.begin(), blocks.begin() + static_cast<int64_t>(std::min(count, blocks.size()))};
}

class Settler {
 public:
  Settler(const TrainSetup& setup, at::Device device, Choices* choices)
      : setup_(setup),
        device_(device),
        choices_(choices),
        batch_(setup.settings.at("batch").get<int64_t>()),
        checkpointing_(setup.settings.at("checkpointing").is_null()
                           ? "none"
                           : setup.settings.at("checkpointing").get<std::string>()),
        micro_auto_(setup.settings.at("micro_batch") == "auto"),
        blocks_(PlacedModel(setup, {}, at::kCPU)->Blocks()),
        max_rss_(MaxRss(*setup.inputs)),
        limit_(max_rss_.value_or(
            ResidentMemory() +
            static_cast<int64_t>(kShareOfFree * static_cast<double>(AvailableMemory())))) {}

  Forecast Settle(const ProbeEffort& effort, bool enforced) {
    if (checkpointing_ != "auto") choices_->recomputed = NamedBlocks(checkpointing_, blocks_);
    Forecast forecast = Computed();
    if (forecast.peak > limit_ && checkpointing_ == "auto") forecast = RecomputeEnough();
    while (forecast.peak > limit_ && micro_auto_ && ShrinkMicro()) forecast = Computed();
    if (enforced) RequireFit(forecast);
    if (forecast.peak > limit_ || effort.steps == 0) return forecast;
    UseProbe(setup_, ProbeSteps(setup_, *choices_, device_, effort), &forecast);
    while (forecast.peak > limit_ && RecomputeOrShrink()) {
      forecast = Computed();
      UseProbe(setup_, ProbeSteps(setup_, *choices_, device_, effort), &forecast);
    }
    if (enforced) RequireFit(forecast);
    return forecast;
  }

  void RequireFit() { RequireFit(Computed()); }

 private:
  Forecast Computed() const {
    // What lies in a GPU's memory is not resident here.
    return ComputeForecast(
        setup_, *choices_,
        device_.is_cpu() ? MeasureStepMemory(setup_, *choices_, device_) : StepMemory());
  }

  // As few blocks, counted from the first, as it takes; all when that does not do.
  Forecast RecomputeEnough() {
    size_t too_few = 0, enough = blocks_.size();
    while (too_few + 1 < enough) {
      const size_t middle = (too_few + enough) / 2;
      choices_->recomputed = FirstOf(blocks_, middle);
      (Computed().peak > limit_ ? too_few : enough) = middle;
    }
    choices_->recomputed = FirstOf(blocks_, enough);
    return Computed();
  }

  // To the next smaller size that divides the batch; false when there is none.
  bool ShrinkMicro() {
    int64_t micro = choices_->micro_batch - 1;
    while (micro >= kSmallestMicro && batch_ % micro != 0) --micro;
    if (micro < kSmallestMicro) return false;
    choices_->micro_batch = micro;
    return true;
  }

  // After a probe found more than the computation: one measure more.
  bool RecomputeOrShrink() {
    if (checkpointing_ == "auto" && choices_->recomputed.size() < blocks_.size()) {
      const size_t step = std::max<size_t>(1, blocks_.size() / 4);
      choices_->recomputed = FirstOf(blocks_, choices_->recomputed.size() + step);
      return true;
    }
    return micro_auto_ && ShrinkMicro();
  }

  void RequireFit(const Forecast& forecast) {
    if (!max_rss_ || forecast.peak <= *max_rss_) return;
    throw Error(ErrorKind::kBudget,
                "the training would take " + FormatBytes(forecast.peak) +
                    " of memory, more than the " + FormatBytes(*max_rss_) + " of train.max_rss",
                {}, FittingCommand(forecast.peak));
  }

  // The first change whose forecast fits; else the limit that would do.
  std::string FittingCommand(int64_t peak) {
    const std::string command = "bottega train --max-rss " + LimitText(*max_rss_);
    const Choices before = *choices_;
    const bool can_recompute = !blocks_.empty() && before.recomputed.size() < blocks_.size();
    const bool can_cut = !micro_auto_ && batch_ > kSmallestMicro;
    if (can_recompute) {
      choices_->recomputed = blocks_;
      if (Computed().peak <= *max_rss_) return command + " --set train.checkpointing=auto";
    }
    if (can_cut) {
      *choices_ = before;
      if (FitsSomehow()) return command + " --micro auto";
      choices_->recomputed = blocks_;
      if (can_recompute && FitsSomehow()) {
        return command + " --micro auto --set train.checkpointing=auto";
      }
    }
    *choices_ = before;
    return "bottega train --max-rss " + LimitText(peak + peak / 8);
  }

  bool FitsSomehow() {
    while (ShrinkMicro()) {
      if (Computed().peak <= *max_rss_) return true;
    }
    return false;
  }

  const TrainSetup& setup_;
  const at::Device device_;
  Choices* const choices_;
  const int64_t batch_;
  const std::string checkpointing_;
  const bool micro_auto_;
  const Names blocks_;
  const std::optional<int64_t> max_rss_;
  const int64_t limit_;
};

}  // namespace

Names NamedBlocks(const std::string& setting, const Names& blocks) {
  if (setting == "none") return {};
  if (blocks.empty() && setting != "auto" && setting != "all") {
    throw Error(ErrorKind::kRecipe,
                "train.checkpointing: this model has no blocks that could be recomputed", {},
                "bottega train --set train.checkpointing=none");
  }
  if (setting == "all" || setting == "auto") return blocks;
  if (const auto count = ParseInteger(setting); count && *count >= 0) {
    return FirstOf(blocks, static_cast<size_t>(*count));
  }
  Names named;
  for (const std::string& part : Split(setting, ',')) {
    const std::string pattern(Trim(part));
    const bool known = std::ranges::any_of(
        blocks, [&](const std::string& block) { return Matches(pattern, block); });
    if (!known) {
      throw Error(ErrorKind::kRecipe,
                  "train.checkpointing: no block of the model is called '" + pattern +
                      "'; there are " + Join(blocks, ", "),
                  {}, "bottega train --set train.checkpointing=all");
    }
    for (const std::string& block : blocks) {
      const bool there = std::ranges::find(named, block) != named.end();
      if (Matches(pattern, block) && !there) named.push_back(block);
    }
  }
  return named;
}

Forecast SettleMemory(const TrainSetup& setup, at::Device device, const ProbeEffort& effort,
                      bool enforced, Choices* choices) {
  return Settler(setup, device, choices).Settle(effort, enforced);
}

void RequireFit(const TrainSetup& setup, at::Device device, Choices choices) {
  if (MaxRss(*setup.inputs)) Settler(setup, device, &choices).RequireFit();
}

std::filesystem::path ForecastPath(const std::filesystem::path& run) {
  return run / "forecast.json";
}

Choices ChooseWithinMemory(const TrainSetup& setup) {
  Choices choices = Choose(setup);
  const EngineChoice engine = StartEngine(
      {.device = setup.settings.at("device").get<std::string>(), .threads = choices.threads});
  if (setup.inputs->on_step) {
    SettleMemory(setup, engine.device, {.steps = 0}, false, &choices);
    return choices;
  }
  const Forecast forecast = SettleMemory(setup, engine.device, kTrainingEffort, true, &choices);
  if (forecast.probe_steps == 0) {
    Note("note: the training would take " + FormatBytes(forecast.peak) +
         " of memory, more than is free; `bottega plan` shows what takes less");
  }
  WriteJson(ForecastPath(setup.inputs->run), ForecastToJson(forecast));
  return choices;
}

}  // namespace bottega
