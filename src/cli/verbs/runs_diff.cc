#include <algorithm>
#include <cmath>
#include <set>

#include "base/error.h"
#include "base/terminal.h"
#include "base/text.h"
#include "cli/print.h"
#include "cli/verbs/verbs.h"
#include "report/score.h"
#include "run/run_record.h"
#include "run/settings.h"
#include "spec/spec.h"

namespace bottega {

const Spec& RunsDiffSpec() {
  static const Spec spec = {
      .kind = "verb",
      .name = "runs diff",
      .one_line = "how two runs differ: settings with where they came from, data, plan, scores",
      .text =
          "Only what differs is shown. Scores stand beside each other as they were measured; "
          "whether "
          "their difference is more than chance says `bottega runs compare`.",
      .params = {{.name = "before",
                  .what = "a run: its id, a part of it, its folder, or latest",
                  .required = true,
                  .positional = true},
                 {.name = "after", .what = "another", .required = true, .positional = true}},
      .examples = {"bottega runs diff latest latest"}};
  return spec;
}

namespace {

// A setting or fact of both runs; null where a run has none.
struct Difference {
  std::string path;
  Json before, after;
  std::string origin_before, origin_after;
};

Json OrNull(const std::map<std::string, Json>& settings, const std::string& path) {
  const auto found = settings.find(path);
  return found == settings.end() ? Json() : found->second;
}

// Of two flat maps, entries that are not the same.
std::vector<Difference> Differences(const std::map<std::string, Json>& a,
                                    const std::map<std::string, Json>& b) {
  std::set<std::string> paths;
  for (const auto* one : {&a, &b}) {
    for (const auto& [path, value] : *one) paths.insert(path);
  }
  std::vector<Difference> found;
  for (const std::string& path : paths) {
    const bool in_both = a.contains(path) && b.contains(path);
    const Json before = OrNull(a, path), after = OrNull(b, path);
    if (!in_both || before != after) found.push_back({path, before, after, "", ""});
  }
  return found;
}

std::vector<Difference> SettingDifferences(const Json& a, const Json& b) {
  std::vector<Difference> found =
      Differences(FlatSettings(a.at("recipe")), FlatSettings(b.at("recipe")));
  for (Difference& one : found) {
    one.origin_before = OriginOf(a.value("origin", Json::object()), one.path);
    one.origin_after = OriginOf(b.value("origin", Json::object()), one.path);
  }
  return found;
}

// What the runs were made from and with.
std::map<std::string, Json> MakingOf(const Json& manifest) {
  const Json inputs = manifest.value("inputs", Json::object());
  const Json program = manifest.value("program", Json::object());
  std::map<std::string, Json> facts = {
      {"data.sha256", inputs.value("sha256", Json())},
      {"data.bytes", inputs.value("bytes", Json())},
      {"data.version", manifest.value("data_version", Json())},
      {"bottega.version", program.value("version", Json())},
      {"bottega.build", program.value("build", Json())},
      {"libtorch", manifest.value("libtorch", Json())},
      {"processor", manifest.value("machine", Json::object()).value("processor", Json())}};
  const Json trained = manifest.value("trained", Json::object());
  for (const auto& [key, value] : trained.items()) {
    if (key != "seconds") facts["trained." + key] = value;
  }
  return facts;
}

std::string SealOf(const Json& manifest, const std::string& file) {
  const Json outputs = manifest.value("outputs", Json::object());
  return outputs.value(file, Json::object()).value("sha256", "");
}

// Steps of plan.json whose settings or learned state differ, and files that are not the same.
std::vector<std::string> PlanDifferences(const RunFolder& a, const RunFolder& b) {
  std::vector<std::string> found;
  if (!a.Has("plan.json") || !b.Has("plan.json")) return found;
  const Json before = a.Read("plan.json"), after = b.Read("plan.json");
  if (before.value("columns", Json()) != after.value("columns", Json())) {
    found.push_back("the columns that were read");
  }
  const auto steps = [](const Json& plan) {
    std::map<std::string, Json> all;
    for (const Json& step : plan.value("steps", Json::array())) {
      std::string name = step.value("step", "");
      while (all.contains(name)) name += "'";
      all[name] = step;
    }
    return all;
  };
  const auto steps_a = steps(before), steps_b = steps(after);
  for (const Difference& one : Differences(steps_a, steps_b)) {
    const char* what = one.before.is_null()  ? " is new"
                       : one.after.is_null() ? " is gone"
                                             : " learned something else";
    found.push_back("step " + one.path + what);
  }
  return found;
}

Json ScoreDifferences(const Json& a, const Json& b) {
  Json rows = Json::array();
  if (!a.is_object() || !b.is_object()) return rows;
  for (const char* part : {"train", "validation", "test"}) {
    if (!a.contains(part) || !b.contains(part)) continue;
    for (const auto& [name, score] : a[part].items()) {
      if (!score.is_object() || !score.contains("value") || !b[part].contains(name)) continue;
      const Score before = ScoreAt(a[part], name), after = ScoreAt(b[part], name);
      if (!before.known() || !after.known()) continue;
      rows.push_back({{"path", std::string(part) + "." + name},
                      {"before", score},
                      {"after", b[part][name]},
                      {"difference", after.value - before.value}});
    }
  }
  return rows;
}

std::string Text(const Json& value) { return value.is_null() ? "–" : ValueText(value); }

Json ToJson(const std::vector<Difference>& differences) {
  Json list = Json::array();
  for (const Difference& one : differences) {
    Json json = {{"path", one.path}, {"before", one.before}, {"after", one.after}};
    if (!one.origin_before.empty()) {
      json["origin"] = {{"before", one.origin_before}, {"after", one.origin_after}};
    }
    list.push_back(json);
  }
  return list;
}

class Printer {
 public:
  Printer(const RunFolder& a, const RunFolder& b, std::ostream& out) : a_(a), b_(b), out_(out) {}

