#include "cli/review_task.h"

#include <arrow/array.h>
#include <arrow/table.h>

#include <algorithm>
#include <set>

#include "audit/groups.h"
#include "audit/review/label_queue.h"
#include "audit/review/mirrors.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "cli/review_sample.h"
#include "data/arrow_support.h"
#include "data/values.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

std::vector<int> ShownColumns(const Dataset& data, bool blind) {
  const std::vector<int> mirrors = blind ? MirrorsOfTarget(data) : std::vector<int>();
  std::vector<int> shown;
  for (int c = 0; c < static_cast<int>(data.columns.size()); ++c) {
    const Column& column = data.columns[static_cast<size_t>(c)];
    if (column.role == Role::kTarget || std::ranges::count(mirrors, c) > 0) continue;
    if (column.type == FeatureType::kPicture) continue;
    if (data.HasPictures() && column.role != Role::kFeature) continue;
    shown.push_back(c);
  }
  return shown;
}

std::vector<std::string> ClassesOf(const Invocation& call, Project& project) {
  const Dataset& data = project.data();
  std::set<std::string> classes;
  const int target = TargetIndex(data);
  if (target >= 0 && IsClassTarget(data)) {
    for (const std::string& value : CodesOf(data, target).values) classes.insert(value);
  }
  for (const Decision& decision : project.reviews().standing) {
    if (decision.verdict == Verdict::kLabel && decision.after) classes.insert(*decision.after);
  }
  for (const Json& word : call.args.at("classes")) {
    for (const std::string& name : Split(word.get<std::string>(), ',')) {
      if (!Trim(name).empty()) classes.emplace(Trim(name));
    }
  }
  return {classes.begin(), classes.end()};
}

// A text, or what the file of that name beside the recipe holds.
std::string GuidelineOf(const Project& project) {
  const Json& told = project.recipe()["data"]["guideline"];
  if (!told.is_string()) return "";
  const std::string text = told.get<std::string>();
  std::error_code ignored;
  const fs::path file = project.folder() / text;
  const bool name = text.find('\n') == std::string::npos && text.size() < 256;
  if (name && fs::is_regular_file(file, ignored)) return std::string(Trim(ReadFile(file)));
  const bool path = name && text.find(' ') == std::string::npos && fs::path(text).has_extension();
  if (path) {
    throw Error(ErrorKind::kMissing, "data.guideline names a file that is not there",
                {.file = file.string()}, "bottega list section data");
  }
  return text;
}

std::vector<ReviewItem> QueueItems(const Invocation& call, Project& project,
                                   const std::string& reviewer) {
  const AuditResult& audit = project.NewestAudit();
  return DoubtfulRows(project.data(), audit, project.reviews(), project.duplicates().group,
                      {.checks = WantedChecks(call), .reviewer = reviewer});
}

// Of --rows, with what the newest audit says of them.
std::vector<ReviewItem> NamedItems(const Invocation& call, Project& project) {
  const RowFinder finder(project.data(), project.digest().sha256);
  const std::vector<ReviewItem> doubtful =
      DoubtfulRows(project.data(), project.NewestAudit(), {}, {}, {});
  std::vector<ReviewItem> items;
  for (const Json& row : call.args.at("rows")) {
    const auto position = finder.PositionOf(row.get<int64_t>());
    if (!position) {
      throw Error(ErrorKind::kUsage, "--rows: the data have no row " + row.dump(),
                  {.file = project.recipe()["data"]["source"].get<std::string>()},
                  "bottega review --help");
    }
    const auto known = std::ranges::find(doubtful, *position, &ReviewItem::position);
    items.push_back(known != doubtful.end() ? *known
                                            : ReviewItem{.row = row, .position = *position});
  }
  return items;
}

std::vector<ReviewItem> DisputedItems(Project& project, ReviewTask* task) {
  const RowFinder finder(project.data(), project.digest().sha256);
  std::vector<ReviewItem> items;
  for (const Dispute& dispute : project.reviews().disputes) {
    ReviewItem item{.row = dispute.row,
                    .position = finder.PositionOf(dispute.row).value_or(0),
                    .check = "disputed"};
    for (const Decision& said : dispute.decisions) {
      item.why.push_back(said.reviewer + " said " + OutcomeText(said) +
                         (said.note.empty() ? "" : " (" + said.note + ")"));
    }
    task->said[dispute.row] = dispute.decisions;
    items.push_back(std::move(item));
  }
  return items;
}

std::vector<ReviewItem> LabelItems(const Invocation& call, Project& project,
                                   const std::string& reviewer) {
  return UnlabelledRows(project.data(), project.recipe()["audit"], project.reviews(),
                        project.duplicates().group,
                        {.reviewer = reviewer,
                         .twice = call.args.at("double").get<double>(),
                         .seed = call.args.at("seed").get<uint64_t>()});
}

std::vector<ReviewItem> SampleItems(const Invocation& call, Project& project,
                                    const std::string& reviewer, ReviewTask* task) {
  const Sample sample = SampleFor(call, project);
  task->review = sample.id;
  const RowFinder finder(project.data(), project.digest().sha256);
  std::vector<ReviewItem> items;
  for (const SampleRow& row : sample.rows) {
    if (AnsweredBlind(project.reviews(), reviewer, row.row) != nullptr) continue;
    items.push_back({.row = row.row, .position = *finder.PositionOf(row.row)});
  }
  return items;
}

void RequireTarget(const Project& project, const Dataset& data, const std::string& flag) {
  if (TargetIndex(data) >= 0) return;
  throw Error(ErrorKind::kUsage, flag + " is about labels, and no column is the target",
              {.file = project.recipe()["data"]["source"].get<std::string>()},
              "bottega list section data");
}

