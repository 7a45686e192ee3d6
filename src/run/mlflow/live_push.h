// Pushing a run while it is made, from a thread of its own: training neither waits for the server
// nor fails because of it.
#pragma once

#include <memory>
#include <string>

#include "run/run_folder.h"

namespace bottega {

class LivePush {
 public:
  // Notes that the run is owed to `url` and begins. Errors: kIo when that cannot be written; kUsage
  // for a wrong URL. A server that is down is said once, and asked again now and then.
  LivePush(const RunFolder& run, const std::string& url);
  // After a failure or a stop: what the run came to is sent within a few seconds, or stays owed.
  ~LivePush();
  LivePush(const LivePush&) = delete;
  LivePush& operator=(const LivePush&) = delete;

  // The run is made: sends the rest, and what other runs of the project owe to the server. Waits
  // some seconds at most; what is not sent by then stays owed, and is said to be.
  void Finish();

 private:
  struct State;
  void Stop(double patience, bool others);
  std::shared_ptr<State> state_;
};

// The same for a run that is made already.
void PushFinished(const RunFolder& run, const std::string& url);

}  // namespace bottega
