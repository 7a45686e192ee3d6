#include <algorithm>
#include <chrono>
#include <cmath>
#include <set>

#include "audit/cell_findings.h"
#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "base/clock.h"
#include "base/text.h"
#include "data/infer/names.h"
#include "data/values.h"
#include "profile/date_reader.h"
#include "profile/quantiles.h"

namespace bottega {
namespace {

const Spec& ImpossibleDatesSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "impossible_dates",
      .one_line = "days that do not exist or cannot be, and ends before their starts",
      .text =
          "31 February and month 13; cells of a date column that are no date; years such as 1800 "
          "or 2999 far from all other dates; birth dates that lie ahead or more than 125 years "
          "back; a few dates ahead in a column that records the past; an end before its start, "
          "where two columns are otherwise in order (their names count). Columns whose name says "
          "plan, due or expiry may lie ahead. 'Today' is the clock, or SOURCE_DATE_EPOCH. "
          "Severity: warning; error for an end before its start and for births ahead.",
      .params = {{.name = "order",
                  .type = ParamType::kTextList,
                  .what = "columns that must be in order, as in 'admitted <= discharged'",
                  .fallback = Json::array()},
                 {.name = "ordered",
                  .type = ParamType::kFloat,
                  .what = "share of rows in which two columns must be in order for the others to "
                          "be mistakes (0.8 where their names say start and end)",
                  .fallback = 0.98,
                  .min = 0.8,
                  .max = 1,
                  .larger = "fewer pairs of columns are compared"}},
      .synonyms = {"invalid_dates", "future_dates", "end_before_start"},
  };
  return spec;
}

constexpr double kYear = 365.2425;
constexpr double kFew = 0.02;  // share of a column that mistakes make up at most
constexpr int64_t kFewestRows = 20;
constexpr size_t kMostDateColumns = 12;

