#include "base/terminal.h"
#include "base/text.h"
#include "cli/print.h"
#include "cli/verbs/verbs.h"
#include "run/receipt.h"
#include "run/run_folder.h"

namespace bottega {

const Spec& RunsSpec() {
  static const Spec spec = {.kind = "verb",
                            .name = "runs",
                            .one_line = "list the runs of this folder, newest first",
                            .params = {},
                            .examples = {"bottega runs"}};
  return spec;
}

namespace {

Json Headline(const RunFolder& run) {
  if (!run.Has("metrics.json")) return nullptr;
  const Json metrics = run.Read("metrics.json");
  if (!metrics.contains("test")) return nullptr;
  for (const char* name : {"accuracy", "r2"}) {
    if (metrics["test"].contains(name)) {
      return {{"metric", std::string("test.") + name}, {"value", metrics["test"][name]["value"]}};
    }
  }
  return nullptr;
}

}  // namespace

Json RunRuns(Invocation& call) {
  std::vector<std::vector<std::string>> rows = {{"run", "state", "model", "result", "data"}};
  Json result = Json::array();
  const std::vector<Receipt> receipts = ListReceipts(".");
  for (const RunFolder& run : ListRuns(".")) {
    const Json manifest = run.Read("manifest.json");
    const Json& recipe = manifest.at("recipe");
    const std::string state = run.Has("metrics.json") ? "evaluated"
                              : run.Trained()         ? "trained"
                                                      : "unfinished";
    const Json model = recipe.value("model", Json::object());
    const Json headline = Headline(run);
    const std::string name = model.is_object() ? model.value("name", "") : "";
    const auto stale = StaleState(receipts, run.id());
    const bool learned = stale && stale->training > 0;
    const std::string replaced_by = ReplacedBy(receipts, run.id());
    const size_t beside = manifest.value("trainings", Json::array()).size();
    const std::string mark = !replaced_by.empty() ? ", replaced" : learned ? ", stale" : "";
    const std::string sides = beside > 0 ? ", +" + std::to_string(beside) : "";
    rows.push_back({run.id(), state + sides + mark, name,
                    headline.is_null() || headline["value"].is_null()
                        ? ""
                        : headline["metric"].get<std::string>() + " " +
                              FormatNumber(headline["value"].get<double>(), 3),
                    recipe["data"]["source"].get<std::string>()});
    result.push_back({{"run", run.id()},
                      {"state", state},
                      {"model", name},
                      {"result", headline},
                      {"trainings_beside", beside},
                      {"stale", learned},
                      {"replaced_by", replaced_by}});
  }
  if (!call.json) {
    if (result.empty()) {
      *call.out << "no runs here yet; `bottega run DATA` makes the first\n";
    } else {
      PrintTable(*call.out, rows, TerminalWidth(1));
    }
  }
  return result;
}

}  // namespace bottega
