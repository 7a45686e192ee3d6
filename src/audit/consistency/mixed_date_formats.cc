#include <algorithm>
#include <chrono>
#include <map>

#include "audit/cell_findings.h"
#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "base/text.h"
#include "data/infer/dates.h"
#include "data/values.h"
#include "profile/date_reader.h"

namespace bottega {
namespace {

const Spec& MixedDateFormatsSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "mixed_date_formats",
      .one_line = "dates of one column written in several ways, or in one that can be misread",
      .text =
          "2024-03-01 beside 03/01/2024 or 1 Mar 2024; days before months in some rows and behind "
          "them in others. Cells that are not in the format of most get the same date in that "
          "format. 03/04/2024 can be read in two ways: where a column shows both orders, the rows "
          "that fit both are counted, for nobody can tell them; where no day beyond the 12th "
          "tells the order of a whole column, that is said. Times of day do not count as another "
          "format. Severity: warning; error where both orders of day and month occur; info for an "
          "order that cannot be told.",
      .params = {{.name = "share",
                  .type = ParamType::kFloat,
                  .what = "share of the cells of a text column that must be dates",
                  .fallback = 0.8,
                  .min = 0.5,
                  .max = 1},
                 {.name = "rows",
                  .type = ParamType::kInt,
                  .what = "different dates without a day beyond the 12th from which on the order "
                          "of day and month is called unknown",
                  .fallback = 20,
                  .min = 2}},
      .synonyms = {"dates", "day_month_order"},
  };
  return spec;
}

// A cell that is a date, with the formats that read it.
struct Dated {
  int32_t code = -1;  // of the column's cells, or
  int64_t row = -1;   // the record of a cell as written
  int64_t count = 1;
  std::string text;
  std::vector<const std::string*> formats;
};

struct Dates {
  std::vector<Dated> cells;
  std::map<std::string_view, int64_t> rows;  // by day part, of the cells and all others
};

// "%d/%m/%Y" -> "%m/%d/%Y" and back; "" for formats with one order.
std::string Turned(std::string_view day_part) {
  const size_t m = day_part.find("%m"), d = day_part.find("%d");
  if (m == day_part.npos || d == day_part.npos || day_part.find("%Y") == 0) return "";
  if (day_part.find('.') != day_part.npos) return "";
  std::string turned(day_part);
  turned[m + 1] = 'd';
  turned[d + 1] = 'm';
  return turned;
}

// Cells that one format alone can read decide what the others are taken for.
void Settle(Dates* dates) {
  std::map<std::string_view, int64_t> sure = dates->rows;
  for (const Dated& cell : dates->cells) {
    const bool one = std::ranges::all_of(cell.formats, [&](const std::string* format) {
      return DayPart(*format) == DayPart(*cell.formats[0]);
    });
    if (one) sure[DayPart(*cell.formats[0])] += cell.count;
  }
  for (Dated& cell : dates->cells) {
    std::ranges::stable_sort(cell.formats, [&](const std::string* a, const std::string* b) {
      return sure[DayPart(*a)] > sure[DayPart(*b)];
    });
    dates->rows[DayPart(*cell.formats[0])] += cell.count;
  }
}

Dates DatesOfText(const CellColumn& cells, double share) {
  Dates dates;
  DateReader reader;
  int64_t rows = 0, read = 0;
  for (size_t code = 0; code < cells.text.size(); ++code) {
    rows += cells.count[code];
    auto formats = reader.Formats(cells.text[code]);
    if (formats.empty()) continue;
    read += cells.count[code];
    dates.cells.push_back(
        {static_cast<int32_t>(code), -1, cells.count[code], cells.text[code], std::move(formats)});
  }
  if (read < 3 || static_cast<double>(read) < share * static_cast<double>(rows)) return {};
  Settle(&dates);
  return dates;
}

Dates DatesOfColumn(const AuditContext& context, int column) {
  Dates dates;
  const std::string& usual = context.data.columns[static_cast<size_t>(column)].date_format;
  const Written* written = WrittenOf(context.data, column);
  if (usual.empty()) return dates;
  const CellColumn& cells = context.shared.CellsOfColumn(column);
  dates.rows[DayPart(usual)] = static_cast<int64_t>(cells.code.size()) - cells.missing;
  DateReader reader;
  for (size_t i = 0; written != nullptr && i < written->cells.size(); ++i) {
    const WrittenCell& cell = written->cells[i];
    auto formats = reader.Formats(cell.text);
    if (cell.read) --dates.rows[DayPart(usual)];
    if (!formats.empty()) dates.cells.push_back({-1, cell.row, 1, cell.text, std::move(formats)});
  }
  Settle(&dates);
  return dates;
}

// Rows whose day and month can be exchanged, and differ.
int64_t CanBeTurned(const AuditContext& context, int column, const Dates& dates) {
  int64_t rows = 0;
  for (const Dated& cell : dates.cells) {
    std::vector<int64_t> days;
    for (const std::string* format : cell.formats) days.push_back(*ParseDate(cell.text, *format));
    if (std::ranges::any_of(days, [&](int64_t day) { return day != days[0]; })) rows += cell.count;
  }
  if (context.data.columns[static_cast<size_t>(column)].type != FeatureType::kDate) return rows;
  const CellColumn& cells = context.shared.CellsOfColumn(column);
  for (size_t code = 0; code < cells.number.size(); ++code) {
    const std::chrono::year_month_day date{std::chrono::sys_days(
        std::chrono::days(static_cast<int64_t>(std::floor(cells.number[code]))))};
    const auto day = static_cast<unsigned>(date.day());
    if (day <= 12 && day != static_cast<unsigned>(date.month())) rows += cells.count[code];
  }
  return rows;
}

