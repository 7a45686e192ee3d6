#include "feed/prefetcher.h"

#include <algorithm>
#include <utility>

namespace bottega {

Prefetcher::Prefetcher(int threads, int ahead, int64_t chunk) : ahead_(ahead), chunk_(chunk) {
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { Loop(); });
}

Prefetcher::~Prefetcher() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  work_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Prefetcher::Drain(std::unique_lock<std::mutex>& lock) {
  next_made_ = next_taken_ = end_ = 0;
  for (auto& [number, running] : running_) running.given = running.items;
  done_.wait(lock, [this] { return busy_ == 0; });
  running_.clear();
  failure_ = nullptr;
}

void Prefetcher::Start(int64_t first, int64_t end,
                       std::function<std::unique_ptr<Job>(int64_t)> make) {
  {
    std::unique_lock lock(mutex_);
    Drain(lock);
    next_made_ = next_taken_ = first;
    end_ = std::max(first, end);
    make_ = std::move(make);
  }
  work_.notify_all();
}

Prefetcher::Running* Prefetcher::FindWork() {
  if (failure_) return nullptr;
  for (auto& [number, running] : running_) {
    if (running.given < running.items) return &running;
  }
  while (next_made_ < end_ && next_made_ < next_taken_ + ahead_) {
    Running& running = running_[next_made_];
    running.job = make_(next_made_);
    running.items = running.job->items();
    ++next_made_;
    if (running.items > 0) return &running;
    done_.notify_all();  // an empty job is done, and may be taken from now on
  }
  return nullptr;
}

void Prefetcher::Loop() {
  std::unique_lock lock(mutex_);
  while (true) {
    Running* running = nullptr;
    work_.wait(lock, [&] {
      if (stop_) return true;
      try {
        running = FindWork();
      } catch (...) {
        failure_ = std::current_exception();
        done_.notify_all();
      }
      return running != nullptr;
    });
    if (stop_) return;
    const int64_t begin = running->given, end = std::min(running->items, begin + chunk_);
    running->given = end;
    ++busy_;
    lock.unlock();
    std::exception_ptr failure;
    try {
      running->job->Work(begin, end);
    } catch (...) {
      failure = std::current_exception();
    }
    lock.lock();
    --busy_;
    running->done += end - begin;
    if (failure && !failure_) failure_ = failure;
    if (failure_ || running->done >= running->items || busy_ == 0) done_.notify_all();
  }
}

std::unique_ptr<Job> Prefetcher::Take() {
  std::unique_lock lock(mutex_);
  if (next_taken_ >= end_) return nullptr;
  done_.wait(lock, [this] {
    if (failure_) return true;
    const auto found = running_.find(next_taken_);
    return found != running_.end() && found->second.done >= found->second.items;
  });
  if (failure_) {
    const std::exception_ptr failure = failure_;
    Drain(lock);
    std::rethrow_exception(failure);
  }
  std::unique_ptr<Job> job = std::move(running_.at(next_taken_).job);
  running_.erase(next_taken_++);
  lock.unlock();
  work_.notify_all();
  return job;
}

}  // namespace bottega
