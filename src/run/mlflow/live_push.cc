#include "run/mlflow/live_push.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "base/clock.h"
#include "base/error.h"
#include "base/progress.h"
#include "base/text.h"
#include "run/mlflow/http.h"
#include "run/mlflow/push.h"

namespace bottega {

namespace {

constexpr double kEvery = 5;  // seconds between looks at the run
constexpr double kEveryWhileDown = 30;
constexpr double kPatience = 60;       // of one push while training goes on
constexpr double kFinalPatience = 10;  // of the last one, which somebody waits for
constexpr double kStopPatience = 3;    // after a failure or a signal

std::string Rest(const std::string& url) {
  return "`bottega runs push --mlflow " + ShellQuote(url) + "` sends it";
}

}  // namespace

struct LivePush::State {
  State(RunFolder a_run, std::string a_url) : run(std::move(a_run)), url(std::move(a_url)) {}

  // Whether everything that there is was sent.
  bool Try(bool running, double patience) {
    try {
      const Pushed pushed = PushRun(run, url, running, patience, &cancellation);
      if (!announced) {
        Note("MLflow: run " + run.id() + " of the experiment " + pushed.experiment + " at " + url);
      }
      announced = true;
      return true;
    } catch (const std::exception& error) {
      if (!complained && !cancellation.cancelled()) {
        Note(std::string("note: ") + error.what() + "; nothing is lost: " + Rest(url) +
             " when it is there");
      }
      complained = true;
      return false;
    }
  }

  // What other runs owe; none of them holds this one up.
  void Others(double until) {
    for (const RunFolder& other : OwedRuns(run.Project(), url)) {
      const double left = until - MonotonicSeconds();
      if (left <= 0 || other.id() == run.id()) continue;
      try {
        PushRun(other, url, false, left, &cancellation);
        Note("MLflow: run " + other.id() + ", which was owed, is sent");
      } catch (const std::exception&) {
        return;
      }
    }
  }

  void Work() {
    bool up = true;
    std::unique_lock lock(mutex);
    while (!stopping) {
      lock.unlock();
      up = Try(true, kPatience);
      lock.lock();
      changed.wait_for(lock, std::chrono::duration<double>(up ? kEvery : kEveryWhileDown),
                       [&] { return stopping; });
    }
    const double until = MonotonicSeconds() + patience;
    lock.unlock();
    if (Try(false, patience) && others) Others(until);
    lock.lock();
    done = true;
    changed.notify_all();
  }

  const RunFolder run;
  const std::string url;
  bool announced = false, complained = false;  // of the thread alone
  std::mutex mutex;
  std::condition_variable changed;
  bool stopping = false, others = false, done = false;
  double patience = 0;
  Cancellation cancellation;
};

// The thread owns its state too: one that hangs in a look-up of the server's name is left behind.
LivePush::LivePush(const RunFolder& run, const std::string& url)
    : state_(std::make_shared<State>(run, CheckedUrl(url))) {
  OwePush(run, url);
  std::thread([state = state_] { state->Work(); }).detach();
}

LivePush::~LivePush() {
  if (state_) Stop(kStopPatience, false);
}

void LivePush::Finish() { Stop(kFinalPatience, true); }

void LivePush::Stop(double patience, bool others) {
  const std::shared_ptr<State> state = std::move(state_);
  std::unique_lock lock(state->mutex);
  state->stopping = true;
  state->patience = patience;
  state->others = others;
  state->changed.notify_all();
  const auto done = [&] { return state->done; };
  if (state->changed.wait_for(lock, std::chrono::duration<double>(patience + 1), done)) return;
  Note("note: MLflow at " + state->url +
       " takes long; what is not sent yet is kept: " + Rest(state->url));
  lock.unlock();
  state->cancellation.Cancel();
  lock.lock();
  state->changed.wait_for(lock, std::chrono::duration<double>(kStopPatience), done);
}

void PushFinished(const RunFolder& run, const std::string& url) { LivePush(run, url).Finish(); }

}  // namespace bottega