double Today() { return static_cast<double>(NowUnixSeconds()) / 86'400; }
double DayOfYear(int year) { return (year - 1970) * kYear; }

bool IsBirth(const std::string& name) {
  return NameHas(name, {"birth", "birthday", "birthdate", "dob", "born", "geburtsdatum", "geburt",
                        "naissance", "nacimiento", "nascita"});
}
bool MayLieAhead(const std::string& name) {
  return NameHas(name, {"due",      "expiry",    "expires",   "expiration",  "expire",   "end",
                        "until",    "till",      "valid",     "deadline",    "next",     "planned",
                        "plan",     "scheduled", "schedule",  "renewal",     "maturity", "target",
                        "forecast", "expected",  "estimated", "appointment", "event",    "to",
                        "return",   "arrival",   "delivery"});
}
bool IsStart(const std::string& name) {
  return NameHas(name, {"start",   "begin",    "from",      "admission",    "admitted", "admit",
                        "open",    "opened",   "birth",     "order",        "ordered",  "created",
                        "issue",   "issued",   "departure", "checkin",      "hire",     "hired",
                        "signup",  "joined",   "purchase",  "registration", "request",  "requested",
                        "shipped", "received", "loan",      "birthdate",    "dob",      "pickup"});
}
bool IsEnd(const std::string& name) {
  return NameHas(name,
                 {"end",       "until",       "till",     "discharge", "discharged", "close",
                  "closed",    "death",       "died",     "to",        "delivery",   "delivered",
                  "arrival",   "finish",      "checkout", "finished",  "return",     "returned",
                  "completed", "termination", "expiry",   "expires",   "due",        "resolved",
                  "left",      "cancelled",   "dropoff",  "shipped",   "paid"});
}

struct Report {
  const AuditContext& context;
  Findings& findings;
  std::vector<float>* scores;
  std::set<std::pair<int, int64_t>>* odd;  // column and position of all cells that were added

  bool IsOdd(int column, int64_t position) const { return odd->contains({column, position}); }

  void Add(int column, const std::vector<FlaggedCell>& cells, Severity severity,
           const std::string& what, const std::string& fix) const {
    if (cells.empty()) return;
    for (const FlaggedCell& cell : cells) odd->emplace(column, cell.position);
    const FlaggedCell& first = cells[0];
    Finding& finding = findings.Add(
        severity, {},
        "'" + context.data.columns[static_cast<size_t>(column)].name +
            "': " + CountOf(context.data, static_cast<int64_t>(cells.size())) + " " + what +
            ", as '" + Shorten(first.Shown(), 40) + "' in " + NameRow(context.data, first.position),
        fix);
    ListCells(context.data, cells, &finding);
    LowerScores(context.data, cells, scores);
  }
};

// Texts with the pattern of a date that name no day, in columns that hold dates.
void NoSuchDay(const Report& report, int column) {
  const AuditContext& context = report.context;
  const CellColumn& cells = context.shared.CellsOfColumn(column);
  DateReader reader;
  std::unordered_map<int32_t, FlaggedValue> flags;
  int64_t dates = 0, rows = 0;
  for (size_t code = 0; code < cells.text.size(); ++code) {
    rows += cells.count[code];
    const bool impossible = reader.IsImpossible(cells.text[code]);
    if (impossible) {
      flags[static_cast<int32_t>(code)] = {std::nullopt, true, 0.95, "there is no such day"};
    }
    if (impossible || !reader.Formats(cells.text[code]).empty()) dates += cells.count[code];
  }
  if (flags.empty() || dates * 10 < rows * 8) return;
  report.Add(column, CellsWith(context, column, flags), Severity::kWarning,
             "name a day that does not exist", "correct the dates, or leave the cells empty");
}

void Unread(const Report& report, int column) {
  DateReader reader;
  const auto judge = [&](bool day) {
    return [&reader, day](const WrittenCell& cell) -> std::optional<FlaggedValue> {
      if (cell.read || !reader.Formats(cell.text).empty()) return std::nullopt;
      if (reader.IsImpossible(cell.text) != day) return std::nullopt;
      return FlaggedValue{std::nullopt, true, day ? 0.95 : 0.9,
                          day ? "there is no such day" : "it is no date"};
    };
  };
  const Dataset& data = report.context.data;
  report.Add(column, WrittenCellsWith(data, column, judge(true)), Severity::kWarning,
             "name a day that does not exist", "correct the dates, or leave the cells empty");
  report.Add(column, WrittenCellsWith(data, column, judge(false)), Severity::kWarning,
             "are no dates", "correct the cells, or leave them empty");
}

bool IsRoundSentinel(double day) {
  const std::string text = DayText(day);
  return text.ends_with("-01-01") || text.ends_with("-12-31") || text.ends_with("-12-30");
}

// Days for which `odd` says yes.
std::vector<FlaggedCell> DaysThat(const Report& report, int column,
                                  const std::function<bool(double)>& odd, double confidence,
                                  const std::string& evidence) {
  const CellColumn& cells = report.context.shared.CellsOfColumn(column);
  std::unordered_map<int32_t, FlaggedValue> flags;
  for (size_t code = 0; code < cells.number.size(); ++code) {
    // A repeated first or last day of a year stands for "missing": hidden_missing names it.
    if (!odd(cells.number[code]) || (cells.count[code] > 1 && IsRoundSentinel(cells.number[code])))
      continue;
    flags[static_cast<int32_t>(code)] = {std::nullopt, true, confidence, evidence};
  }
  return CellsWith(report.context, column, flags);
}

void OddYears(const Report& report, int column) {
  const std::string& name = report.context.data.columns[static_cast<size_t>(column)].name;
  std::vector<double> known = report.context.shared.NumbersOfColumn(column);
  std::erase_if(known, [](double day) { return std::isnan(day); });
  if (known.size() < 3) return;
  std::ranges::sort(known);
  const double today = Today(), n = static_cast<double>(known.size());
  const double low = Quantile(known, 0.02), high = Quantile(known, 0.98), range = high - low;
  if (IsBirth(name)) {
    report.Add(column,
               DaysThat(
                   report, column, [&](double d) { return d > today + 1; }, 0.97,
                   "a birth that lies ahead"),
               Severity::kError, "lie ahead", "correct the birth dates");
    report.Add(column,
               DaysThat(
                   report, column, [&](double d) { return d < today - 125 * kYear; }, 0.85,
                   "a birth more than 125 years ago"),
               Severity::kWarning, "lie more than 125 years back",
               "correct the birth dates, or leave the cells empty");
    return;
  }
  const auto ahead = known.end() - std::ranges::upper_bound(known, today + 1);
  const bool past = static_cast<double>(ahead) <= kFew * n && !MayLieAhead(name);
  const double latest = past ? today + 1 : std::max(high + 0.5 * range, today + 10 * kYear);
  const double earliest = std::min(low - 0.5 * range, DayOfYear(1900));
  const auto odd = [&](double d) { return d < earliest || d > latest; };
  const auto count = std::ranges::count_if(known, odd);
  if (static_cast<double>(count) > std::max(kFew * n, 1.0)) return;
  report.Add(column, DaysThat(report, column, odd, 0.9, "far from all other dates of the column"),
             Severity::kWarning, "cannot be", "correct the dates, or leave the cells empty");
}

struct Order {
  int start = 0, end = 0;
  bool given = false;
};

// The columns in the order that most rows have, where it is clear enough.
std::optional<Order> OrderOf(const AuditContext& context, int a, int b) {
  const std::vector<double>& x = context.shared.NumbersOfColumn(a);
  const std::vector<double>& y = context.shared.NumbersOfColumn(b);
  int64_t n = 0, less = 0, more = 0;
  for (size_t i = 0; i < x.size(); ++i) {
    if (std::isnan(x[i]) || std::isnan(y[i])) continue;
    ++n;
    less += x[i] < y[i];
    more += x[i] > y[i];
  }
  const bool swapped = more > less;
  const Order order = swapped ? Order{b, a} : Order{a, b};
  const int64_t wrong = swapped ? less : more, right = swapped ? more : less;
  const auto name = [&](int column) {
    return context.data.columns[static_cast<size_t>(column)].name;
  };
  const bool named = IsStart(name(order.start)) && IsEnd(name(order.end));
  const double least = named ? 0.8 : context.settings.at("ordered").get<double>();
  if (n < kFewestRows || wrong == 0 || right * 2 < n) return std::nullopt;
  if (static_cast<double>(n - wrong) < least * static_cast<double>(n)) return std::nullopt;
  return order;
}

void EndBeforeStart(const Report& report, const Order& order) {
  const AuditContext& context = report.context;
  const std::vector<double>& start = context.shared.NumbersOfColumn(order.start);
  const std::vector<double>& end = context.shared.NumbersOfColumn(order.end);
  const std::string& other = context.data.columns[static_cast<size_t>(order.start)].name;
  std::vector<FlaggedCell> cells;
  for (size_t i = 0; i < start.size(); ++i) {
    if (std::isnan(start[i]) || std::isnan(end[i]) || start[i] <= end[i]) continue;
    // A date that cannot be explains why the order is wrong.
    const auto row = static_cast<int64_t>(i);
    if (report.IsOdd(order.start, row) || report.IsOdd(order.end, row)) continue;
    cells.push_back({static_cast<int64_t>(i), order.end, DayText(end[i]), std::nullopt, false, 0.9,
                     "it lies before '" + other + "', " + DayText(start[i])});
  }
  report.Add(order.end, cells, Severity::kError, "lie before '" + other + "'",
             "find out which of the two dates is wrong");
}

std::vector<Order> GivenOrders(const AuditContext& context) {
  std::vector<Order> orders;
  for (const Json& item : context.settings.at("order")) {
    const std::string rule = item.get<std::string>();
    const size_t sign = rule.find("<=");
    const int a = sign == rule.npos ? -1 : context.data.Find(Trim(rule.substr(0, sign)));
    const int b = sign == rule.npos ? -1 : context.data.Find(Trim(rule.substr(sign + 2)));
    const auto is_date = [&](int c) {
      return c >= 0 && context.data.columns[static_cast<size_t>(c)].type == FeatureType::kDate;
    };
    if (!is_date(a) || !is_date(b)) {
      throw Error(ErrorKind::kRecipe,
                  "impossible_dates.order: '" + rule + "' does not name two date columns", {},
                  "write it as in 'admitted <= discharged'");
    }
    orders.push_back({a, b, true});
  }
  return orders;
}

void Run(const AuditContext& context, Findings& findings) {
  std::vector<float> scores(static_cast<size_t>(context.data.size()), 1.0F);
  std::set<std::pair<int, int64_t>> odd;
  const Report report{context, findings, &scores, &odd};
  std::vector<int> dates;
  for (size_t i = 0; i < context.data.columns.size(); ++i) {
    const FeatureType type = context.data.columns[i].type;
    const int column = static_cast<int>(i);
    if (type == FeatureType::kDate) {
      dates.push_back(column);
      Unread(report, column);
      OddYears(report, column);
    } else if (type != FeatureType::kNumber && type != FeatureType::kPicture) {
      NoSuchDay(report, column);
    }
  }
  std::set<std::pair<int, int>> done;
  for (const Order& order : GivenOrders(context)) {
    EndBeforeStart(report, order);
    done.emplace(std::min(order.start, order.end), std::max(order.start, order.end));
  }
  if (dates.size() > kMostDateColumns) dates.resize(kMostDateColumns);
  for (size_t i = 0; i < dates.size(); ++i) {
    for (size_t j = i + 1; j < dates.size(); ++j) {
      if (done.contains({dates[i], dates[j]})) continue;
      if (const auto order = OrderOf(context, dates[i], dates[j])) EndBeforeStart(report, *order);
    }
  }
  if (dates.empty() && findings.items().empty()) {
    findings.Skip("no column holds dates");
    return;
  }
  findings.Score(std::move(scores));
}

}  // namespace

const Check& ImpossibleDates() {
  static const Check check = {&ImpossibleDatesSpec, &Run};
  return check;
}

}  // namespace bottega
