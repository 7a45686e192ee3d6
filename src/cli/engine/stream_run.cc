#include "cli/engine/stream_run.h"

#include <arrow/array.h>
#include <arrow/chunked_array.h>

#include <algorithm>
#include <limits>
#include <set>
#include <unordered_set>

#include "base/error.h"
#include "base/hash.h"
#include "base/interrupt.h"
#include "base/progress.h"
#include "base/text.h"
#include "clean/forget/forgotten.h"
#include "clean/lawful_rows.h"
#include "data/arrow_support.h"
#include "data/io/table_stream.h"
#include "data/open.h"
#include "feed/row_file.h"
#include "run/row_files.h"
#include "split/strata.h"
#include "train/targets.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

constexpr size_t kPiece = size_t{4} << 20;  // of text; about ten times as much is held of it
constexpr auto kGivenTrain = static_cast<int8_t>(Part::kTrain);

// What the sample shows of each column, declared, so that every batch is typed alike.
Json DeclaredSection(const Recipe& recipe, const Dataset& sample) {
  Json section = recipe["data"];
  for (const Column& column : sample.columns) {
    section["types"][column.name] = FeatureTypeName(column.type);
    section["roles"][column.name] = RoleName(column.role);
  }
  return section;
}

// What a model sees of a row.
uint64_t DigestOf(const Features& features, int64_t position) {
  const size_t numbers = features.number_names.size(), codes = features.code_names.size();
  const auto at = static_cast<size_t>(position);
  const std::string_view first(
      reinterpret_cast<const char*>(features.numbers.data() + at * numbers),
      numbers * sizeof(float));
  const std::string_view second(reinterpret_cast<const char*>(features.codes.data() + at * codes),
                                codes * sizeof(int32_t));
  return Xxh3(second, Xxh3(first));
}

// Positions of the sample's rows that the split does not train on.
std::vector<int64_t> NotTrainedOn(const Dataset& sample, const RowPlan& split) {
  std::unordered_set<int64_t> learned;
  for (size_t i = 0; i < split.row.size(); ++i) {
    if (split.part[i] == Part::kTrain) learned.insert(split.row[i]);
  }
  std::vector<int64_t> positions;
  for (int64_t p = 0; p < sample.size(); ++p) {
    if (!learned.contains(sample.rows[static_cast<size_t>(p)])) positions.push_back(p);
  }
  return positions;
}

// Whether the parts are those that the source gives: a part column without training rows is not
// used (split/make_split.h).
bool KeepsGivenParts(const Dataset& sample, const RowPlan& split) {
  const std::vector<int8_t> given = GivenParts(sample);
  if (given.empty()) return false;
  const std::unordered_set<int64_t> dealt(split.row.begin(), split.row.end());
  for (size_t p = 0; p < given.size(); ++p) {
    if (given[p] == kGivenTrain && dealt.contains(sample.rows[p])) return true;
  }
  return false;
}

class HeldOut {
 public:
  explicit HeldOut(const StreamedTraining& training)
      : given_parts_(KeepsGivenParts(*training.sample, *training.split)) {
    const Dataset& sample = *training.sample;
    const std::vector<int64_t> positions = NotTrainedOn(sample, *training.split);
    for (const int64_t p : positions) rows_.insert(sample.rows[static_cast<size_t>(p)]);
    if (training.repeats_together) HoldRepeats(*training.plan, TakeRows(sample, positions));
    if (!training.group.empty()) HoldGroups(sample, positions, training.group);
    if (training.by_time && !training.time.empty()) HoldTimes(sample, positions, training.time);
  }

  // Positions of `batch` that may be learned from.
  std::vector<int64_t> Others(const Dataset& batch, const Features& features) const {
    std::vector<std::optional<std::string>> groups;
    std::vector<double> days;
    std::vector<int8_t> parts;
    if (!group_.empty()) groups = TextsOf(batch, batch.Find(group_));
    if (!time_.empty()) days = NumbersOf(batch, batch.Find(time_));
    if (given_parts_) parts = GivenParts(batch);
    std::vector<int64_t> positions;
    for (int64_t p = 0; p < batch.size(); ++p) {
      const auto at = static_cast<size_t>(p);
      if (!parts.empty() && parts[at] != kGivenTrain) continue;
      if (rows_.contains(batch.rows[at])) continue;
      if (!seen_.empty() && seen_.contains(DigestOf(features, p))) continue;
      if (!groups.empty() && groups[at] && groups_.contains(*groups[at])) continue;
      if (!days.empty() && !(days[at] < first_)) continue;
      positions.push_back(p);
    }
    return positions;
  }

 private:
  void HoldRepeats(const FittedPlan& plan, const Dataset& held) {
    const Features features = ApplyPlan(plan, held);
    for (int64_t p = 0; p < features.rows; ++p) seen_.insert(DigestOf(features, p));
  }

  void HoldGroups(const Dataset& sample, const std::vector<int64_t>& positions,
                  const std::string& column) {
    group_ = column;
    const auto cells = TextsOf(sample, sample.Find(column));
    for (const int64_t p : positions) {
      if (const auto& cell = cells[static_cast<size_t>(p)]) groups_.insert(*cell);
    }
  }

  void HoldTimes(const Dataset& sample, const std::vector<int64_t>& positions,
                 const std::string& column) {
    time_ = column;
    const std::vector<double> days = NumbersOf(sample, sample.Find(column));
    for (const int64_t p : positions) {
      const double day = days[static_cast<size_t>(p)];
      if (day < first_) first_ = day;
    }
  }

