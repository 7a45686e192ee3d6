#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "audit/parts.h"
#include "base/text.h"
#include "data/infer/names.h"
#include "learn/one_column.h"
#include "profile/quantiles.h"

namespace bottega {
namespace {

const Spec& TimeTravelSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "time_travel",
      .one_line = "the future in the training data",
      .text =
          "Where a column has the role time: rows of test or validation that are older than rows "
          "that train (the score then says how well the past is told from the future), and columns "
          "whose dates lie after the row's own time, which nobody knows when the prediction is "
          "needed. Dates at a fixed distance, or named as planned (due, expiry, scheduled), are "
          "left alone. In any table: columns whose name says that they are known afterwards (next, "
          "after, final, follow-up, closing, discharge ...) and that tell at least `notable` of "
          "the "
          "target. Severity: error where most of a test part is older than the rows that train, or "
          "where such dates are filled only in one class; else warning.",
      .params = {{.name = "overlap",
                  .type = ParamType::kFloat,
                  .what =
                      "share of a part's rows that may be older than the newest row that trains",
                  .fallback = 0.01,
                  .min = 0,
                  .max = 1},
                 {.name = "notable",
                  .type = ParamType::kFloat,
                  .what = "how much of the target (0 guessing, 1 all) a column named after the "
                          "future tells from which on it is reported",
                  .fallback = 0.15,
                  .min = 0,
                  .max = 1}},
      .synonyms = {"look_ahead", "future_leakage", "temporal_leakage"},
      .source = "Kaufman, Rosset & Perlich, Leakage in data mining, KDD 2011",
  };
  return spec;
}

constexpr int64_t kFewest = 20;
constexpr double kMostlyLater = 0.6;     // share of the dates after the row's time
constexpr double kNeverEarlier = 0.02;   // and at most this share before it
constexpr size_t kPlannedDistances = 8;  // so few different distances are a plan

// Times of the rows: the column of that role. -1: none that can be compared.
int TimeColumn(const Dataset& data) {
  const int column = data.RoleIndex(Role::kTime);
  if (column < 0) return -1;
  const FeatureType type = data.columns[static_cast<size_t>(column)].type;
  return type == FeatureType::kDate || type == FeatureType::kNumber ? column : -1;
}

std::string TimeText(const AuditContext& context, int column, double value) {
  const CellColumn cell{.type = context.data.columns[static_cast<size_t>(column)].type,
                        .number = {value}};
  return CellText(cell, 0);
}

void JudgeParts(const AuditContext& context, const Parts& parts, int column, Findings& findings) {
  const int32_t train = parts.train();
  if (train < 0) return;
  const std::vector<double>& time = context.shared.NumbersOfColumn(column);
  std::vector<double> trains;
  for (size_t i = 0; i < time.size(); ++i) {
    if (parts.code[i] == train && std::isfinite(time[i])) trains.push_back(time[i]);
  }
  if (static_cast<int64_t>(trains.size()) < kFewest) return;
  std::ranges::sort(trains);
  // A few late rows do not make the whole part a past.
  const double newest = Quantile(trains, 0.99), middle = Quantile(trains, 0.5);
  for (int32_t part = 0; part < static_cast<int32_t>(parts.names.size()); ++part) {
    if (part == train) continue;
    int64_t rows = 0, older = 0, below_middle = 0;
    for (size_t i = 0; i < time.size(); ++i) {
      if (parts.code[i] != part || !std::isfinite(time[i])) continue;
      ++rows;
      older += time[i] < newest;
      below_middle += time[i] < middle;
    }
    const double share = static_cast<double>(older) / std::max(1.0, static_cast<double>(rows));
    if (rows < 5 || share <= context.settings.at("overlap").get<double>()) continue;
    const bool past = below_middle * 10 > rows * 8;
    const std::string& name = parts.names[static_cast<size_t>(part)];
    Finding& finding = findings.Add(
        past ? Severity::kError : Severity::kWarning, PlaceOfColumn(context.data, column),
        FormatCount(older) + " of " + CountOf(context.data, rows) + " of " + name +
            " are older than rows that train (which go to " + TimeText(context, column, newest) +
            ")" + (past ? ": the model is tested on its past" : ""),
        "train on the past and test on what came after: split.method: time" +
            std::string(context.split == nullptr
                            ? ", with data.roles: {part: ignored} where the source brings parts"
                            : ""));
    finding.confidence = past ? 0.95 : 0.85;
    finding.detail = {{"kind", "older_rows"}, {"part", name}, {"older", older}, {"rows", rows}};
  }
}

bool IsPlanned(const std::string& name) {
  return NameHas(name,
                 {"due",      "expiry",    "expires",  "expiration", "valid",       "until",
                  "planned",  "scheduled", "deadline", "maturity",   "appointment", "estimated",
                  "expected", "promised",  "renewal",  "target",     "faellig",     "expire",
                  "plan",     "goal",      "warranty", "contract"});
}

struct Later {
  int64_t both = 0, later = 0, earlier = 0;
  size_t distances = 0;
};

Later LaterThan(const std::vector<double>& date, const std::vector<double>& time) {
  Later out;
  std::unordered_set<int64_t> distances;
  for (size_t i = 0; i < date.size(); ++i) {
    const double distance = date[i] - time[i];
    if (!std::isfinite(distance)) continue;
    ++out.both;
    out.later += distance > 0;
    out.earlier += distance < 0;
    if (distances.size() < 100) distances.insert(static_cast<int64_t>(std::floor(distance)));
  }
  out.distances = distances.size();
  return out;
}

