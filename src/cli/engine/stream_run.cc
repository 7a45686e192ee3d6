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
#include "model/models_specs.h"
#include "run/row_files.h"
#include "train/targets.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

constexpr size_t kPiece = size_t{4} << 20;  // of text; about ten times as much is held of it

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

class HeldOut {
 public:
  explicit HeldOut(const StreamedTraining& training) {
    const Dataset& sample = *training.sample;
    std::unordered_set<int64_t> learned;
    for (size_t i = 0; i < training.split->row.size(); ++i) {
      if (training.split->part[i] == Part::kTrain) learned.insert(training.split->row[i]);
    }
    std::vector<int64_t> positions;
    for (int64_t p = 0; p < sample.size(); ++p) {
      const int64_t row = sample.rows[static_cast<size_t>(p)];
      if (learned.contains(row)) continue;
      rows_.insert(row);
      positions.push_back(p);
    }
    const Features features = ApplyPlan(*training.plan, TakeRows(sample, positions));
    for (int64_t p = 0; p < features.rows; ++p) seen_.insert(DigestOf(features, p));
    group_ = training.group;
    if (!group_.empty()) {
      const auto cells = TextsOf(sample, sample.Find(group_));
      for (const int64_t p : positions) {
        if (const auto& cell = cells[static_cast<size_t>(p)]) groups_.insert(*cell);
      }
    }
    if (!training.by_time || training.time.empty()) return;
    time_ = training.time;
    const std::vector<double> days = NumbersOf(sample, sample.Find(time_));
    for (const int64_t p : positions) {
      const double day = days[static_cast<size_t>(p)];
      if (day < first_) first_ = day;
    }
  }

  // Positions of `batch` that may be learned from.
  std::vector<int64_t> Others(const Dataset& batch, const Features& features) const {
    std::vector<std::optional<std::string>> groups;
    std::vector<double> days;
    if (!group_.empty()) groups = TextsOf(batch, batch.Find(group_));
    if (!time_.empty()) days = NumbersOf(batch, batch.Find(time_));
    std::vector<int64_t> positions;
    for (int64_t p = 0; p < batch.size(); ++p) {
      const auto at = static_cast<size_t>(p);
      if (rows_.contains(batch.rows[at])) continue;
      if (seen_.contains(DigestOf(features, p))) continue;
      if (!groups.empty() && groups[at] && groups_.contains(*groups[at])) continue;
      if (!days.empty() && !(days[at] < first_)) continue;
      positions.push_back(p);
    }
    return positions;
  }

 private:
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

[[noreturn]] void NotStreamed(const RunFolder& run, const std::string& what,
                              const std::string& set) {
  throw Error(ErrorKind::kRecipe, what + ", and this table is streamed",
              {.file = run.path().string()}, "bottega train --set " + set);
}

void RequireStreamable(const Recipe& recipe, const RunFolder& run) {
  const Json& train = recipe["train"];
  if (train["sample_weights"] == "audit") {
    NotStreamed(run, "train.sample_weights=audit knows the rows of the sample only",
                "train.sample_weights=none");
  }
  const std::string balance =
      train["balance"].is_object() ? train["balance"]["name"] : Json("none");
  for (const char* orders : {"oversample", "undersample", "sampler"}) {
    if (balance == orders) {
      NotStreamed(run, "train.balance=" + balance + " draws rows from memory",
                  "train.balance=weights");
    }
  }
  const std::string model = recipe["model"]["name"];
  if (KindOfModel(model) != ModelKind::kNetwork) {
    NotStreamed(run, "model " + model + " is fitted to rows in memory", "model=mlp");
  }
  if (!recipe["split"]["folds"].is_null() || recipe["train"]["seeds"] != 1) {
    NotStreamed(run, "folds and seeds are trained from memory",
                "split.folds=null --set train.seeds=1");
  }
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
    if (!writer) {
      writer.emplace(path, RowLayout{.numbers = static_cast<int64_t>(features.number_names.size()),
                                     .codes = static_cast<int64_t>(features.code_names.size()),
                                     .classification = targets.classification});
    }
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

fs::path StreamedRows(const RunFolder& run, const RunData& data) {
  if (!run.Read("manifest.json").contains("stream") || run.Trained()) return "";
  const fs::path rows = run.File(kStreamedRows);
  if (run.Has(kStreamedRows)) return rows;
  const Recipe& recipe = data.recipe;
  RequireStreamable(recipe, run);
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
