// SIGINT and SIGTERM as a flag that long work polls: save, then leave with 128 + signal.
#pragma once

#include <exception>

namespace bottega {

// Installs the handlers. A second signal of the same kind ends the process at once.
void WatchSignals();
// The signal that arrived, or 0.
int PendingSignal();
void RequestStop(int signal);  // for tests: as if `signal` had arrived

// Thrown after state was saved; cli/ turns it into exit 128 + signal.
class Interrupted : public std::exception {
 public:
  explicit Interrupted(int signal) : signal_(signal) {}
  int signal() const { return signal_; }
  const char* what() const noexcept override { return "interrupted"; }

 private:
  int signal_;
};

// Throws Interrupted when a signal is pending. For work that has nothing to save.
void ThrowIfInterrupted();

}  // namespace bottega
