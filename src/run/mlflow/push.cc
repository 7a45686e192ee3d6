#include "run/mlflow/push.h"

#include <sys/stat.h>

#include <chrono>
#include <thread>

#include "base/clock.h"
#include "base/files.h"
#include "base/hash.h"
#include "run/mlflow/client.h"
#include "run/mlflow/described_run.h"
#include "run/tags.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

constexpr int kFormat = 1;
constexpr size_t kMetricsAtOnce = 1000;

Json ReadState(const RunFolder& run) {
  if (!run.Has(kPushFile)) return {{"format", kFormat}, {"servers", Json::object()}};
  return run.Read(kPushFile);
}

// Whoever takes the run's lock sweeps temporary files out of its folder, this one perhaps too.
void WriteState(const RunFolder& run, const Json& state) {
  for (int attempt = 0; attempt < 3; ++attempt) {
    try {
      return run.Write(kPushFile, state);
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::kIo || attempt == 2) throw;
    }
  }
}

// The entry of one server; a new one where there is none.
Json& ServerOf(Json* state, const std::string& url) {
  Json& server = (*state)["servers"][url];
  if (server.is_null()) {
    server = {{"experiment", nullptr},
              {"run", nullptr},
              {"sent", nullptr},
              {"artifacts", Json::object()}};
  }
  return server;
}

// Changes when any file that is sent does.
std::string StampOf(const RunFolder& run) {
  std::string facts;
  for (const char* name : {"manifest.json", "log.jsonl", "metrics.json", "fairness.json",
                           "report.html", "card.md", kTagsFile}) {
    struct stat info{};
    if (stat(run.File(name).c_str(), &info) != 0) continue;
    facts += std::string(name) + " " + std::to_string(info.st_size) + " " +
             std::to_string(info.st_mtim.tv_sec) + "." + std::to_string(info.st_mtim.tv_nsec) +
             "\n";
  }
  return Sha256Hex(facts).substr(0, 16);
}

class Patience {
 public:
  Patience(double seconds, Cancellation* cancellation)
      : until_(MonotonicSeconds() + seconds), cancellation_(cancellation) {}
  bool Over() const {
    return MonotonicSeconds() > until_ || (cancellation_ != nullptr && cancellation_->cancelled());
  }
  void Check(const std::string& url) const {
    if (!Over()) return;
    throw Error(ErrorKind::kIo, "MLflow at " + url + " takes too long", {},
                "`bottega runs push --mlflow " + url + "` sends the rest");
  }

 private:
  double until_;
  Cancellation* cancellation_;
};

