// What a list of runs tells of each: read from its folder, kept in the index (run/run_index.h).
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"
#include "run/run_folder.h"

namespace bottega {

struct RunScore {
  double value = std::numeric_limits<double>::quiet_NaN();  // NaN: undefined
  double low = std::numeric_limits<double>::quiet_NaN();
  double high = std::numeric_limits<double>::quiet_NaN();
};

struct RunRecord {
  std::string id;
  std::string created;  // UTC
  // "unfinished" (training has not ended), "trained", "evaluated" (metrics.json is there),
  // "damaged" (a file of it cannot be read).
  std::string state;
  std::string model;
  std::string source, source_sha256, data_version;
  std::string recipe_digest;
  // What the run is judged by: "test.accuracy"; "" where nothing is measured yet.
  std::string headline;
  RunScore score;
  std::vector<std::string> tags;
  std::map<std::string, Json> settings;  // ModelSettings of its recipe
  std::vector<std::string> named;        // paths of those that a person wrote
  // PART.METRIC of metrics.json, `fairness.GAP`, and trained.{epochs, best_epoch, seconds}.
  std::map<std::string, RunScore> scores;
};

// Never throws for what the folder holds: a run that cannot be read is "damaged".
RunRecord ReadRunRecord(const RunFolder& run);

// The score that a run is judged by in its metrics.json: of the primary metric, on the test part,
// else the validation part, else the training part. "" for none.
std::string HeadlineOf(const Json& metrics);

}  // namespace bottega
