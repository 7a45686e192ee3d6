#include "run/mlflow/client.h"

#include <openssl/evp.h>

#include <algorithm>
#include <cstdlib>

#include "base/error.h"
#include "base/text.h"

namespace bottega {

namespace {

constexpr const char* kApi = "/api/2.0/mlflow/";
constexpr const char* kArtifacts = "/api/2.0/mlflow-artifacts/artifacts/";
constexpr size_t kMostMetrics = 1000, kMostParams = 100, kMostTags = 100;

std::string Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::string Base64(const std::string& bytes) {
  std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int n = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                reinterpret_cast<const unsigned char*>(bytes.data()),
                                static_cast<int>(bytes.size()));
  out.resize(static_cast<size_t>(n));
  return out;
}

HttpOptions OptionsFromEnvironment() {
  HttpOptions options;
  const std::string token = Environment("MLFLOW_TRACKING_TOKEN");
  const std::string user = Environment("MLFLOW_TRACKING_USERNAME");
  if (!token.empty()) {
    options.headers["Authorization"] = "Bearer " + token;
  } else if (!user.empty()) {
    options.headers["Authorization"] =
        "Basic " + Base64(user + ":" + Environment("MLFLOW_TRACKING_PASSWORD"));
  }
  const std::string insecure = LowerAscii(Environment("MLFLOW_TRACKING_INSECURE_TLS"));
  options.check_certificate = insecure != "true" && insecure != "1";
  options.certificate_file = Environment("MLFLOW_TRACKING_SERVER_CERT_PATH");
  return options;
}

// The server's own words; "" where its answer is no error of MLflow.
std::string CodeOf(const Json& answer) {
  return answer.is_object() ? answer.value("error_code", "") : "";
}

int64_t WholeNumber(const Json& value) {
  if (value.is_number()) return value.get<int64_t>();
  return value.is_string() ? ParseInteger(value.get<std::string>()).value_or(0) : 0;
}

double NumberOf(const Json& value) {
  if (value.is_number()) return value.get<double>();
  return value.is_string() ? ParseNumber(value.get<std::string>()).value_or(0) : 0;
}

MlflowState StateOf(const Json& run) {
  const Json& info = run.at("info");
  MlflowState state{.run = info.at("run_id"),
                    .artifact_uri = info.value("artifact_uri", ""),
                    .status = info.value("status", "")};
  const Json data = run.value("data", Json::object());
  for (const Json& metric : data.value("metrics", Json::array())) {
    const std::string key = metric.at("key");
    state.latest[key] = {key, NumberOf(metric.at("value")),
                         WholeNumber(metric.value("timestamp", Json())),
                         WholeNumber(metric.value("step", Json()))};
  }
  for (const Json& param : data.value("params", Json::array())) {
    state.params[param.at("key")] = param.value("value", "");
  }
  return state;
}

Json PairsOf(const std::vector<std::pair<std::string, std::string>>& pairs, size_t begin,
             size_t most) {
  Json list = Json::array();
  for (size_t i = begin; i < std::min(pairs.size(), begin + most); ++i) {
    list.push_back({{"key", pairs[i].first}, {"value", pairs[i].second}});
  }
  return list;
}

}  // namespace

MlflowClient::MlflowClient(const std::string& url)
    : url_(CheckedUrl(url)), server_(url_, OptionsFromEnvironment()) {}

void MlflowClient::Check(const HttpReply& reply) const {
  const std::string who = "MLflow at " + url_;
  if (reply.status == 0) {
    throw Error(ErrorKind::kIo, who + " does not answer: " + reply.error, {},
                "start the server, or correct the address");
  }
  if (reply.status >= 200 && reply.status < 300) return;
  const Json answer = Json::parse(reply.body, nullptr, false);
  std::string why = "status " + std::to_string(reply.status);
  if (!CodeOf(answer).empty()) why += ", " + CodeOf(answer) + ": " + answer.value("message", "");
  const bool refused = reply.status == 401 || reply.status == 403;
  throw Error(ErrorKind::kIo, who + " refuses: " + Shorten(why, 300), {},
              refused ? "set MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and "
                        "MLFLOW_TRACKING_PASSWORD"
                      : "");
}

Json MlflowClient::Checked(const HttpReply& reply) const {
  Check(reply);
  Json answer = Json::parse(reply.body, nullptr, false);
  if (!answer.is_discarded()) return answer;
  throw Error(ErrorKind::kIo, "what answers at " + url_ + " is no MLflow", {},
              "correct the address");
}

Json MlflowClient::Post(const std::string& what, const Json& body) {
  return Checked(server_.Post(
      kApi + what, body.dump(-1, ' ', false, Json::error_handler_t::replace), "application/json"));
}

