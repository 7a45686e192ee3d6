// What a training may take of time and memory: of its sitting, else of its recipe.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/error.h"
#include "train/train_stage.h"

namespace bottega {

// Seconds: train.time_budget.
std::optional<double> TimeBudget(const TrainInputs& inputs);
// Bytes of the whole process: train.max_rss.
std::optional<int64_t> MaxRss(const TrainInputs& inputs);

// Whether the recipe gives time for memory (max_rss, checkpointing); where it does, the allocator
// is to do so too.
bool AsksToSaveMemory(const TrainInputs& inputs);
void SaveMemoryIfAsked(const TrainInputs& inputs);

// "512M", "2G": whole MiB, rounded up.
std::string LimitText(int64_t bytes);

// What ends a training that came to hold more than `limit`, after saving; kBudget.
Error AboveMaxRss(int64_t held, int64_t limit, const std::filesystem::path& run);

}  // namespace bottega