  void Differing(const std::string& what, const std::vector<Difference>& differences) {
    std::vector<std::vector<std::string>> rows = {{what, a_.id(), b_.id()}};
    for (const Difference& one : differences) {
      rows.push_back(
          {one.path, Cell(one.before, one.origin_before), Cell(one.after, one.origin_after)});
    }
    Table(what, rows);
  }

  void Plan(const std::vector<std::string>& plan) {
    for (const std::string& line : plan) out_ << "plan  " << line << "\n";
    out_ << (plan.empty() ? "plan  the same fitted steps\n\n" : "\n");
  }

  // Of the part that is judged.
  void Scores(const Json& scores) {
    std::vector<std::vector<std::string>> rows = {{"score", a_.id(), b_.id(), "difference"}};
    for (const Json& score : scores) {
      const std::string path = score["path"].get<std::string>();
      if (!path.starts_with("test.")) continue;
      const std::string name = path.substr(5);
      const double difference = score["difference"].get<double>();
      rows.push_back({path, ScoreText(name, score["before"]["value"].get<double>()),
                      ScoreText(name, score["after"]["value"].get<double>()),
                      (difference > 0 ? "+" : "") + FormatNumber(difference, 3)});
    }
    if (rows.size() > 1) PrintTable(out_, rows, TerminalWidth(1));
  }

 private:
  static std::string Cell(const Json& value, const std::string& origin) {
    return Text(value) + (origin.empty() || origin == "default" ? "" : "  (" + origin + ")");
  }

  void Table(const std::string& what, const std::vector<std::vector<std::string>>& rows) {
    if (rows.size() == 1) {
      out_ << what << "  the same\n\n";
      return;
    }
    PrintTable(out_, rows, std::max(TerminalWidth(1), 100));
    out_ << "\n";
  }

  const RunFolder &a_, &b_;
  std::ostream& out_;
};

Json OptionalMetrics(const RunFolder& run) {
  return run.Has("metrics.json") ? run.Read("metrics.json") : Json();
}

}  // namespace

Json RunRunsDiff(Invocation& call) {
  const RunFolder a = FindRun(".", call.Text("before")), b = FindRun(".", call.Text("after"));
  const Json before = a.Read("manifest.json"), after = b.Read("manifest.json");
  const std::vector<Difference> settings = SettingDifferences(before, after);
  std::vector<Difference> making = Differences(MakingOf(before), MakingOf(after));
  const std::vector<std::string> plan = PlanDifferences(a, b);
  const bool same_split = SealOf(before, "split.parquet") == SealOf(after, "split.parquet");
  const Json scores = ScoreDifferences(OptionalMetrics(a), OptionalMetrics(b));
  if (!call.json) {
    Printer printer(a, b, *call.out);
    printer.Differing("settings", settings);
    printer.Differing("made from", making);
    if (before.contains("outputs") && after.contains("outputs")) {
      *call.out << "split  " << (same_split ? "the same rows in each part\n" : "other rows\n");
    }
    printer.Plan(plan);
    printer.Scores(scores);
  }
  return {{"before", a.id()},
          {"after", b.id()},
          {"settings", ToJson(settings)},
          {"made_from", ToJson(making)},
          {"same_split", same_split},
          {"plan", plan},
          {"scores", scores}};
}

}  // namespace bottega