std::string MlflowClient::Experiment(const std::string& name) {
  const std::string path =
      std::string(kApi) + "experiments/get-by-name?experiment_name=" + UrlEncode(name);
  for (int attempt = 0; attempt < 2; ++attempt) {
    const HttpReply reply = server_.Get(path);
    if (CodeOf(Json::parse(reply.body, nullptr, false)) != "RESOURCE_DOES_NOT_EXIST") {
      const Json experiment = Checked(reply).at("experiment");
      if (experiment.value("lifecycle_stage", "active") == "active") {
        return experiment.at("experiment_id");
      }
      throw Error(ErrorKind::kIo, "the experiment '" + name + "' was deleted at MLflow at " + url_,
                  {}, "`mlflow experiments restore` brings it back");
    }
    const HttpReply made = server_.Post(std::string(kApi) + "experiments/create",
                                        Json{{"name", name}}.dump(), "application/json");
    // Made by another process in between: ask again.
    if (CodeOf(Json::parse(made.body, nullptr, false)) == "RESOURCE_ALREADY_EXISTS") continue;
    return Checked(made).at("experiment_id");
  }
  throw Error(ErrorKind::kIo, "the experiment '" + name + "' is neither there nor can it be made");
}

std::optional<MlflowState> MlflowClient::Find(const std::string& experiment,
                                              const std::string& uid) {
  const Json answer = Post("runs/search", {{"experiment_ids", {experiment}},
                                           {"filter", "tags.`bottega.run` = '" + uid + "'"},
                                           {"max_results", 1}});
  const Json runs = answer.value("runs", Json::array());
  if (runs.empty()) return std::nullopt;
  return StateOf(runs[0]);
}

MlflowState MlflowClient::Create(const std::string& experiment, const std::string& name,
                                 const std::string& uid, int64_t start) {
  const Json tags = {{{"key", "bottega.run"}, {"value", uid}}};
  return StateOf(Post("runs/create", {{"experiment_id", experiment},
                                      {"run_name", name},
                                      {"start_time", start},
                                      {"tags", tags}})
                     .at("run"));
}

std::optional<MlflowState> MlflowClient::Get(const std::string& run) {
  const HttpReply reply = server_.Get(std::string(kApi) + "runs/get?run_id=" + UrlEncode(run));
  const Json answer = Json::parse(reply.body, nullptr, false);
  if (CodeOf(answer) == "RESOURCE_DOES_NOT_EXIST") return std::nullopt;
  const Json found = Checked(reply).at("run");
  if (found.at("info").value("lifecycle_stage", "active") != "active") return std::nullopt;
  return StateOf(found);
}

void MlflowClient::Log(const std::string& run, const std::vector<MlflowMetric>& metrics,
                       const std::map<std::string, std::string>& params,
                       const std::map<std::string, std::string>& tags) {
  const std::vector<std::pair<std::string, std::string>> settings(params.begin(), params.end());
  const std::vector<std::pair<std::string, std::string>> marks(tags.begin(), tags.end());
  for (size_t i = 0; i < settings.size(); i += kMostParams) {
    Post("runs/log-batch", {{"run_id", run}, {"params", PairsOf(settings, i, kMostParams)}});
  }
  for (size_t i = 0; i < marks.size(); i += kMostTags) {
    Post("runs/log-batch", {{"run_id", run}, {"tags", PairsOf(marks, i, kMostTags)}});
  }
  for (size_t i = 0; i < metrics.size(); i += kMostMetrics) {
    Json list = Json::array();
    for (size_t k = i; k < std::min(metrics.size(), i + kMostMetrics); ++k) {
      list.push_back({{"key", metrics[k].key},
                      {"value", metrics[k].value},
                      {"timestamp", metrics[k].timestamp},
                      {"step", metrics[k].step}});
    }
    Post("runs/log-batch", {{"run_id", run}, {"metrics", list}});
  }
}

void MlflowClient::Update(const std::string& run, const std::string& status,
                          std::optional<int64_t> end) {
  Json body = {{"run_id", run}, {"status", status}};
  if (end) body["end_time"] = *end;
  Post("runs/update", body);
}

bool MlflowClient::PutArtifact(const MlflowState& state, const std::string& name,
                               const std::string& bytes) {
  constexpr std::string_view kProxied = "mlflow-artifacts:";
  if (!state.artifact_uri.starts_with(kProxied)) return false;
  std::string path = state.artifact_uri.substr(kProxied.size());
  if (path.starts_with("//")) {  // mlflow-artifacts://host:port/path
    const size_t slash = path.find('/', 2);
    path = slash == std::string::npos ? "" : path.substr(slash);
  }
  while (path.starts_with('/')) path.erase(0, 1);
  Check(server_.Put(kArtifacts + UrlEncode(path + "/" + name, true), bytes,
                    "application/octet-stream"));
  return true;
}

}  // namespace bottega