void Limit(const Invocation& call, ReviewTask* task) {
  if (!call.args.at("limit").is_number()) return;
  const auto most = call.args.at("limit").get<size_t>();
  if (task->items.size() <= most) return;
  task->left_out = static_cast<int64_t>(task->items.size() - most);
  task->items.resize(most);
}

// The labels that the data hold; in a blind review they are kept for the record only.
void FillLabels(Project& project, ReviewTask* task) {
  const Dataset& data = project.data();
  if (!task->has_target) return;
  const auto array = OneChunk(data.table->column(TargetIndex(data)));
  for (ReviewItem& item : task->items) item.label = TextOfCell(*array, item.position);
}

}  // namespace

std::vector<std::string> WantedChecks(const Invocation& call) {
  std::vector<std::string> wanted;
  for (const Json& word : call.args.at("check")) {
    for (const std::string& name : Split(word.get<std::string>(), ',')) {
      if (!Trim(name).empty()) wanted.emplace_back(Trim(name));
    }
  }
  for (const std::string& name : wanted) {
    if (NamesRows(name)) continue;
    std::vector<std::string> names;
    for (const Spec* spec : CheckSpecs()) {
      if (NamesRows(spec->name)) names.push_back(spec->name);
    }
    const std::vector<std::string> near = NearestNames(name, names, 1);
    throw Error(ErrorKind::kUsage,
                "--check: '" + name + "' is no check that names single rows" +
                    (near.empty() ? "" : "; did you mean '" + near[0] + "'?"),
                {}, "bottega list check");
  }
  return wanted;
}

ReviewTask MakeReviewTask(const Invocation& call, Project& project, const std::string& reviewer) {
  const Dataset& data = project.data();
  ReviewTask task{.review = "queue"};
  task.has_target = TargetIndex(data) >= 0;
  task.number = task.has_target && !IsClassTarget(data);
  const bool sample = call.args.at("sample").is_number();
  if (sample) {
    RequireTarget(project, data, "--sample");
    task.blind = true;
    task.items = SampleItems(call, project, reviewer, &task);
  } else if (call.Flag("label")) {
    RequireTarget(project, data, "--label");
    task.review = "label";
    task.first_labels = true;
    task.items = LabelItems(call, project, reviewer);
  } else if (call.Flag("disputed")) {
    task.review = "disputed";
    task.items = DisputedItems(project, &task);
  } else if (!call.args.at("rows").empty()) {
    task.again = true;
    task.items = NamedItems(call, project);
  } else {
    task.items = QueueItems(call, project, reviewer);
  }
  if (!task.number) task.classes = ClassesOf(call, project);
  task.guideline = GuidelineOf(project);
  task.columns = ShownColumns(data, task.blind);
  FillLabels(project, &task);
  Limit(call, &task);
  return task;
}

ReviewTask MakeImportTask(const Invocation& call, Project& project) {
  const int target = TargetIndex(project.data());
  ReviewTask task{.number = target >= 0 && !IsClassTarget(project.data()),
                  .has_target = target >= 0};
  if (!task.number) task.classes = ClassesOf(call, project);
  return task;
}

Decision DecisionOn(Project& project, const ReviewTask& task, const ReviewItem& item,
                    Verdict verdict, const std::optional<std::string>& after) {
  Decision decision{.row = item.row,
                    .content = item.content,
                    .data = project.digest().sha256,
                    .verdict = verdict,
                    .before = item.label,
                    .time = NowUtc(),
                    .review = task.review,
                    .why = task.blind ? "" : item.finding,
                    .blind = task.blind};
  if (!task.blind) decision.suggested = item.suggested;
  if (verdict == Verdict::kKeep) decision.after = item.label;
  if (verdict == Verdict::kLabel) decision.after = after;
  if (verdict == Verdict::kLabel && after == item.label) decision.verdict = Verdict::kKeep;
  return decision;
}

std::optional<std::string> ResolveLabel(const ReviewTask& task, const std::string& typed,
                                        std::string* wrong) {
  if (task.number) {
    const auto number = ParseNumber(typed);
    if (number && *number == *number) return NumberText(*number);
    *wrong = "'" + typed + "' is no number";
    return std::nullopt;
  }
  if (std::ranges::count(task.classes, typed) > 0) return typed;
  std::vector<std::string> same, begins;
  for (const std::string& name : task.classes) {
    const std::string low = LowerAscii(name);
    if (low == LowerAscii(typed)) same.push_back(name);
    if (low.starts_with(LowerAscii(typed))) begins.push_back(name);
  }
  if (same.size() == 1) return same[0];
  if (same.empty() && begins.size() == 1) return begins[0];
  const std::vector<std::string> near = NearestNames(typed, task.classes, 3);
  *wrong = begins.size() > 1
               ? "'" + typed + "' may be " + Join(begins, " or ")
               : "there is no class '" + typed + "'" +
                     (near.empty() ? "" : "; did you mean " + Join(near, " or ") + "?") +
                     " (--classes adds one)";
  return std::nullopt;
}

std::string ClassKey(const ReviewTask& task, size_t index) {
  constexpr size_t kDigits = 9;
  constexpr std::string_view kCommands = "ktosuxbnq?";
  const std::string& name = task.classes[index];
  if (name.size() == 1 && kCommands.find(name) == std::string_view::npos) return name;
  const std::string digit = std::to_string(index + 1);
  return index < kDigits && std::ranges::count(task.classes, digit) == 0 ? digit : "";
}

std::string HiddenColumns(const Dataset& data) {
  std::vector<std::string> names;
  for (const int c : MirrorsOfTarget(data)) {
    names.push_back("'" + data.columns[static_cast<size_t>(c)].name + "'");
  }
  return Join(names, ", ");
}

}  // namespace bottega
