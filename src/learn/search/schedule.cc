#include "learn/search/schedule.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace bottega {

namespace {

// Whole trainings, or min * reduction^k up to the whole length.
std::vector<int64_t> RungsOf(const SearchOptions& options) {
  std::vector<int64_t> rungs;
  if (options.pruner != "none") {
    for (int64_t e = options.min_epochs; e < options.max_epochs; e *= options.reduction) {
      rungs.push_back(e);
    }
  }
  rungs.push_back(options.max_epochs);
  return rungs;
}

double OrWorst(double loss) {
  return std::isfinite(loss) ? loss : std::numeric_limits<double>::infinity();
}

}  // namespace

double SearchSchedule::Trial::loss() const {
  return losses.empty() ? std::numeric_limits<double>::quiet_NaN() : losses.back().second;
}

SearchSchedule::SearchSchedule(const SearchOptions& options, const SearchSpace& space,
                               const Proposer& proposer)
    : options_(options),
      proposer_(proposer),
      dimensions_(space.size()),
      rungs_(RungsOf(options)),
      workers_(static_cast<size_t>(std::max<int64_t>(1, options.workers))) {
  Advance();
}

std::vector<SearchJob> SearchSchedule::Wanted() const {
  std::vector<SearchJob> jobs;
  for (const Worker& worker : workers_) {
    if (worker.job && !worker.loss) jobs.push_back(*worker.job);
  }
  return jobs;
}

void SearchSchedule::Tell(const SearchJob& job, double loss) {
  for (Worker& worker : workers_) {
    const bool its = worker.job && worker.job->trial == job.trial && !worker.loss;
    if (its) worker.loss = loss;
  }
  Advance();
}

// Lets time pass as far as losses are known.
void SearchSchedule::Advance() {
  int64_t now = 0;
  while (true) {
    for (Worker& worker : workers_) {
      if (!worker.job) Assign(&worker, std::max(now, worker.free_at));
    }
    Worker* next = nullptr;
    for (Worker& worker : workers_) {
      if (worker.job && (next == nullptr || worker.free_at < next->free_at)) next = &worker;
    }
    if (next == nullptr) return;
    if (!next->loss) return;
    now = next->free_at;
    Finish(next);
  }
}

void SearchSchedule::Finish(Worker* worker) {
  Trial& trial = trials_[static_cast<size_t>(worker->job->trial)];
  trial.losses.emplace_back(worker->job->epochs, *worker->loss);
  worker->job.reset();
  worker->loss.reset();
}

bool SearchSchedule::Assign(Worker* worker, int64_t now) {
  std::optional<SearchJob> job = Promotion();
  if (!job && static_cast<int64_t>(trials_.size()) < options_.trials) {
    Begin(worker, now);
    return true;
  }
  const bool idle =
      std::ranges::none_of(workers_, [](const Worker& w) { return w.job.has_value(); });
  if (!job && idle && !completing_) {
    // With few trials no rung is full enough for its best one to go on.
    const std::optional<int64_t> best = Best();
    completing_ = true;
    if (best && trials_[static_cast<size_t>(*best)].epochs() < options_.max_epochs) {
      job = SearchJob{*best, options_.max_epochs};
    }
  }
  if (!job) return false;
  worker->free_at = now + job->epochs - trials_[static_cast<size_t>(job->trial)].epochs();
  worker->job = job;
  return true;
}

void SearchSchedule::Begin(Worker* worker, int64_t now) {
  const auto number = static_cast<int64_t>(trials_.size());
  const std::vector<Observation> known = Known();
  trials_.push_back({.point = proposer_.Propose(number, known), .bracket = BracketOf(number)});
  const auto rung = static_cast<size_t>(trials_.back().bracket);
  worker->job = SearchJob{number, rungs_[rung]};
  worker->free_at = now + rungs_[rung];
}

