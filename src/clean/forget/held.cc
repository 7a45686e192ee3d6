#include "clean/forget/held.h"

#include <arrow/array.h>
#include <arrow/table.h>

#include <algorithm>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "clean/forget/blot.h"
#include "clean/forget/forget.h"
#include "clean/forget/looking.h"
#include "clean/forget/streamed_run.h"
#include "clean/forget/take_out.h"
#include "clean/raw_source.h"
#include "data/arrow_support.h"
#include "data/values.h"
#include "run/receipt.h"
#include "run/row_files.h"
#include "run/run_folder.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

constexpr const char* kBesideSample = "learned from, beside the sample";

// The cells of rows as {column: text}, as they are written where `raw` knows that.
class RowTexts {
 public:
  explicit RowTexts(const Dataset& data, RawSource* raw = nullptr) : data_(data) {
    for (int c = 0; c < static_cast<int>(data.columns.size()); ++c) {
      typed_.push_back(OneChunk(data.table->column(c)));
      written_.emplace_back();
      if (raw != nullptr) written_.back() = raw->Column(data, c);
    }
  }
  Json Row(size_t at) const {
    Json cells = Json::object();
    for (size_t c = 0; c < typed_.size(); ++c) {
      const auto typed = TextOfCell(*typed_[c], static_cast<int64_t>(at));
      Json cell = typed ? Json(*typed) : Json();
      if (!written_[c].empty() && written_[c][at]) cell = std::string(*written_[c][at]);
      cells[data_.columns[c].name] = std::move(cell);
    }
    return cells;
  }

 private:
  const Dataset& data_;
  std::vector<std::shared_ptr<arrow::Array>> typed_;
  std::vector<std::vector<std::optional<std::string_view>>> written_;
};

