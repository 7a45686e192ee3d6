// Sending runs to an MLflow server, so that nothing is lost and nothing is there twice.
//
// What is owed to a server stands in mlflow.json of the run (doc/formats/mlflow.md) before the
// first request; what is sent follows from the run's files; what the server has already, it is
// asked for. A push can therefore be broken off at any instant and done again.
#pragma once

#include <filesystem>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "base/error.h"
#include "run/run_folder.h"

namespace bottega {

inline constexpr const char* kPushFile = "mlflow.json";

// Notes in the run's mlflow.json that it is owed to `url`. Errors: kIo; kUsage for a wrong URL.
void OwePush(const RunFolder& run, const std::string& url);

// Runs of the project that are owed to `url`, or that changed since they were sent there; oldest
// first.
std::vector<RunFolder> OwedRuns(const std::filesystem::path& project, const std::string& url);

// Breaks a push off from another thread.
class Cancellation {
 public:
  void Cancel();
  bool cancelled();
  // What ends the request under way; null when there is none.
  void Watch(std::function<void()> stop);

 private:
  std::mutex mutex_;
  bool cancelled_ = false;
  std::function<void()> stop_;
};

struct Pushed {
  std::string experiment, run;                     // the experiment's name, and the run's id there
  int64_t metrics = 0, params = 0, artifacts = 0;  // that were sent this time
  bool artifacts_taken = true;  // false: the server does not take files, their folder is a tag
};

// Sends what the server lacks of the run, into the experiment named after the project's folder.
// `running`: training goes on, more will follow. Gives up `patience` seconds from now. Errors: kIo,
// with what was sent until then kept; kUsage while another process sends runs of this project.
Pushed PushRun(const RunFolder& run, const std::string& url, bool running, double patience,
               Cancellation* cancellation = nullptr);

}  // namespace bottega
