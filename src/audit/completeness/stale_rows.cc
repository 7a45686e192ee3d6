#include <algorithm>
#include <cmath>

#include "audit/cell_findings.h"
#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "base/clock.h"
#include "base/text.h"
#include "data/values.h"

namespace bottega {
namespace {

const Spec& StaleRowsSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "stale_rows",
      .one_line = "records older than the recipe allows, and data that stopped coming",
      .text =
          "With `audit: {max_age: 365d}` every record whose date lies further back is named, by "
          "the column `audit.date_column` or the one whose role is time. If even the newest "
          "record is too old, the data as a whole are stale: error. 'Today' is the clock, or "
          "SOURCE_DATE_EPOCH. Severity: warning for old records among current ones; warning as "
          "well for rows without a date, whose age nobody knows.",
      .synonyms = {"freshness", "outdated", "max_age"},
  };
  return spec;
}

// "365d", "52w", "18mo", "2y", "36h" in days; 0 for anything else.
double DaysOf(std::string_view text) {
  text = Trim(text);
  size_t end = 0;
  while (end < text.size() && (IsDigit(text[end]) || text[end] == '.')) ++end;
  const auto number = ParseNumber(text.substr(0, end));
  const std::string unit = LowerAscii(Trim(text.substr(end)));
  if (!number || *number <= 0) return 0;
  if (unit == "h") return *number / 24;
  if (unit == "d" || unit == "day" || unit == "days") return *number;
  if (unit == "w" || unit == "week" || unit == "weeks") return *number * 7;
  if (unit == "mo" || unit == "month" || unit == "months") return *number * 30.436875;
  if (unit == "y" || unit == "year" || unit == "years") return *number * 365.2425;
  return 0;
}

std::string Text(const Json& section, const char* key) {
  const auto at = section.find(key);
  return at != section.end() && at->is_string() ? at->get<std::string>() : std::string();
}

// The column that dates records; -1 where none can be meant.
int DateColumn(const AuditContext& context) {
  const std::string named = Text(context.section, "date_column");
  const auto is_date = [&](int column) {
    return column >= 0 &&
           context.data.columns[static_cast<size_t>(column)].type == FeatureType::kDate;
  };
  if (!named.empty()) {
    const int column = context.data.Find(named);
    if (is_date(column)) return column;
    throw Error(ErrorKind::kRecipe, "audit.date_column: '" + named + "' is no column of dates", {},
                column < 0 ? "name a column of the data"
                           : "declare it a date: data.types: {" + named + ": date}");
  }
  const int time = context.data.RoleIndex(Role::kTime);
  if (is_date(time)) return time;
  int only = -1;
  for (size_t i = 0; i < context.data.columns.size(); ++i) {
    if (!is_date(static_cast<int>(i))) continue;
    if (only >= 0) return -1;
    only = static_cast<int>(i);
  }
  return only;
}

void AddUndated(const AuditContext& context, int column, int64_t undated, Findings& findings) {
  if (undated == 0) return;
  Finding& finding = findings.Add(
      Severity::kWarning, PlaceOfColumn(context.data, column),
      CountOf(context.data, undated) + (undated == 1 ? " has" : " have") + " no date in '" +
          context.data.columns[static_cast<size_t>(column)].name + "': their age is not known",
      "date the records, or leave them out");
  finding.detail = {{"undated", undated}};
}

void Run(const AuditContext& context, Findings& findings) {
  const std::string allowed = Text(context.section, "max_age");
  if (allowed.empty()) {
    findings.Skip("audit.max_age is not set");
    return;
  }
  const double most = DaysOf(allowed);
  if (most <= 0) {
    throw Error(ErrorKind::kRecipe, "audit.max_age: '" + allowed + "' is no length of time", {},
                "write it as 36h, 365d, 52w, 18mo or 2y");
  }
  const int column = DateColumn(context);
  if (column < 0) {
    findings.Skip("no single column dates the records; name one as audit.date_column");
    return;
  }
  const double today = static_cast<double>(NowUnixSeconds()) / 86'400;
  const std::vector<double>& day = context.shared.NumbersOfColumn(column);
  std::vector<float> scores(day.size(), 1.0F);
  std::vector<int64_t> old;
  double newest = -INFINITY, oldest = INFINITY;
  int64_t undated = 0;
  for (size_t i = 0; i < day.size(); ++i) {
    undated += std::isnan(day[i]);
    if (std::isnan(day[i])) {
      scores[i] = NAN;
      continue;
    }
    if (day[i] <= today) newest = std::max(newest, day[i]);
    oldest = std::min(oldest, day[i]);
    if (today - day[i] <= most) continue;
    old.push_back(static_cast<int64_t>(i));
    scores[i] = 0;
  }
  findings.Score(std::move(scores));
  AddUndated(context, column, undated, findings);
  if (old.empty()) return;
  const bool all = today - newest > most;
  Finding& finding = findings.Add(
      all ? Severity::kError : Severity::kWarning, PlaceOf(context.data, old[0], column),
      all ? "the newest record is of " + DayText(std::floor(newest)) + ", " +
                FormatCount(static_cast<int64_t>(today - newest)) +
                " days back: the data are older than the " + allowed + " that the recipe allows"
          : CountOf(context.data, static_cast<int64_t>(old.size())) + " of " +
                FormatCount(context.data.size()) + " are older than the " + allowed +
                " that the recipe allows; the oldest is of " + DayText(std::floor(oldest)),
      all ? "collect newer records"
          : "leave the old records out, or allow a greater audit.max_age");
  constexpr size_t kListed = 1000;
  finding.detail["rows"] = RecordNumbers(
      context.data,
      {old.begin(), old.begin() + static_cast<int64_t>(std::min(kListed, old.size()))});
  finding.detail["count"] = old.size();
  finding.detail["newest"] = DayText(std::floor(newest));
  finding.detail["oldest"] = DayText(std::floor(oldest));
}

}  // namespace

const Check& StaleRows() {
  static const Check check = {&StaleRowsSpec, &Run};
  return check;
}

}  // namespace bottega
