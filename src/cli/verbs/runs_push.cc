#include "base/error.h"
#include "base/progress.h"
#include "base/text.h"
#include "cli/mlflow_url.h"
#include "cli/verbs/verbs.h"
#include "run/mlflow/push.h"
#include "run/running.h"

namespace bottega {

const Spec& RunsPushSpec() {
  static const Spec spec = {
      .kind = "verb",
      .name = "runs push",
      .one_line = "send runs to an MLflow server: what is owed to it, or the run that is named",
      .text =
          "Without a run, what `--mlflow` could not send when the server was down is sent, and "
          "what "
          "changed since. A run goes into the experiment named after the project's folder: "
          "settings "
          "as parameters, curves and final scores with their intervals as metrics, the report and "
          "the card as artifacts where the server takes files. Nothing is there twice, however "
          "often "
          "it is sent. Credentials: MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and "
          "MLFLOW_TRACKING_PASSWORD.",
      .params = {{.name = "run",
                  .what = "a run: its id, a part of it, its folder, or latest",
                  .positional = true},
                 {.name = "mlflow",
                  .what = "address of the server, as http://127.0.0.1:5000",
                  .required = true,
                  .unit = "URL"},
                 {.name = "all",
                  .type = ParamType::kBool,
                  .what = "every run of this project",
                  .fallback = false}},
      .synonyms = {"sync", "mlflow"},
      .examples = {"bottega runs push latest --mlflow http://127.0.0.1:5000"}};
  return spec;
}

namespace {

constexpr double kPatience = 600;  // seconds a run: somebody asked for it, and waits

std::vector<RunFolder> RunsToPush(const Invocation& call, const std::string& url) {
  const std::string name = call.Text("run");
  if (!name.empty() && call.Flag("all")) {
    throw Error(ErrorKind::kUsage, "--all is every run, and one is named", {},
                "bottega runs push --help");
  }
  if (!name.empty()) return {FindRun(".", name)};
  if (!call.Flag("all")) return OwedRuns(".", url);
  std::vector<RunFolder> runs = ListRuns(".");
  return {runs.rbegin(), runs.rend()};
}

}  // namespace

Json RunRunsPush(Invocation& call) {
  const std::string url = MlflowUrl(call);
  const std::vector<RunFolder> runs = RunsToPush(call, url);
  const RunningRuns running(".");
  Json sent = Json::array();
  Progress progress("Sending", static_cast<int64_t>(runs.size()), "runs");
  for (const RunFolder& run : runs) {
    OwePush(run, url);
    const Pushed pushed = PushRun(run, url, running.Contains(run.id()), kPatience);
    progress.Advance();
    sent.push_back({{"run", run.id()},
                    {"experiment", pushed.experiment},
                    {"mlflow_run", pushed.run},
                    {"metrics", pushed.metrics},
                    {"params", pushed.params},
                    {"artifacts", pushed.artifacts},
                    {"artifacts_taken", pushed.artifacts_taken}});
    if (call.json) continue;
    *call.out << run.id() << ": " << FormatCount(pushed.metrics) << " metrics, "
              << FormatCount(pushed.params) << " parameters, " << FormatCount(pushed.artifacts)
              << " files sent to the experiment " << pushed.experiment << "\n";
    if (!pushed.artifacts_taken) {
      *call.out << "  the server takes no files: the tag bottega.folder says where they lie\n";
    }
  }
  if (!call.json && runs.empty()) *call.out << "nothing is owed to " << url << "\n";
  return {{"url", url}, {"sent", sent}};
}

}  // namespace bottega
