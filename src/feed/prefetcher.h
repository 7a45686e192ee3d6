// Threads that prepare the batches of an epoch ahead of time, and hand them out in order.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace bottega {

// A batch in the making: `items` independent pieces, worked on by any threads in any order.
struct Job {
  virtual ~Job() = default;
  virtual int64_t items() const = 0;
  virtual void Work(int64_t begin, int64_t end) = 0;
};

class Prefetcher {
 public:
  // At most `ahead` jobs exist that were not taken; a piece of work is `chunk` items.
  Prefetcher(int threads, int ahead, int64_t chunk);
  ~Prefetcher();  // waits for work under way
  Prefetcher(const Prefetcher&) = delete;
  Prefetcher& operator=(const Prefetcher&) = delete;

  // Drops what is left of the former series and begins jobs first .. end-1. `make` is called by
  // the worker threads, one call at a time, in order.
  void Start(int64_t first, int64_t end, std::function<std::unique_ptr<Job>(int64_t)> make);
  // The next finished job; null after the last. Rethrows what a job threw, and ends the series.
  std::unique_ptr<Job> Take();

 private:
  struct Running {
    std::unique_ptr<Job> job;
    int64_t items = 0, given = 0, done = 0;
  };

  void Loop();
  Running* FindWork();
  void Drain(std::unique_lock<std::mutex>& lock);

  const int ahead_;
  const int64_t chunk_;
  std::mutex mutex_;
  std::condition_variable work_, done_;
  std::map<int64_t, Running> running_;  // by number
  std::function<std::unique_ptr<Job>(int64_t)> make_;
  int64_t next_made_ = 0, next_taken_ = 0, end_ = 0;
  int busy_ = 0;
  bool stop_ = false;
  std::exception_ptr failure_;
  std::vector<std::thread> threads_;
};

}  // namespace bottega
