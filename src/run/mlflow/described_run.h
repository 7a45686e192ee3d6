// A run folder as MLflow sees a run. Everything follows from the folder's files, so that what was
// not sent can be made again at any time.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "run/mlflow/client.h"
#include "run/run_folder.h"

namespace bottega {

struct DescribedRun {
  std::string uid;    // by which the server knows the run again: of its id and time
  int64_t start = 0;  // milliseconds since 1970
  std::optional<int64_t> end;
  std::string status;  // RUNNING, FINISHED or KILLED
  // Settings as text, at most 500 bytes each. Before the end of training, without those that are
  // yet to be chosen: the server takes each only once.
  std::map<std::string, std::string> params;
  std::map<std::string, std::string> tags;
  // Curves as PART/METRIC over optimizer steps, by rising step; final scores as final/PART/METRIC
  // with .low and .high.
  std::vector<MlflowMetric> metrics;
  std::vector<std::string> artifacts;  // files of the run, those that are there
};

// `running`: whether training goes on. Errors: kData when a file of the run is damaged.
DescribedRun DescribeForMlflow(const RunFolder& run, bool running);

}  // namespace bottega