Json RowsOf(const SourceState& state) {
  Json rows = Json::array();
  std::vector<int64_t> positions;
  for (size_t i = 0; i < state.data.rows.size(); ++i) {
    if (std::ranges::binary_search(state.chosen, state.data.rows[i])) {
      positions.push_back(static_cast<int64_t>(i));
    }
  }
  const Dataset chosen = TakeRows(state.data, positions);
  RawSource raw(state.data);
  const RowTexts texts(chosen, &raw);
  const int picture = chosen.PictureIndex();
  const auto pictures =
      picture < 0 ? std::vector<std::optional<std::string>>() : TextsOf(chosen, picture);
  for (size_t i = 0; i < chosen.rows.size(); ++i) {
    Json row = {
        {"state", state.present ? "the data as they are now" : "an earlier state of the data"},
        {"sha256", state.sha256},
        {"row", chosen.rows[i]},
        {"cells", texts.Row(i)}};
    if (state.present && picture >= 0 && pictures[i]) {
      row["picture"] = (chosen.root / *pictures[i]).string();
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string ReasonAside(const RepairPlan& plan, int64_t row) {
  for (const Repair& repair : plan.repairs) {
    if (repair.action == RepairAction::kSetAside && std::ranges::binary_search(repair.rows, row)) {
      return repair.reason;
    }
  }
  return "";
}

Json OfVersion(const Version& version, const SourceState& state) {
  Json rows = Json::array();
  RepairPlan plan = Chosen(ReadRepairs(version.folder / "repairs.json"));
  for (const int64_t row : state.chosen) {
    if (const std::string reason = ReasonAside(plan, row); !reason.empty()) {
      rows.push_back({{"row", row}, {"set_aside", reason}});
    }
  }
  try {
    if (!state.missing.empty()) return rows;
    const Dataset repaired = ApplyRepairs(state.data, plan);
    const RowTexts texts(repaired);
    for (size_t i = 0; i < repaired.rows.size(); ++i) {
      if (!std::ranges::binary_search(state.chosen, repaired.rows[i])) continue;
      rows.push_back({{"row", repaired.rows[i]}, {"cells", texts.Row(i)}});
    }
  } catch (const Error& error) {
    rows.push_back({{"note", "the rows are not shown: " + error.message()}});
  }
  return rows;
}

// What the plan in `where` does to the rows.
void AddRepairs(const std::string& where, const RepairPlan& plan, const SourceState& state,
                Json* repairs) {
  for (const Repair& repair : plan.repairs) {
    for (const int64_t row : repair.rows) {
      if (!std::ranges::binary_search(state.chosen, row)) continue;
      repairs->push_back({{"where", where},
                          {"row", row},
                          {"repair", repair.repair},
                          {"column", repair.column},
                          {"before", repair.before ? Json(*repair.before) : Json()},
                          {"after", repair.after ? Json(*repair.after) : Json()},
                          {"reason", repair.reason},
                          {"applied", repair.apply}});
    }
  }
}

void AddFindings(const std::string& where, const Json& taken, Json* findings) {
  for (const Json& one : taken) {
    if (!one.is_object() || !one.contains("check") || !one.contains("message")) continue;
    findings->push_back({{"where", where},
                         {"row", one.value("place", Json::object()).value("row", Json())},
                         {"check", one.at("check")},
                         {"severity", one.value("severity", Json())},
                         {"message", one.at("message")},
                         {"fix", one.value("fix", Json())}});
  }
}

class Gatherer {
 public:
  Gatherer(const fs::path& project, const std::vector<SourceState>& states, const Person& person)
      : project_(project),
        states_(states),
        all_(person.values),
        named_(WithLetters(person.values)) {}

  Json Gather(const fs::path& source) {
    for (const SourceState& state : states_) {
      for (Json& row : RowsIn(state)) out_["rows"].push_back(std::move(row));
    }
    for (const Version& version : ListVersions(project_)) AddVersion(version);
    for (const RunFolder& run : ListRuns(project_)) AddRun(run);
    for (const Holding& holding : ListHoldings(project_)) AddFile(holding);
    for (const fs::path& file : OtherFiles(project_, source)) {
      const int64_t mentions = Mentions(project_ / file);
      if (mentions == 0) continue;
      out_["other_files"].push_back({{"path", file.generic_string()}, {"mentions", mentions}});
    }
    return std::move(out_);
  }

 private:
  static Json RowsIn(const SourceState& state) {
    return state.chosen.empty() ? Json::array() : RowsOf(state);
  }

  int64_t Mentions(const fs::path& file) const {
    try {
      return ValuesIn(file, all_);
    } catch (const Error&) {
      return 0;  // a file that nobody can read names nobody to us
    }
  }

  void AddVersion(const Version& version) {
    const SourceState* state = StateOf(states_, version.source_sha256);
    if (state == nullptr || state->chosen.empty()) return;
    out_["versions"].push_back(
        {{"version", version.name}, {"time", version.time}, {"rows", OfVersion(version, *state)}});
  }

  void AddRun(const RunFolder& run) {
    const Json manifest = run.Read("manifest.json");
    const SourceState* state = StateOf(states_, manifest.at("inputs").at("sha256"));
    if (state == nullptr || state->chosen.empty()) return;
    const RowChange change{.gone = state->chosen};
    Json one = {{"run", run.id()},
                {"created", manifest.value("created", Json())},
                {"model", manifest.at("recipe").value("model", Json::object()).value("name", "")},
                {"parts", Json::array()},
                {"predictions", Json::array()}};
    if (run.Has("split.parquet")) one["parts"] = HeldAbout(run.File("split.parquet"), change);
    if (run.Has("predictions.parquet")) {
      one["predictions"] = HeldAbout(run.File("predictions.parquet"), change);
    }
    AddStreamed(run, *state, &one["parts"]);
    if (!one["parts"].empty() || !one["predictions"].empty()) out_["runs"].push_back(one);
  }

  // A stream learns from rows that its split does not name, and holds them until it is trained.
  void AddStreamed(const RunFolder& run, const SourceState& state, Json* parts) {
    const bool encoded = run.Has(kStreamedRows);
    if (!encoded && !run.Has("checkpoints") && !run.Trained()) return;
    Json records = Json::array();
    for (const int64_t row : LearnedBesideSample(run, state)) {
      records.push_back({{"row", row}, {"part", kBesideSample}});
    }
    parts->insert(parts->end(), records.begin(), records.end());
    for (const Json& part : *parts) {
      if (part.at("part") == "train") records.push_back({{"row", part.at("row")}});
    }
    if (!encoded || records.empty()) return;
    out_["files"].push_back(
        {{"path", run.File(kStreamedRows).lexically_relative(project_).generic_string()},
         {"kind", HoldingKindName(HoldingKind::kRun)},
         {"records", std::move(records)},
         {"mentions", 0}});
  }

  // Lines of a log of reviews about the rows.
  Json ReviewLines(const Holding& holding) const {
    Json records = Json::array();
    const std::string text = ReadFile(project_ / holding.path);
    const std::vector<std::string> kept =
        Split(ReviewWithout(text, holding.path.string(), states_), '\n');
    size_t next = 0;
    for (const std::string& line : Split(text, '\n')) {
      if (next < kept.size() && line == kept[next]) {
        ++next;
      } else if (!line.empty()) {
        records.push_back(ParseJson(line, holding.path.string()));
      }
    }
    return records;
  }

  void AddFile(const Holding& holding) {
    const std::string path = holding.path.generic_string();
    const std::string sha256 = StateHashOf(project_, holding);
    const SourceState* state = StateOf(states_, sha256.empty() ? states_[0].sha256 : sha256);
    Json records = Json::array();
    if (state != nullptr && !state->chosen.empty()) {
      if (JoinsOnRow(holding)) {
        records = HeldAbout(project_ / holding.path, {.gone = state->chosen});
      }
      if (holding.kind == HoldingKind::kReview && holding.path.extension() == ".jsonl") {
        records = ReviewLines(holding);
      }
      if (holding.name() == "repairs.json") {
        AddRepairs(path, ReadRepairs(project_ / holding.path), *state, &out_["repairs"]);
      }
      if (holding.name() == "audit.json") AddFindings(path, records, &out_["findings"]);
    }
    const int64_t mentions = ValuesHeld(holding, project_ / holding.path, all_, named_);
    if (records.empty() && mentions == 0) return;
    out_["files"].push_back({{"path", path},
                             {"kind", HoldingKindName(holding.kind)},
                             {"records", std::move(records)},
                             {"mentions", mentions}});
  }

  const fs::path project_;
  const std::vector<SourceState>& states_;
  const ValueFinder all_, named_;
  Json out_ = {{"rows", Json::array()},       {"versions", Json::array()}, {"runs", Json::array()},
               {"findings", Json::array()},   {"repairs", Json::array()},  {"files", Json::array()},
               {"other_files", Json::array()}};
};

}  // namespace

Json HeldOn(const fs::path& project, const fs::path& source, const std::vector<SourceState>& states,
            const Person& person) {
  return Gatherer(project, states, person).Gather(fs::absolute(source).lexically_normal());
}

}  // namespace bottega