// Whether having a date at all goes with the class.
bool FilledByClass(const AuditContext& context, const std::vector<double>& date) {
  if (!IsClassTarget(context.data)) return false;
  const Codes& classes = context.shared.CodesOfColumn(TargetIndex(context.data));
  CoarseCodes filled{.size = 2};
  for (const double value : date) filled.code.push_back(std::isfinite(value) ? 1 : 0);
  const auto size = static_cast<int64_t>(classes.values.size());
  return size > 0 && TellingOf(classes.code, size, context.seed).By(filled).low > 0.5;
}

void JudgeDates(const AuditContext& context, int time, Findings& findings) {
  const Dataset& data = context.data;
  const std::vector<double>& times = context.shared.NumbersOfColumn(time);
  for (const int column : FeatureColumns(data)) {
    const Column& described = data.columns[static_cast<size_t>(column)];
    if (column == time || described.type != FeatureType::kDate || IsPlanned(described.name))
      continue;
    const std::vector<double>& dates = context.shared.NumbersOfColumn(column);
    const Later later = LaterThan(dates, times);
    const double both = static_cast<double>(later.both);
    if (later.both < kFewest || static_cast<double>(later.later) < kMostlyLater * both ||
        static_cast<double>(later.earlier) > kNeverEarlier * both ||
        later.distances <= kPlannedDistances) {
      continue;
    }
    const bool by_class = FilledByClass(context, dates);
    Finding& finding = findings.Add(
        by_class ? Severity::kError : Severity::kWarning, PlaceOfColumn(data, column),
        "'" + described.name + "' lies after '" + data.columns[static_cast<size_t>(time)].name +
            "' in " + CountOf(data, later.later) + " of " + FormatCount(later.both) +
            ": it is not known yet when the row's time is now" +
            (by_class ? ", and whether it is filled goes with the target" : ""),
        "leave it out (data.roles: {" + described.name +
            ": ignored}), with everything that was recorded then");
    finding.confidence = by_class ? 0.95 : 0.8;
    finding.detail = {{"kind", "later_date"},
                      {"later", later.later},
                      {"earlier", later.earlier},
                      {"compared", later.both}};
  }
}

bool SpeaksOfFuture(const std::string& name) {
  return NameHas(
      name, {"next",         "future",     "after",      "afterwards", "post",     "followup",
             "follow",       "later",      "subsequent", "final",      "closing",  "closed",
             "discharge",    "discharged", "resolved",   "resolution", "settled",  "settlement",
             "recovered",    "recovery",   "recoveries", "refund",     "refunded", "cancelled",
             "cancellation", "churned",    "ended",      "completion", "actual",   "exit"});
}

// nullopt: too many classes, or none.
std::optional<TellingOf> TellingOfTarget(const AuditContext& context) {
  const int target = TargetIndex(context.data);
  if (!IsClassTarget(context.data)) {
    return TellingOf(context.shared.NumbersOfColumn(target), context.seed);
  }
  const Codes& codes = context.shared.CodesOfColumn(target);
  const auto classes = static_cast<int64_t>(codes.values.size());
  if (classes == 0 || classes > 100) return std::nullopt;
  return TellingOf(codes.code, classes, context.seed);
}

void JudgeNames(const AuditContext& context, Findings& findings) {
  const Dataset& data = context.data;
  if (TargetIndex(data) < 0) return;
  std::optional<TellingOf> telling;
  const double notable = context.settings.at("notable").get<double>();
  for (const int column : FeatureColumns(data)) {
    const Column& described = data.columns[static_cast<size_t>(column)];
    const bool texts =
        described.type == FeatureType::kText || described.type == FeatureType::kPicture;
    if (texts || described.type == FeatureType::kDate || !SpeaksOfFuture(described.name)) continue;
    if (!telling) telling = TellingOfTarget(context);
    if (!telling) return;
    const Told told = telling->By(LookUpOf(context.shared.CellsOfColumn(column), 32));
    if (told.low < notable) continue;
    Finding& finding = findings.Add(
        Severity::kWarning, PlaceOfColumn(data, column),
        "'" + described.name + "' sounds as if it were known only afterwards, and tells " +
            FormatNumber(told.score, 2) + " of 1 of the target",
        "if it is not known when the prediction is needed, leave it out: data.roles: {" +
            described.name + ": ignored}");
    finding.confidence = 0.65;
    finding.detail = {{"kind", "name"}, {"score", told.score}, {"low", told.low}};
  }
}

void Run(const AuditContext& context, Findings& findings) {
  const Dataset& data = context.data;
  const int time = TimeColumn(data);
  if (time < 0 && TargetIndex(data) < 0) {
    findings.Skip("no column has the role time or target");
    return;
  }
  if (time >= 0) {
    const Parts parts = PartsOf(context);
    if (parts.several()) JudgeParts(context, parts, time, findings);
    JudgeDates(context, time, findings);
  }
  JudgeNames(context, findings);
}

}  // namespace

const Check& TimeTravel() {
  static const Check check = {&TimeTravelSpec, &Run};
  return check;
}

}  // namespace bottega