std::string Example(std::string_view day_part) {
  return WriteDate(1'709'251'200'000'000, day_part);  // 2024-03-01
}

std::vector<FlaggedCell> Minority(const AuditContext& context, int column, const Dates& dates,
                                  std::string_view main) {
  std::unordered_map<int32_t, FlaggedValue> by_code;
  std::unordered_map<int64_t, FlaggedValue> by_row;
  for (const Dated& cell : dates.cells) {
    const std::string& format = *cell.formats[0];
    if (DayPart(format) == main) continue;
    const std::string tail(format.substr(DayPart(format).size()));
    const int64_t date = *ParseDate(cell.text, format);
    const FlaggedValue value{
        cell.code < 0 ? DateText(date) : WriteDate(date, std::string(main) + tail), true,
        cell.formats.size() > 1 ? 0.7 : 0.95,
        "written as " + Example(DayPart(format)) + ", most are as " + Example(main)};
    if (cell.code >= 0) {
      by_code.emplace(cell.code, value);
    } else {
      by_row.emplace(cell.row, value);
    }
  }
  if (!by_code.empty()) return CellsWith(context, column, by_code);
  return WrittenCellsWith(context.data, column,
                          [&](const WrittenCell& cell) -> std::optional<FlaggedValue> {
                            const auto at = by_row.find(cell.row);
                            if (at == by_row.end()) return std::nullopt;
                            return at->second;
                          });
}

void AddMixed(const AuditContext& context, int column, const Dates& dates, Findings& findings,
              std::vector<float>* scores) {
  const std::string& name = context.data.columns[static_cast<size_t>(column)].name;
  const std::string_view main =
      std::ranges::max_element(dates.rows, {}, [](const auto& one) { return one.second; })->first;
  const std::string turned = Turned(main);
  const bool both_orders =
      !turned.empty() && dates.rows.contains(turned) && dates.rows.at(turned) > 0;
  const std::vector<FlaggedCell> cells = Minority(context, column, dates, main);
  if (cells.empty()) return;
  std::vector<std::string> ways;
  for (const auto& [part, rows] : dates.rows) {
    if (rows > 0) ways.push_back(Example(part) + " (" + FormatCount(rows) + ")");
  }
  std::string message =
      "'" + name + "' writes dates in several ways, as 1 March 2024 would be: " + Join(ways, ", ");
  if (both_orders) {
    const int64_t open = CanBeTurned(context, column, dates);
    message += "; " + CountOf(context.data, open) +
               " can be read with day and month either way, and nobody can tell which is meant";
  }
  Finding& finding =
      findings.Add(both_orders ? Severity::kError : Severity::kWarning, {}, std::move(message),
                   "write all dates as 2024-03-01 at the source; `bottega clean` rewrites those "
                   "that are clear");
  ListCells(context.data, cells, &finding);
  finding.detail["format"] = std::string(main);
  LowerScores(context.data, cells, scores);
}

void AddUnknownOrder(const AuditContext& context, int column, const Dates& dates,
                     Findings& findings) {
  std::string_view main;
  int64_t values = static_cast<int64_t>(dates.cells.size());
  for (const auto& [part, rows] : dates.rows) {
    if (rows > 0) main = part;
  }
  const Column& about = context.data.columns[static_cast<size_t>(column)];
  int64_t beyond = 0;
  const auto day_beyond = [](int64_t days) {
    const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(days))};
    return static_cast<unsigned>(date.day()) > 12;
  };
  if (about.type == FeatureType::kDate) {
    const CellColumn& cells = context.shared.CellsOfColumn(column);
    values = cells.distinct();
    for (const double day : cells.number) {
      beyond += day_beyond(static_cast<int64_t>(std::floor(day)));
    }
  }
  for (const Dated& cell : dates.cells) {
    beyond += day_beyond(*ParseDate(cell.text, *cell.formats[0]) / 86'400'000'000);
  }
  if (Turned(main).empty() || beyond > 0 || values < context.settings.at("rows").get<int64_t>()) {
    return;
  }
  Finding& finding = findings.Add(
      Severity::kInfo, PlaceOfColumn(context.data, column),
      "'" + about.name + "': no day beyond the 12th tells day from month; dates were read as " +
          std::string(main),
      "write dates as 2024-03-01 at the source");
  finding.confidence = 0.7;
  finding.detail = {{"format", std::string(main)}};
}

void Run(const AuditContext& context, Findings& findings) {
  std::vector<float> scores(static_cast<size_t>(context.data.size()), 1.0F);
  bool any = false;
  for (size_t i = 0; i < context.data.columns.size(); ++i) {
    const FeatureType type = context.data.columns[i].type;
    if (type == FeatureType::kNumber || type == FeatureType::kPicture) continue;
    const int column = static_cast<int>(i);
    const Dates dates = type == FeatureType::kDate
                            ? DatesOfColumn(context, column)
                            : DatesOfText(context.shared.CellsOfColumn(column),
                                          context.settings.at("share").get<double>());
    const auto ways = std::ranges::count_if(dates.rows, [](const auto& w) { return w.second > 0; });
    any = any || ways > 0;
    if (ways > 1) AddMixed(context, column, dates, findings, &scores);
    if (ways == 1) AddUnknownOrder(context, column, dates, findings);
  }
  if (!any) {
    findings.Skip("no column holds dates");
    return;
  }
  findings.Score(std::move(scores));
}

}  // namespace

const Check& MixedDateFormats() {
  static const Check check = {&MixedDateFormatsSpec, &Run};
  return check;
}

}  // namespace bottega