// Hyperband's brackets begin at rung 0, 1, ... and have about equal epochs in all: a bracket that
// begins at rung s has trials in proportion to (rungs / (rungs - s)) / reduction^s.
int64_t SearchSchedule::BracketOf(int64_t trial) const {
  if (options_.pruner != "hyperband") return 0;
  std::vector<double> weight;
  double total = 0;
  for (size_t s = 0; s < rungs_.size(); ++s) {
    const auto n = static_cast<double>(rungs_.size());
    weight.push_back(n / (n - static_cast<double>(s)) /
                     std::pow(static_cast<double>(options_.reduction), static_cast<double>(s)));
    total += weight.back();
  }
  // The bracket that is most behind its share.
  std::vector<int64_t> taken(rungs_.size(), 0);
  for (int64_t t = 0; t < trial; ++t)
    ++taken[static_cast<size_t>(trials_[static_cast<size_t>(t)].bracket)];
  size_t bracket = 0;
  double most = -std::numeric_limits<double>::infinity();
  for (size_t s = 0; s < rungs_.size(); ++s) {
    const double behind =
        weight[s] / total * static_cast<double>(trial + 1) - static_cast<double>(taken[s]);
    if (behind > most) bracket = s, most = behind;
  }
  return static_cast<int64_t>(bracket);
}

bool SearchSchedule::Running(int64_t trial) const {
  return std::ranges::any_of(
      workers_, [&](const Worker& worker) { return worker.job && worker.job->trial == trial; });
}

// Among the first 1 / reduction of those of its bracket that came to the rung.
bool SearchSchedule::Promotable(int64_t trial, size_t rung) const {
  const Trial& own = trials_[static_cast<size_t>(trial)];
  if (own.epochs() != rungs_[rung] || Running(trial) || !std::isfinite(own.loss())) return false;
  int64_t came = 0, better = 0;
  for (size_t t = 0; t < trials_.size(); ++t) {
    const Trial& other = trials_[t];
    if (other.bracket != own.bracket) continue;
    for (const auto& [epochs, loss] : other.losses) {
      if (epochs != rungs_[rung]) continue;
      ++came;
      const double theirs = OrWorst(loss), mine = own.loss();
      better += theirs < mine || (theirs == mine && static_cast<int64_t>(t) < trial);
    }
  }
  return better < came / options_.reduction;
}

std::optional<SearchJob> SearchSchedule::Promotion() const {
  for (size_t rung = rungs_.size() - 1; rung-- > 0;) {
    std::optional<int64_t> best;
    for (int64_t t = 0; t < static_cast<int64_t>(trials_.size()); ++t) {
      if (!Promotable(t, rung)) continue;
      if (!best ||
          trials_[static_cast<size_t>(t)].loss() < trials_[static_cast<size_t>(*best)].loss()) {
        best = t;
      }
    }
    if (best) return SearchJob{*best, rungs_[rung + 1]};
  }
  return std::nullopt;
}

std::vector<Observation> SearchSchedule::Known() const {
  std::vector<Observation> known;
  for (int64_t t = 0; t < static_cast<int64_t>(trials_.size()); ++t) {
    const Trial& trial = trials_[static_cast<size_t>(t)];
    for (const auto& [epochs, loss] : trial.losses) {
      known.push_back({.point = trial.point, .loss = loss, .epochs = epochs});
    }
    if (trial.losses.empty()) known.push_back({.point = trial.point, .running = true});
  }
  return known;
}

std::optional<int64_t> SearchSchedule::Best() const {
  std::optional<int64_t> best;
  for (int64_t t = 0; t < static_cast<int64_t>(trials_.size()); ++t) {
    const Trial& trial = trials_[static_cast<size_t>(t)];
    if (!std::isfinite(trial.loss())) continue;
    if (best) {
      const Trial& other = trials_[static_cast<size_t>(*best)];
      const bool longer = trial.epochs() > other.epochs();
      const bool as_long = trial.epochs() == other.epochs();
      if (!longer && !(as_long && trial.loss() < other.loss())) continue;
    }
    best = t;
  }
  return best;
}

}  // namespace bottega