  const bool given_parts_;
  std::unordered_set<int64_t> rows_;
  std::unordered_set<uint64_t> seen_;  // digests of what is held out
  std::string group_, time_;
  std::set<std::string> groups_;
  double first_ = std::numeric_limits<double>::infinity();
};

Dataset TypedBatch(const RawBatch& batch, const TableStream& stream, const Json& section,
                   const fs::path& source) {
  RawTable table;
  table.file = source.string();
  table.names = stream.names();
  table.reading = stream.reading();
  table.rows = batch.rows;
  for (const auto& column : batch.columns) {
    table.columns.push_back(std::make_shared<arrow::ChunkedArray>(column));
  }
  return OpenSample(table, section, source);
}

// Without rows that may not be learned from; nothing when none are left.
std::optional<Dataset> Lawful(const StreamedTraining& training, const Dataset& batch) {
  try {
    return WithoutForgotten(training.project,
                            ApplyRepairs(batch, PlanLawfulUse(batch, training.recipe->value)));
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kData) throw;
    return std::nullopt;
  }
}

FeedColumns ColumnsOf(const Targets& targets, const Dataset& batch) {
  FeedColumns columns{.rows = batch.rows, .labels = targets.labels, .values = targets.values};
  columns.weights.assign(targets.weight.begin(), targets.weight.end());
  return columns;
}

RowLayout LayoutOf(const Features& features, const Targets& targets) {
  return {.numbers = static_cast<int64_t>(features.number_names.size()),
          .codes = static_cast<int64_t>(features.code_names.size()),
          .classification = targets.classification};
}

}  // namespace

int64_t EncodeTrainingRows(const StreamedTraining& training, const fs::path& path) {
  const Json section = DeclaredSection(*training.recipe, *training.sample);
  const HeldOut held_out(training);
  const std::unique_ptr<TableStream> stream = OpenTableStream(training.source, section, kPiece);
  std::error_code ignored;
  Progress progress("encoding " + training.source.filename().string(),
                    static_cast<int64_t>(fs::file_size(training.source, ignored)) >> 20, "MB");
  std::optional<RowFileWriter> writer;
  int64_t shown = 0;
  while (const std::optional<RawBatch> raw = stream->Next()) {
    ThrowIfInterrupted();
    const std::optional<Dataset> batch =
        Lawful(training, TypedBatch(*raw, *stream, section, training.source));
    progress.Advance((stream->bytes() >> 20) - shown);
    shown = stream->bytes() >> 20;
    if (!batch) continue;
    const Features features = ApplyPlan(*training.plan, *batch);
    const Targets targets = MakeTargets(*training.plan, *batch);
    if (!writer) writer.emplace(path, LayoutOf(features, targets));
    writer->Add(features, ColumnsOf(targets, *batch),
                KnownOnly(targets, held_out.Others(*batch, features)));
  }
  if (!writer || writer->rows() < 2) {
    throw Error(ErrorKind::kData, "there are fewer than 2 rows to train on",
                {.file = training.source.string()}, "bottega split --set split.train=0.7");
  }
  writer->Finish();
  ReleaseArrowMemory();
  return writer->rows();
}

int64_t EncodeSampleRows(const Dataset& sample, const SplitOutcome& split, const FittedPlan& plan,
                         int64_t all_rows, const fs::path& path) {
  const std::vector<int64_t> train = PositionsOf(sample, split.plan, Part::kTrain);
  const Features features = ApplyPlan(plan, sample);
  const Targets targets = MakeTargets(plan, sample);
  RowFileWriter writer(path, LayoutOf(features, targets));
  writer.Add(features, ColumnsOf(targets, sample), KnownOnly(targets, train));
  writer.Finish();
  const auto learned = static_cast<int64_t>(train.size());
  // Of the rows beside the sample only those are held out that go with rows of it.
  if (split.method == "stratified" || split.method == "random") {
    return all_rows - (sample.size() - learned);
  }
  const double share = static_cast<double>(learned) / static_cast<double>(sample.size());
  return static_cast<int64_t>(share * static_cast<double>(all_rows));
}

fs::path StreamedRows(const RunFolder& run, const RunData& data) {
  if (!run.Read("manifest.json").contains("stream") || run.Trained()) return "";
  const fs::path rows = run.File(kStreamedRows);
  if (run.Has(kStreamedRows)) return rows;
  const Recipe& recipe = data.recipe;
  const Json split = run.Read("split.json");
  const auto column = [&](const char* key, Role role) -> std::string {
    if (recipe["split"][key].is_string()) return recipe["split"][key];
    const int index = data.data.RoleIndex(role);
    return index < 0 ? "" : data.data.columns[static_cast<size_t>(index)].name;
  };
  const StreamedTraining training{.source = SourcePath(recipe["data"], run.Project()),
                                  .project = run.Project(),
                                  .recipe = &recipe,
                                  .sample = &data.data,
                                  .split = &data.split,
                                  .plan = &data.plan,
                                  .repeats_together = recipe["split"]["keep_duplicates_together"],
                                  .by_time = split["method"] == "time",
                                  .group = column("group", Role::kGroup),
                                  .time = column("time", Role::kTime)};
  const int64_t written = EncodeTrainingRows(training, rows);
  Note("learning from " + FormatCount(written) + " rows");
  return rows;
}

void RemoveStreamedRows(const RunFolder& run) {
  std::error_code ignored;
  fs::remove(run.File(kStreamedRows), ignored);
}

}  // namespace bottega
