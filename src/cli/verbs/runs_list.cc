#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "base/error.h"
#include "base/terminal.h"
#include "base/text.h"
#include "cli/print.h"
#include "cli/run_scores.h"
#include "cli/verbs/verbs.h"
#include "run/receipt.h"
#include "run/run_index.h"
#include "run/running.h"
#include "spec/spec.h"

namespace bottega {

const Spec& RunsListSpec() {
  static const Spec spec = {
      .kind = "verb",
      .name = "runs list",
      .one_line = "list the runs of this folder, newest first; also plain `bottega runs`",
      .text =
          "Shown beside model, result and data are the settings in which the listed runs differ, "
          "as far as somebody set them. `--where` takes the conditions that gates are written in, "
          "several times if need be: `--where 'lower(test.f1) >= 0.8'`. `--sort` puts the best "
          "first. What is shown comes from an index that follows the folders by itself.",
      .params = {{.name = "where",
                  .type = ParamType::kTextList,
                  .what = "only runs for which this holds",
                  .fallback = Json::array(),
                  .unit = "CONDITION"},
                 {.name = "tag",
                  .type = ParamType::kTextList,
                  .what = "only runs that have this tag (all of these tags)",
                  .fallback = Json::array(),
                  .unit = "TAG"},
                 {.name = "state",
                  .type = ParamType::kChoice,
                  .what = "only runs in this state",
                  .choices = {"running", "unfinished", "trained", "evaluated", "damaged"},
                  .unit = "STATE"},
                 {.name = "sort", .what = "by this score, the best first", .unit = "PATH"},
                 {.name = "limit",
                  .type = ParamType::kInt,
                  .what = "at most so many",
                  .min = 1,
                  .unit = "N"}},
      .synonyms = {"experiments"},
      .examples = {"bottega runs", "bottega runs list --sort test.f1 --limit 5",
                   "bottega runs list --where 'test.accuracy >= 0.5' --json"}};
  return spec;
}

namespace {

constexpr size_t kMostSettings = 3;
// Beyond so many runs, values that nobody set are not looked up.
constexpr size_t kMostLookedUp = 500;

struct Column {
  std::string name;
  std::unordered_map<std::string, std::string> cells;  // by run
};

class Listing {
 public:
  explicit Listing(const Invocation& call)
      : call_(call), index_("."), runs_(index_.Runs()), receipts_(ListReceipts(".")) {
    const RunningRuns running(".");
    for (RunRecord& run : runs_) {
      if (run.state == "unfinished" && running.Contains(run.id)) run.state = "running";
    }
  }

  bool no_runs() const { return total_ == 0; }

  void Choose() {
    total_ = runs_.size();
    const std::string state = call_.Text("state");
    if (!state.empty()) {
      std::erase_if(runs_, [&](const RunRecord& run) { return run.state != state; });
    }
    for (const std::string& tag : call_.args.at("tag").get<std::vector<std::string>>()) {
      std::erase_if(runs_,
                    [&](const RunRecord& run) { return std::ranges::count(run.tags, tag) == 0; });
    }
    for (const std::string& text : call_.args.at("where").get<std::vector<std::string>>()) {
      Keep(ParseCondition(text));
    }
    if (!call_.Text("sort").empty()) Sort(ParseCondition(call_.Text("sort"), "> 0"));
    const Json& limit = call_.args.at("limit");
    if (limit.is_number() && runs_.size() > limit.get<size_t>()) runs_.resize(limit.get<size_t>());
    AddSettings();
  }

  void Print(std::ostream& out) const {
    if (runs_.empty()) {
      out << (no_runs() ? "no runs here yet; `bottega run DATA` makes the first\n"
                        : "none of " + FormatCount(static_cast<int64_t>(total_)) + " runs\n");
      return;
    }
    const bool tags =
        std::ranges::any_of(runs_, [](const RunRecord& run) { return !run.tags.empty(); });
    // An id that is cut could not be used: columns of settings give way.
    size_t shown = columns_.size();
    std::vector<std::vector<std::string>> rows = Rows(tags, shown);
    while (shown > columns_.size() - settings_ && WidthOf(rows) > TerminalWidth(1)) {
      rows = Rows(tags, --shown);
    }
    PrintTable(out, rows, TerminalWidth(1));
  }

  std::vector<std::vector<std::string>> Rows(bool tags, size_t columns) const {
    std::vector<std::vector<std::string>> rows = {{"run", "state", "model", "result"}};
    if (tags) rows[0].insert(rows[0].begin() + 1, "tags");
    for (size_t c = 0; c < columns; ++c) rows[0].push_back(columns_[c].name);
    rows[0].push_back("data");
    for (const RunRecord& run : runs_) {
      rows.push_back({run.id, run.state + Mark(run.id), run.model, ResultOf(run)});
      if (tags) rows.back().insert(rows.back().begin() + 1, Join(run.tags, " "));
      for (size_t c = 0; c < columns; ++c) {
        const auto cell = columns_[c].cells.find(run.id);
        rows.back().push_back(cell == columns_[c].cells.end() ? "" : Short(cell->second));
      }
      rows.back().push_back(run.source);
    }
    return rows;
  }

  // Numbers with the digits that one looks at.
  static std::string Short(const std::string& value) {
    const auto number = value.size() > 8 ? ParseNumber(value) : std::nullopt;
    return number ? FormatNumber(*number) : value;
  }