// One process of a project sends at a time.
FolderLock LockPush(const RunFolder& run, const Patience& patience) {
  while (true) {
    try {
      return FolderLock(run.Project() / ".bottega" / "mlflow", "wait for it");
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::kUsage || patience.Over()) throw;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
}

// What of it the server does not have. Curves rise in step; a final score is sent again when it was
// measured anew.
bool IsNew(const MlflowMetric& metric, const MlflowState& state) {
  const auto known = state.latest.find(metric.key);
  if (known == state.latest.end()) return true;
  return std::pair(metric.step, metric.step == 0 ? metric.timestamp : 0) >
         std::pair(known->second.step, metric.step == 0 ? known->second.timestamp : 0);
}

class Push {
 public:
  Push(const RunFolder& run, const std::string& url, bool running, double patience,
       Cancellation* cancellation)
      : run_(run),
        url_(CheckedUrl(url)),
        running_(running),
        patience_(patience, cancellation),
        lock_(LockPush(run, patience_)),
        client_(url_),
        cancellation_(cancellation) {
    if (cancellation_ != nullptr) cancellation_->Watch([this] { client_.Cancel(); });
  }
  ~Push() {
    if (cancellation_ != nullptr) cancellation_->Watch(nullptr);
  }
  Push(const Push&) = delete;
  Push& operator=(const Push&) = delete;

  Pushed Run() {
    const std::string stamp = StampOf(run_);
    const DescribedRun described = DescribeForMlflow(run_, running_);
    state_ = ReadState(run_);
    const MlflowState there = Attach(described);
    SendSettings(described, there);
    SendMetrics(described, there);
    SendArtifacts(described, there);
    if (there.status != described.status) {
      client_.Update(there.run, described.status, described.end);
    }
    ServerOf(&state_, url_)["sent"] = running_ ? Json() : Json(stamp);
    WriteState(run_, state_);
    pushed_.run = there.run;
    return pushed_;
  }

 private:
  // The run at the server: the one that is known, one that an earlier push made, or a new one.
  MlflowState Attach(const DescribedRun& described) {
    Json& server = ServerOf(&state_, url_);
    pushed_.experiment = run_.Project().filename().string();
    if (pushed_.experiment.empty()) pushed_.experiment = "bottega";
    if (server["run"].is_string()) {
      pushed_.experiment = server.value("experiment", pushed_.experiment);
      if (const auto known = client_.Get(server["run"].get<std::string>())) return *known;
    }
    const std::string experiment = client_.Experiment(pushed_.experiment);
    std::optional<MlflowState> there = client_.Find(experiment, described.uid);
    if (there) there = client_.Get(there->run);
    if (!there) there = client_.Create(experiment, run_.id(), described.uid, described.start);
    server["experiment"] = pushed_.experiment;
    server["run"] = there->run;
    server["artifacts"] = Json::object();
    WriteState(run_, state_);
    return *there;
  }

  void SendSettings(const DescribedRun& described, const MlflowState& there) {
    std::map<std::string, std::string> missing;
    for (const auto& [key, value] : described.params) {
      if (!there.params.contains(key)) missing[key] = value;
    }
    patience_.Check(url_);
    client_.Log(there.run, {}, missing, described.tags);
    pushed_.params = static_cast<int64_t>(missing.size());
  }

  void SendMetrics(const DescribedRun& described, const MlflowState& there) {
    std::vector<MlflowMetric> batch;
    const auto send = [&] {
      patience_.Check(url_);
      client_.Log(there.run, batch, {}, {});
      pushed_.metrics += static_cast<int64_t>(batch.size());
      batch.clear();
    };
    for (const MlflowMetric& metric : described.metrics) {
      if (!IsNew(metric, there)) continue;
      batch.push_back(metric);
      if (batch.size() == kMetricsAtOnce) send();
    }
    if (!batch.empty()) send();
  }

  void SendArtifacts(const DescribedRun& described, const MlflowState& there) {
    for (const std::string& name : described.artifacts) {
      const std::string bytes = ReadFile(run_.File(name));
      const std::string hash = Sha256Hex(bytes);
      Json& sent = ServerOf(&state_, url_)["artifacts"];
      if (sent.value(name, "") == hash) continue;
      patience_.Check(url_);
      if (!client_.PutArtifact(there, name, bytes)) {
        pushed_.artifacts_taken = false;
        return;
      }
      sent[name] = hash;
      ++pushed_.artifacts;
    }
  }

  const RunFolder& run_;
  const std::string url_;
  const bool running_;
  const Patience patience_;
  const FolderLock lock_;
  MlflowClient client_;
  Cancellation* const cancellation_;
  Json state_;
  Pushed pushed_;
};

}  // namespace

void OwePush(const RunFolder& run, const std::string& url) {
  Json state = ReadState(run);
  ServerOf(&state, CheckedUrl(url))["sent"] = nullptr;
  WriteState(run, state);
}

std::vector<RunFolder> OwedRuns(const fs::path& project, const std::string& url) {
  std::vector<RunFolder> owed;
  for (const RunFolder& run : ListRuns(project)) {
    if (!run.Has(kPushFile)) continue;
    const Json state = ReadState(run);
    const auto server = state.at("servers").find(CheckedUrl(url));
    if (server == state.at("servers").end()) continue;
    if (server->value("sent", Json()) != Json(StampOf(run))) owed.insert(owed.begin(), run);
  }
  return owed;
}

Pushed PushRun(const RunFolder& run, const std::string& url, bool running, double patience,
               Cancellation* cancellation) {
  return Push(run, url, running, patience, cancellation).Run();
}

void Cancellation::Cancel() {
  const std::lock_guard lock(mutex_);
  cancelled_ = true;
  if (stop_) stop_();
}

bool Cancellation::cancelled() {
  const std::lock_guard lock(mutex_);
  return cancelled_;
}

void Cancellation::Watch(std::function<void()> stop) {
  const std::lock_guard lock(mutex_);
  stop_ = std::move(stop);
}

}  // namespace bottega
