#include "train/side_by_side.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/memory.h"
#include "base/progress.h"
#include "train/limits.h"
#include "train/side_workers.h"

namespace bottega {

namespace {

constexpr auto kPoll = std::chrono::milliseconds(50);
constexpr double kShortestBudget = 1e-9;  // a step for each, however late it begins
// Checkpoints and evaluation come on top of what a first step needs.
constexpr double kFootprintMargin = 1.25;
constexpr int64_t kBegunPerWorker = 4;  // enough for an even end

// One job and where it stands.
struct Slot {
  const SideJob* job = nullptr;
  std::unique_ptr<TrainJob> training;
  SideOutcome result;
  bool begun = false, busy = false, ended = false;
  bool stepped = false;  // so that its footprint shows
  TrainStep step;
  int64_t epochs = 0, shown = 0;  // expected, and told to the progress bar
};

class Crew {
 public:
  Crew(const std::vector<SideJob>& jobs, const SideOptions& options);
  std::vector<SideOutcome> Run();

 private:
  void Work();
  Slot* Next(std::unique_lock<std::mutex>* lock);
  Slot* LeastFar();
  bool HasRoom();
  void Begin(Slot* slot);
  void TrainEpoch(Slot* slot);
  void Stepped(Slot* slot, const TrainStep& step);
  void Show(Slot* slot, int64_t epochs);
  void End(Slot* slot);
  void Fail(Slot* slot);
  void SaveAll();
  [[noreturn]] void Rethrow();
  std::string Detail() const;
  int64_t Count(bool Slot::* flag) const { return std::ranges::count(slots_, true, flag); }

