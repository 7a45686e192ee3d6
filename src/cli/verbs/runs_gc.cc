#include "base/error.h"
#include "base/terminal.h"
#include "base/text.h"
#include "cli/print.h"
#include "cli/verbs/verbs.h"
#include "run/garbage.h"

namespace bottega {

const Spec& RunsGcSpec() {
  static const Spec spec = {
      .kind = "verb",
      .name = "runs gc",
      .one_line = "what of the runs can be removed; with --yes it is removed",
      .text =
          "Without `--yes` nothing is touched: what would go is listed with its size. These go: "
          "runs whose training never ended and was left for a day, checkpoints of finished runs "
          "(their model stays; they can no longer be trained further), and, with `--older-than`, "
          "finished runs without a tag. The newest run, the unfinished ones that `train`, `tune` "
          "and "
          "`ablate --resume` would continue, runs with a tag, runs that are being written to, and "
          "runs that a recipe, a review, a receipt or another run names always stay. What was "
          "removed stays on record in `.bottega/removed/`.",
      .params = {{.name = "older_than",
                  .what = "finished runs without a tag that were last written to so long ago: 30d, "
                          "12h",
                  .unit = "AGE"},
                 {.name = "unfinished",
                  .what = "unfinished runs that were last written to so long ago",
                  .fallback = "1d",
                  .unit = "AGE"},
                 {.name = "checkpoints",
                  .type = ParamType::kBool,
                  .what = "checkpoints of finished runs too (--no-checkpoints keeps them)",
                  .fallback = true},
                 {.name = "dry_run",
                  .type = ParamType::kBool,
                  .what = "only list; as without --yes",
                  .fallback = false},
                 {.name = "yes",
                  .type = ParamType::kBool,
                  .what = "remove what is listed",
                  .fallback = false}},
      .synonyms = {"prune", "clean up"},
      .examples = {"bottega runs gc", "bottega runs gc --older-than 30d --no-checkpoints"}};
  return spec;
}

namespace {

// "30d", "12h", "90min", "45s" -> seconds.
double AgeOf(const std::string& text, const std::string& flag) {
  const size_t end = text.find_first_not_of("0123456789.");
  const std::string unit = end == std::string::npos ? "" : text.substr(end);
  const auto number = ParseNumber(text.substr(0, end));
  double scale = 0;
  if (unit == "s") scale = 1;
  if (unit == "min") scale = 60;
  if (unit == "h") scale = 3600;
  if (unit == "d") scale = 24 * 3600;
  if (unit == "w") scale = 7 * 24 * 3600;
  if (number && scale > 0) return *number * scale;
  throw Error(ErrorKind::kUsage, "'" + text + "' is no age: write a number and s, min, h, d or w",
              {}, "bottega runs gc " + flag + " 30d");
}

std::string AgeText(double seconds) {
  if (seconds >= 48 * 3600) return FormatCount(static_cast<int64_t>(seconds / 86400)) + " days";
  if (seconds >= 2 * 3600) return FormatCount(static_cast<int64_t>(seconds / 3600)) + " hours";
  return FormatDuration(seconds);
}

void Print(const std::vector<Garbage>& garbage, const std::vector<KeptRun>& kept,
           std::ostream& out) {
  std::vector<std::vector<std::string>> rows = {{"run", "what", "size", "files", "last written"}};
  int64_t bytes = 0;
  for (const Garbage& one : garbage) {
    rows.push_back({one.run.id(), std::string(GarbageKindName(one.kind)), FormatBytes(one.bytes),
                    FormatCount(one.files), AgeText(one.age) + " ago"});
    bytes += one.bytes;
  }
  if (garbage.empty()) {
    out << "nothing to remove\n";
  } else {
    PrintTable(out, rows, TerminalWidth(1));
    out << FormatBytes(bytes) << " in all\n";
  }
  for (const KeptRun& run : kept) out << "kept  " << run.run << ": " << run.why << "\n";
}

Json ToJson(const std::vector<Garbage>& garbage, const std::vector<KeptRun>& kept) {
  Json found = Json::array(), stays = Json::array();
  for (const Garbage& one : garbage) {
    found.push_back({{"run", one.run.id()},
                     {"what", GarbageKindName(one.kind)},
                     {"bytes", one.bytes},
                     {"files", one.files},
                     {"age_seconds", one.age}});
  }
  for (const KeptRun& run : kept) stays.push_back({{"run", run.run}, {"why", run.why}});
  return {{"found", found}, {"kept", stays}, {"removed", nullptr}};
}

}  // namespace

Json RunRunsGc(Invocation& call) {
  if (call.Flag("yes") && call.Flag("dry_run")) {
    throw Error(ErrorKind::kUsage, "--dry-run and --yes contradict each other", {},
                "bottega runs gc --dry-run");
  }
  GarbageRules rules{.checkpoints = call.Flag("checkpoints"),
                     .unfinished_age = AgeOf(call.Text("unfinished"), "--unfinished")};
  if (!call.Text("older_than").empty()) {
    rules.old_age = AgeOf(call.Text("older_than"), "--older-than");
  }
  std::vector<KeptRun> kept;
  const std::vector<Garbage> garbage = FindGarbage(".", rules, &kept);
  if (!call.json) Print(garbage, kept, *call.out);
  Json result = ToJson(garbage, kept);
  if (!call.Flag("yes")) {
    if (!call.json && !garbage.empty()) *call.out << "nothing was removed: --yes does it\n";
    return result;
  }
  if (garbage.empty()) return result;
  result["removed"] = RemoveGarbage(".", garbage);
  const Json& items = result["removed"]["items"];
  int64_t bytes = 0;
  for (const Json& item : items) bytes += item["bytes"].get<int64_t>();
  if (!call.json) {
    *call.out << "removed " << FormatBytes(bytes) << "; on record in .bottega/removed/"
              << result["removed"]["id"].get<std::string>() << ".json\n";
  }
  return result;
}

}  // namespace bottega
