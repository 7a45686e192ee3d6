#include "train/side_workers.h"

#include <algorithm>
#include <filesystem>

#include "base/files.h"
#include "base/threads.h"
#include "engine/device.h"
#include "train/choices.h"

namespace bottega {

namespace {

// Threads of one operation of such a training.
int ThreadsOf(const SideJob& job) {
  const std::filesystem::path choices = job.inputs.run / "choices.json";
  if (std::filesystem::exists(choices)) {
    return ChoicesFromJson(ReadJson(choices), choices.string()).threads;
  }
  const Json& threads = job.inputs.recipe.at("train").at("threads");
  if (threads.is_number()) return threads.get<int>();
  return job.inputs.plan->picture_column.empty() ? 1 : AvailableProcessors();
}

}  // namespace

int WorkersFor(const std::vector<SideJob>& jobs, int wanted) {
  int workers = wanted;
  if (workers <= 0 && !jobs.empty()) {
    const std::string device = jobs[0].inputs.recipe.at("train").at("device");
    const bool cpu = StartEngine({.device = device, .threads = 1}).device.is_cpu();
    workers = cpu ? AvailableProcessors() / ThreadsOf(jobs[0]) : 1;
  }
  return std::clamp(workers, 1, std::max(1, static_cast<int>(jobs.size())));
}

}  // namespace bottega
