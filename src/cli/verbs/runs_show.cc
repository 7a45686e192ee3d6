#include <algorithm>
#include <cmath>
#include <map>

#include "base/error.h"
#include "base/terminal.h"
#include "base/text.h"
#include "cli/print.h"
#include "cli/run_facts.h"
#include "cli/sketch.h"
#include "cli/verbs/verbs.h"
#include "report/score.h"
#include "run/run_folder.h"
#include "spec/spec.h"

namespace bottega {

const Spec& RunsShowSpec() {
  static const Spec spec = {
      .kind = "verb",
      .name = "runs show",
      .one_line = "everything worth knowing of one run, on a screen",
      .text =
          "What it was made of and how it differs from the defaults, its scores with intervals "
          "beside those of a model that looks at no feature, its curve, its files, and the "
          "commands "
          "that make it again.",
      .params = {{.name = "run",
                  .what = "a run: its id, a part of it, its folder, or latest",
                  .fallback = "latest",
                  .positional = true}},
      .examples = {"bottega runs show latest"}};
  return spec;
}

namespace {

constexpr int kSketchHeight = 10;
constexpr size_t kMostSubRuns = 12;

class Screen {
 public:
  Screen(const Json& facts, std::ostream& out)
      : facts_(facts), out_(out), width_(std::min(TerminalWidth(1), 110)) {}

  void Print() {
    Head();
    Data();
    Settings();
    Scores();
    Curve();
    Inner();
    Files();
    Title("make it again");
    for (const Json& command : facts_["reproduce"]) {
      out_ << "  " << command.get<std::string>() << "\n";
    }
  }

 private:
  void Title(const std::string& text) { out_ << "\n" << Paint(text, Style::kBold) << "\n"; }

  void Line(const std::string& name, const std::string& value) {
    if (value.empty()) return;
    const std::string space(name.size() < 10 ? 10 - name.size() : 1, ' ');
    out_ << "  " << name << space << Shorten(value, width_ - 12) << "\n";
  }

  void Head() {
    const auto tags = facts_["tags"].get<std::vector<std::string>>();
    out_ << Paint(facts_["run"].get<std::string>(), Style::kBold) << "  "
         << facts_["state"].get<std::string>()
         << (tags.empty() ? "" : "  [" + Join(tags, " ") + "]") << "\n";
    if (facts_["stale"].is_string()) {
      out_ << "  " << Paint(facts_["stale"].get<std::string>(), Style::kYellow) << "\n";
    }
    Line("replaced", facts_["replaced_by"].get<std::string>());
    Line("made", facts_["created"].get<std::string>());
    Line("command", facts_["command"].get<std::string>());
    Line("with", "bottega " + facts_["program"].value("version", "") + " (" +
                     facts_["program"].value("build", "") + "), libtorch " +
                     facts_["libtorch"].get<std::string>() + ", " +
                     facts_["machine"].value("processor", ""));
    const Json& trained = facts_["trained"];
    if (!trained.is_object()) return;
    Line("trained", FormatCount(trained.value("epochs", int64_t{0})) + " epochs in " +
                        FormatDuration(trained.value("seconds", 0.0)) + ", the best was " +
                        FormatCount(trained.value("best_epoch", int64_t{0})) + " (" +
                        trained.value("stopped", "") + ")");
  }

  void Data() {
    Title("data");
    const Json& data = facts_["data"];
    const std::string hash = data["inputs"].value("sha256", "");
    Line("source", data["source"].get<std::string>() + "  " +
                       FormatBytes(data["inputs"].value("bytes", int64_t{0})) + "  SHA-256 " +
                       hash.substr(0, 12) + (hash.empty() ? "" : "…"));
    if (data["version"].is_string()) Line("version", data["version"].get<std::string>());
    if (!data["split"].is_object()) return;
    std::vector<std::string> parts;
    for (const auto& [part, facts] : data["split"]["parts"].items()) {
      parts.push_back(FormatCount(facts["rows"].get<int64_t>()) + " " + part);
    }
    Line("rows", Join(parts, ", ") + " (split: " + data["split"].value("method", "") + ", seed " +
                     ValueText(facts_["seeds"].value("split", Json())) + ")");
  }

  void Settings() {
    Title("settings that are no defaults");
    std::vector<std::vector<std::string>> rows;
    for (const Json& setting : facts_["settings"]) {
      rows.push_back({"  " + setting["path"].get<std::string>(), ValueText(setting["value"]),
                      setting["origin"].get<std::string>()});
    }
    if (rows.empty()) out_ << "  none\n";
    PrintTable(out_, rows, width_);
  }

