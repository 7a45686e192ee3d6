// MLflow's REST API, version 2.0, as far as runs are logged through it. Sources:
// mlflow.org/docs/latest/rest-api.html; mlflow/protos/service.proto.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"
#include "run/mlflow/http.h"

namespace bottega {

struct MlflowMetric {
  std::string key;
  double value = 0;
  int64_t timestamp = 0;  // milliseconds since 1970
  int64_t step = 0;
};

// What the server has of a run.
struct MlflowState {
  std::string run;  // its id there
  std::string artifact_uri;
  std::map<std::string, MlflowMetric> latest;  // by key: of the highest step
  std::map<std::string, std::string> params;
  std::string status;
};

// Every call throws Error (kIo) when the server cannot be reached or refuses; the message names the
// server. Credentials come from MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and
// MLFLOW_TRACKING_PASSWORD; MLFLOW_TRACKING_INSECURE_TLS=true and MLFLOW_TRACKING_SERVER_CERT_PATH
// are honoured, as MLflow's own client does.
class MlflowClient {
 public:
  explicit MlflowClient(const std::string& url);

  // Its id; made where there is none of that name.
  std::string Experiment(const std::string& name);
  // The run that has the tag bottega.run = `uid`.
  std::optional<MlflowState> Find(const std::string& experiment, const std::string& uid);
  MlflowState Create(const std::string& experiment, const std::string& name, const std::string& uid,
                     int64_t start);
  // nullopt where it was deleted.
  std::optional<MlflowState> Get(const std::string& run);
  // In requests of at most 1,000 metrics, 100 parameters and 100 tags, as the server allows.
  void Log(const std::string& run, const std::vector<MlflowMetric>& metrics,
           const std::map<std::string, std::string>& params,
           const std::map<std::string, std::string>& tags);
  // RUNNING, FINISHED or KILLED; `end` in milliseconds, for the last two.
  void Update(const std::string& run, const std::string& status, std::optional<int64_t> end);
  // False where the server does not take files itself.
  bool PutArtifact(const MlflowState& state, const std::string& name, const std::string& bytes);
  void Cancel() { server_.Cancel(); }  // from any thread

 private:
  Json Post(const std::string& what, const Json& body);
  void Check(const HttpReply& reply) const;
  Json Checked(const HttpReply& reply) const;

  std::string url_;
  HttpServer server_;
};

}  // namespace bottega