  const SideOptions options_;
  const int workers_;
  const double started_;
  const int64_t memory_before_;
  const std::optional<int64_t> most_;  // bytes of the whole process
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Slot> slots_;
  int64_t footprint_ = 0;  // of the largest job so far
  bool leaving_ = false;
  std::exception_ptr failure_;
  std::string failed_;  // the job's name
  Progress progress_;
};

// 0: not said.
int64_t EpochsOf(const SideJob& job) {
  const Json& epochs = job.inputs.recipe.at("train").at("epochs");
  if (epochs.is_null()) return 0;
  const int64_t limit = job.inputs.stop_after_epoch;
  return limit > 0 ? std::min(limit, epochs.get<int64_t>()) : epochs.get<int64_t>();
}

std::optional<int64_t> MostMemory(const std::vector<SideJob>& jobs, const SideOptions& options) {
  if (options.memory > 0) return options.memory;
  return jobs.empty() ? std::nullopt : MaxRss(jobs[0].inputs);
}

int64_t AllEpochs(const std::vector<SideJob>& jobs) {
  int64_t sum = 0;
  for (const SideJob& job : jobs) sum += EpochsOf(job);
  return sum;
}

Crew::Crew(const std::vector<SideJob>& jobs, const SideOptions& options)
    : options_(options),
      workers_(WorkersFor(jobs, options.workers)),
      started_(MonotonicSeconds()),
      memory_before_(ResidentMemory()),
      most_(MostMemory(jobs, options)),
      slots_(jobs.size()),
      progress_("Training " + std::to_string(jobs.size()) + " models", AllEpochs(jobs), "epochs") {
  for (size_t i = 0; i < jobs.size(); ++i) {
    slots_[i].job = &jobs[i];
    slots_[i].epochs = EpochsOf(jobs[i]);
  }
}

bool Crew::HasRoom() {
  int64_t begun = 0;
  for (const Slot& slot : slots_) {
    if (!slot.begun || slot.ended) continue;
    if (!slot.stepped) return false;
    ++begun;
  }
  if (begun == 0) return true;
  if (workers_ == 1 || begun >= workers_ * kBegunPerWorker) return false;
  const int64_t resident = ResidentMemory();
  footprint_ = std::max(footprint_, (resident - memory_before_) / begun);
  const auto needed = static_cast<int64_t>(static_cast<double>(footprint_) * kFootprintMargin);
  return needed <= (most_ ? *most_ - resident : AvailableMemory());
}

// Of the jobs that are begun, or that there is room for; null: none now.
Slot* Crew::LeastFar() {
  const bool room = HasRoom();
  Slot* least = nullptr;
  double share = 2;
  for (Slot& slot : slots_) {
    if (slot.ended || slot.busy || (!slot.begun && !room)) continue;
    const double own = slot.begun ? slot.training->Share() : 0;
    if (own >= share) continue;
    least = &slot;
    share = own;
  }
  return least;
}

Slot* Crew::Next(std::unique_lock<std::mutex>* lock) {
  while (!leaving_ && PendingSignal() == 0) {
    if (std::ranges::all_of(slots_, &Slot::ended)) return nullptr;
    if (Slot* slot = LeastFar()) return slot;
    changed_.wait_for(*lock, kPoll);
  }
  return nullptr;
}

void Crew::Begin(Slot* slot) {
  TrainInputs inputs = slot->job->inputs;
  if (const std::optional<double> budget = TimeBudget(inputs)) {
    inputs.time_budget = std::max(kShortestBudget, *budget - (MonotonicSeconds() - started_));
  }
  inputs.on_step = [this, slot](const TrainStep& step) { Stepped(slot, step); };
  slot->training = std::make_unique<TrainJob>(std::move(inputs));
  slot->begun = true;
}

void Crew::Stepped(Slot* slot, const TrainStep& step) {
  const std::lock_guard lock(mutex_);
  const bool news = !slot->stepped || slot->step.epoch != step.epoch;
  slot->stepped = true;
  slot->step = step;
  if (!news) return;
  progress_.SetDetail(Detail());
  Show(slot, step.epoch - 1);
  changed_.notify_all();
}

void Crew::Show(Slot* slot, int64_t epochs) {
  progress_.Advance(std::max<int64_t>(0, epochs - slot->shown));
  slot->shown = std::max(slot->shown, epochs);
}

std::string Crew::Detail() const {
  std::string text = std::to_string(Count(&Slot::ended)) + " done";
  for (const Slot& slot : slots_) {
    if (slot.ended || slot.step.epochs == 0) continue;
    text += "  " + slot.job->name + " " + std::to_string(slot.step.epoch) + "/" +
            std::to_string(slot.step.epochs);
  }
  return text;
}

void Crew::End(Slot* slot) {
  slot->result.outcome = slot->training->Outcome();
  slot->training.reset();
  slot->ended = true;
  Show(slot, slot->epochs);
  changed_.notify_all();
}

// Inside a catch block, with the lock held.
void Crew::Fail(Slot* slot) {
  try {
    throw;
  } catch (const Error& error) {
    const bool its_own = error.kind() == ErrorKind::kRecipe || error.kind() == ErrorKind::kData;
    if (options_.keep_going && its_own) {
      slot->result.error = error;
      return End(slot);
    }
  } catch (...) {
  }
  leaving_ = true;
  slot->training.reset();
  changed_.notify_all();
  if (failure_) return;
  failure_ = std::current_exception();
  failed_ = slot->job->name;
}

void Crew::TrainEpoch(Slot* slot) {
  bool more = true;
  std::exception_ptr failure;
  try {
    more = slot->training->Advance();
  } catch (...) {
    failure = std::current_exception();
  }
  const std::lock_guard lock(mutex_);
  slot->busy = false;
  if (failure) {
    try {
      std::rethrow_exception(failure);
    } catch (...) {
      Fail(slot);
    }
    return;
  }
  if (!more) End(slot);
}

void Crew::Work() {
  std::unique_lock lock(mutex_);
  while (Slot* slot = Next(&lock)) {
    slot->busy = true;
    if (!slot->begun) Begin(slot);
    lock.unlock();
    TrainEpoch(slot);
    lock.lock();
  }
}

void Crew::SaveAll() {
  for (Slot& slot : slots_) {
    if (slot.training) slot.training->Save();
  }
}

void Crew::Rethrow() {
  try {
    std::rethrow_exception(failure_);
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::kBudget && error.hint() == "bottega train --resume") {
      throw Error(error.kind(),
                  "the time budget is used up with " + std::to_string(Count(&Slot::ended)) +
                      " of " + std::to_string(slots_.size()) +
                      " models trained; everything is saved",
                  error.place(), error.hint());
    }
    throw Error(error.kind(), failed_ + ": " + error.message(), error.place(), error.hint());
  }
}

std::vector<SideOutcome> Crew::Run() {
  std::vector<std::thread> threads;
  for (int i = 1; i < workers_; ++i) threads.emplace_back([this] { Work(); });
  Work();
  for (std::thread& thread : threads) thread.join();
  SaveAll();
  if (const int signal = PendingSignal(); signal != 0) throw Interrupted(signal);
  if (failure_) Rethrow();
  std::vector<SideOutcome> outcomes;
  for (Slot& slot : slots_) outcomes.push_back(std::move(slot.result));
  return outcomes;
}

}  // namespace

std::vector<SideOutcome> TrainSideBySide(const std::vector<SideJob>& jobs,
                                         const SideOptions& options) {
  return Crew(jobs, options).Run();
}

}  // namespace bottega