  static int WidthOf(const std::vector<std::vector<std::string>>& rows) {
    std::vector<int> widths(rows[0].size());
    for (const auto& row : rows) {
      for (size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], DisplayWidth(row[c]));
    }
    return std::accumulate(widths.begin(), widths.end(), 2 * static_cast<int>(widths.size()));
  }

  Json ToJson() const {
    Json list = Json::array();
    for (const RunRecord& run : runs_) {
      Json settings = Json::object();
      for (const Column& column : columns_) {
        const auto cell = column.cells.find(run.id);
        settings[column.name] = cell == column.cells.end() ? Json() : Json(cell->second);
      }
      list.push_back({{"run", run.id},
                      {"state", run.state},
                      {"model", run.model},
                      {"result", ResultJson(run)},
                      {"stale", Learned(run.id)},
                      {"replaced_by", ReplacedBy(receipts_, run.id)},
                      {"tags", run.tags},
                      {"created", run.created},
                      {"data", {{"source", run.source}, {"sha256", run.source_sha256}}},
                      {"recipe_digest", run.recipe_digest},
                      {"columns", settings}});
    }
    return list;
  }

 private:
  void Keep(const Condition& condition) {
    const RunScores scores(&index_, condition, runs_);
    std::erase_if(runs_, [&](const RunRecord& run) {
      const double value = scores.Of(run.id);
      return std::isnan(value) || !Holds(condition, value);
    });
    AddScores(condition, scores);
  }

  void Sort(const Condition& condition) {
    const RunScores scores(&index_, condition, runs_);
    const double sign = IsLargerBetter(condition.path) ? -1 : 1;
    std::ranges::stable_sort(runs_, {}, [&](const RunRecord& run) {
      const double value = scores.Of(run.id);
      return std::pair(std::isnan(value), std::isnan(value) ? 0 : sign * value);
    });
    AddScores(condition, scores);
  }

  // What was asked about is shown, where the result does not show it.
  void AddScores(const Condition& condition, const RunScores& scores) {
    const bool shown = std::ranges::any_of(
                           columns_, [&](const Column& c) { return c.name == condition.What(); }) ||
                       std::ranges::all_of(runs_, [&](const RunRecord& run) {
                         return run.headline == condition.What();
                       });
    if (shown) return;
    Column column{condition.What(), {}};
    for (const RunRecord& run : runs_) {
      const double value = scores.Of(run.id);
      column.cells[run.id] = std::isnan(value) ? "–" : FormatNumber(value, 3);
    }
    columns_.push_back(std::move(column));
  }

  // Settings that somebody wrote and in which these runs differ: those that most runs name first.
  void AddSettings() {
    std::vector<Column> differing;
    for (auto& [path, values] : index_.Named()) {
      Column column{path, {}};
      std::set<std::string> different;
      for (const RunRecord& run : runs_) {
        const auto value = values.find(run.id);
        if (value != values.end()) column.cells[run.id] = value->second;
        different.insert(value == values.end() ? "" : value->second);
      }
      if (different.size() > 1) differing.push_back(std::move(column));
    }
    if (runs_.size() <= kMostLookedUp) LookUp(&differing);
    std::ranges::stable_sort(differing, std::greater(),
                             [](const Column& column) { return column.cells.size(); });
    for (Column& column : differing) {
      if (settings_ == kMostSettings) break;
      columns_.push_back(std::move(column));
      ++settings_;
    }
  }

  // Fills in what the runs that do not name a setting have; drops what is then the same in all.
  void LookUp(std::vector<Column>* columns) {
    if (columns->empty()) return;
    for (const RunRecord& run : runs_) {
      const Json settings = index_.Settings(run.id);
      for (Column& column : *columns) {
        if (column.cells.contains(run.id) || !settings.contains(column.name)) continue;
        column.cells[run.id] = ValueText(settings[column.name]);
      }
    }
    std::erase_if(*columns, [&](const Column& column) {
      std::set<std::string> different;
      for (const RunRecord& run : runs_) {
        const auto cell = column.cells.find(run.id);
        different.insert(cell == column.cells.end() ? "" : cell->second);
      }
      return different.size() < 2;
    });
  }

  bool Learned(const std::string& id) const {
    const auto stale = StaleState(receipts_, id);
    return stale && stale->training > 0;
  }

  std::string Mark(const std::string& id) const {
    if (!ReplacedBy(receipts_, id).empty()) return ", replaced";
    return Learned(id) ? ", stale" : "";
  }

  static std::string ResultOf(const RunRecord& run) {
    if (std::isnan(run.score.value)) return "";
    return run.headline + " " + FormatNumber(run.score.value, 3);
  }

  static Json ResultJson(const RunRecord& run) {
    if (std::isnan(run.score.value)) return nullptr;
    return {{"metric", run.headline}, {"value", run.score.value}};
  }

  const Invocation& call_;
  RunIndex index_;
  std::vector<RunRecord> runs_;
  const std::vector<Receipt> receipts_;
  std::vector<Column> columns_;
  size_t total_ = 0, settings_ = 0;
};

}  // namespace

Json RunRunsList(Invocation& call) {
  Listing listing(call);
  listing.Choose();
  if (call.json) return listing.ToJson();
  listing.Print(*call.out);
  return nullptr;
}

}  // namespace bottega
