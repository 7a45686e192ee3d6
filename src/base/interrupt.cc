#include "base/interrupt.h"

#include <csignal>

namespace bottega {

namespace {

volatile std::sig_atomic_t pending = 0;

void Handle(int signal) {
  pending = signal;
  std::signal(signal, SIG_DFL);
}

}  // namespace

void WatchSignals() {
  struct sigaction action{};
  action.sa_handler = Handle;
  action.sa_flags = SA_RESTART;  // libraries' reads go on; long work polls
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

int PendingSignal() { return pending; }
void RequestStop(int signal) { pending = signal; }

void ThrowIfInterrupted() {
  if (pending != 0) throw Interrupted(pending);
}

}  // namespace bottega
