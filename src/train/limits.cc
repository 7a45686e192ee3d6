#include "train/limits.h"

#include "base/memory.h"
#include "base/quantity.h"
#include "base/text.h"

namespace bottega {

std::optional<double> TimeBudget(const TrainInputs& inputs) {
  if (inputs.time_budget) return inputs.time_budget;
  const Json& setting = inputs.recipe.at("train").at("time_budget");
  return setting.is_null() ? std::nullopt : std::optional(setting.get<double>());
}

std::optional<int64_t> MaxRss(const TrainInputs& inputs) {
  if (inputs.max_rss) return inputs.max_rss;
  const Json setting = inputs.recipe.at("train").value("max_rss", Json());
  return setting.is_null() ? std::nullopt : ParseBytes(setting.get<std::string>());
}

bool AsksToSaveMemory(const TrainInputs& inputs) {
  const Json setting = inputs.recipe.at("train").value("checkpointing", Json());
  const std::string blocks = setting.is_string() ? setting.get<std::string>() : "none";
  return (blocks != "none" && ParseInteger(blocks) != 0) || MaxRss(inputs);
}

void SaveMemoryIfAsked(const TrainInputs& inputs) {
  if (AsksToSaveMemory(inputs)) ReturnLargeBlocks();
}

std::string LimitText(int64_t bytes) {
  const int64_t mebibytes = (bytes + (1 << 20) - 1) >> 20;
  return mebibytes % 1024 == 0 ? std::to_string(mebibytes / 1024) + "G"
                               : std::to_string(mebibytes) + "M";
}

Error AboveMaxRss(int64_t held, int64_t limit, const std::filesystem::path& run) {
  return Error(ErrorKind::kBudget,
               "the process holds " + FormatBytes(held) + " of memory, more than the " +
                   FormatBytes(limit) + " of train.max_rss; everything is saved",
               {.file = run.string()},
               "bottega train --resume --max-rss " + LimitText(held + held / 4));
}

}  // namespace bottega