  std::string Cell(const Json& part, const std::string& metric) const {
    const Score score = ScoreAt(part, metric);
    if (!score.known()) return "–";
    const std::string range = RangeText(metric, score);
    return ScoreText(metric, score.value) + (range.empty() ? "" : " (" + range + ")");
  }

  // Metrics a row, parts a column; the baseline of the part that is judged comes last.
  void Scores() {
    const Json& metrics = facts_["metrics"];
    if (!metrics.is_object()) return;
    Title("scores, with " + FormatNumber(100 * metrics.value("level", 0.95)) + " % intervals");
    const std::vector<std::string> parts = PartsOf(metrics);
    const std::string judged = JudgedPart(metrics);
    std::vector<std::vector<std::string>> rows = {{"  "}};
    for (const std::string& part : parts) rows[0].push_back(part);
    rows[0].push_back("no features");
    for (const auto& [name, score] : metrics[judged].items()) {
      if (!score.is_object() || !score.contains("value")) continue;
      rows.push_back({"  " + MetricLabel(name)});
      for (const std::string& part : parts) rows.back().push_back(Cell(metrics[part], name));
      rows.back().push_back(Cell(Member(metrics[judged], "baseline"), name));
    }
    PrintTable(out_, rows, std::max(width_, 100));
  }

  std::vector<double> Series(const std::string& key) const {
    std::vector<double> values;
    for (const Json& epoch : facts_["curve"]) {
      const Json value = epoch.value(key, Json());
      values.push_back(value.is_number() ? value.get<double>() : NAN);
    }
    return values;
  }

  void Curve() {
    const std::vector<double> epochs = Series("epoch");
    Sketch loss{.curves = {{"train.loss", '.', epochs, Series("train.loss")}},
                .x_label = "epoch",
                .width = std::min(width_, 84),
                .height = kSketchHeight};
    const std::vector<double> validation = Series("validation.loss");
    if (std::ranges::any_of(validation, [](double y) { return std::isfinite(y); })) {
      loss.curves.push_back({"validation.loss", 'o', epochs, validation});
    }
    const std::string sketch = DrawSketch(loss);
    if (sketch.empty()) return;
    Title("loss");
    out_ << sketch;
  }

  void Inner() {
    const Json& runs = facts_["runs"];
    if (runs.empty()) return;
    Title("runs inside");
    std::vector<std::vector<std::string>> rows;
    for (const Json& run : runs) {
      if (rows.size() == kMostSubRuns) break;
      const Json& result = run["result"];
      rows.push_back({"  " + run["name"].get<std::string>(), run["state"].get<std::string>(),
                      result.is_null() ? ""
                                       : result["metric"].get<std::string>() + " " +
                                             FormatNumber(result["value"].get<double>(), 3)});
    }
    PrintTable(out_, rows, width_);
    if (runs.size() > kMostSubRuns) out_ << "  and " << runs.size() - kMostSubRuns << " more\n";
  }

  // Files by their first folder, the largest first.
  void Files() {
    std::map<std::string, std::pair<int64_t, int64_t>> groups;
    int64_t all = 0;
    for (const Json& file : facts_["files"]) {
      const std::string path = file["path"].get<std::string>();
      const size_t slash = path.find('/');
      auto& group = groups[slash == std::string::npos ? path : path.substr(0, slash + 1)];
      group.first += file["bytes"].get<int64_t>();
      ++group.second;
      all += file["bytes"].get<int64_t>();
    }
    std::vector<std::pair<int64_t, std::string>> sorted;
    for (const auto& [name, group] : groups) {
      sorted.emplace_back(group.first, name + " " + FormatBytes(group.first));
    }
    std::ranges::sort(sorted, std::greater());
    std::vector<std::string> words;
    for (const auto& [bytes, text] : sorted) words.push_back(text);
    Title("files in " + facts_["folder"].get<std::string>() + ", " + FormatBytes(all));
    std::string line = " ";
    for (const std::string& word : words) {
      if (DisplayWidth(line + "  " + word) > width_) {
        out_ << line << "\n";
        line = " ";
      }
      line += (line == " " ? " " : ", ") + word;
    }
    out_ << line << "\n";
  }

  const Json& facts_;
  std::ostream& out_;
  const int width_;
};

}  // namespace

Json RunRunsShow(Invocation& call) {
  const RunFolder run = FindRun(".", call.Text("run"));
  Json facts = RunFacts(run);
  if (!call.json) Screen(facts, *call.out).Print();
  return facts;
}

}  // namespace bottega
