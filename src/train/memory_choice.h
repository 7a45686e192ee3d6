// Fits a training into memory: how many rows at once, which blocks are recomputed, and whether it
// may begin at all.
#pragma once

#include "train/forecast.h"

namespace bottega {

// Of `blocks`, those that a setting of train.checkpointing names ("none", "all", "5",
// "layer1.*,stem"); all of them for "auto". Errors: kRecipe for a name that fits no block, with
// the blocks there are, and for any but none and auto where there are no blocks.
std::vector<std::string> NamedBlocks(const std::string& setting,
                                     const std::vector<std::string>& blocks);

// Settles `micro_batch: auto` and `checkpointing`, and forecasts. What is left to `auto` is chosen
// by computation within max_rss, or within the memory that is free, and verified by a probe of
// `effort`, if that has steps. Errors, when it is `enforced`: kBudget when the forecast is above
// max_rss, with a command that fits where one was found. Else such a forecast is returned without a
// probe.
Forecast SettleMemory(const TrainSetup& setup, at::Device device, const ProbeEffort& effort,
                      bool enforced, Choices* choices);

std::filesystem::path ForecastPath(const std::filesystem::path& run);

// Choose() and SettleMemory(), enforced, with a short probe; writes the run's forecast.json. A
// training beside others (on_step) settles by computation alone and without a forecast: what the
// process holds is not its own.
Choices ChooseWithinMemory(const TrainSetup& setup);

// For choices that stand already: the error of SettleMemory where their forecast, by computation
// alone, is above max_rss.
void RequireFit(const TrainSetup& setup, at::Device device, Choices choices);

}  // namespace bottega
