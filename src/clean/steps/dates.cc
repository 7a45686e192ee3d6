#include <arrow/array.h>

#include <chrono>
#include <cmath>
#include <limits>
#include <numbers>
#include <set>

#include "clean/steps.h"

namespace bottega {

namespace {

const Spec& DatesSpec() {
  static const Spec spec = {
      .kind = "step",
      .name = "dates",
      .one_line = "dates to numbers: the day, and where in the year, week and day it lies",
      .text =
          "`day` is days since 1970-01-01 (with the time of day as fraction), `year` the year, "
          "`weekend` 1 on Saturday and Sunday. The other parts go round: each becomes a sine and a "
          "cosine, so that December lies beside January, or with `cyclic: false` a number from 0. "
          "A part that is the same in all training rows is left out.",
      .params = {{.name = "parts",
                  .type = ParamType::kTextList,
                  .what = "which parts of a date become columns",
                  .fallback = Json::array({"day", "month", "weekday", "hour"}),
                  .choices = {"day", "year", "weekend", "month", "day_of_month", "day_of_year",
                              "weekday", "hour"}},
                 {.name = "cyclic",
                  .type = ParamType::kBool,
                  .what = "sine and cosine for parts that go round, rather than a number",
                  .fallback = true}},
      .synonyms = {"date_parts", "datetime", "calendar"},
  };
  return spec;
}

constexpr int64_t kMicrosecondsADay = 86'400'000'000;

struct Calendar {
  double day = 0;  // days since 1970-01-01
  int year = 1970;
  int month = 0;         // 0 .. 11
  int day_of_month = 0;  // 0 .. 30
  int month_days = 31;
  int day_of_year = 0;  // 0 .. 365
  int year_days = 365;
  int weekday = 0;  // 0 (Sunday) .. 6
  double hour = 0;  // [0, 24)
};

Calendar CalendarOf(int64_t microseconds) {
  using std::chrono::floor;
  const std::chrono::sys_time<std::chrono::microseconds> time{
      std::chrono::microseconds(microseconds)};
  const auto day = floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  Calendar calendar;
  calendar.day = static_cast<double>(microseconds) / static_cast<double>(kMicrosecondsADay);
  calendar.year = static_cast<int>(date.year());
  calendar.day_of_month = static_cast<int>(static_cast<unsigned>(date.day())) - 1;
  const std::chrono::year_month_day_last end = date.year() / date.month() / std::chrono::last;
  calendar.month_days = static_cast<int>(static_cast<unsigned>(end.day()));
  const std::chrono::sys_days first(date.year() / std::chrono::January / 1);
  calendar.day_of_year = static_cast<int>((day - first).count());
  calendar.year_days = date.year().is_leap() ? 366 : 365;
  calendar.month = static_cast<int>(static_cast<unsigned>(date.month())) - 1;
  calendar.weekday = static_cast<int>(std::chrono::weekday(day).c_encoding());
  calendar.hour = static_cast<double>((time - day).count()) / 3.6e9;
  return calendar;
}

struct Part {
  const char* name;
  bool cyclic;
  double (*value)(const Calendar&);
  double (*cycle)(const Calendar&);  // length of the cycle that it lies in
};

constexpr double Once(const Calendar&) { return 1; }

const Part* FindPart(const std::string& name) {
  using C = Calendar;
  static constexpr Part kParts[] = {
      {"day", false, [](const C& c) { return c.day; }, Once},
      {"year", false, [](const C& c) { return double(c.year); }, Once},
      {"weekend", false, [](const C& c) { return double(c.weekday % 6 == 0); }, Once},
      {"month", true, [](const C& c) { return double(c.month); }, [](const C&) { return 12.0; }},
      {"day_of_month", true, [](const C& c) { return double(c.day_of_month); },
       [](const C& c) { return double(c.month_days); }},
      {"day_of_year", true, [](const C& c) { return double(c.day_of_year); },
       [](const C& c) { return double(c.year_days); }},
      {"weekday", true, [](const C& c) { return double(c.weekday); }, [](const C&) { return 7.0; }},
      {"hour", true, [](const C& c) { return c.hour; }, [](const C&) { return 24.0; }},
  };
  for (const Part& part : kParts) {
    if (part.name == name) return &part;
  }
  return nullptr;
}

bool Varies(const DateSeries& series, int64_t rows, const Part& part) {
  std::set<double> seen;
  for (int64_t i = 0; i < rows && seen.size() < 2; ++i) {
    const auto cell = series.At(i);
    if (!cell) continue;
    seen.insert(part.value(CalendarOf(*cell)));
  }
  return seen.size() > 1;
}

Json Fit(const Frame& train, const Json& settings, std::vector<Refusal>* refused) {
  Json columns = Json::array();
  for (const DateSeries& series : train.dates) {
    Json parts = Json::array();
    for (const Json& part : settings.at("parts")) {
      const std::string name = part.get<std::string>();
      const Part* known = FindPart(name);
      if (known == nullptr) throw Error(ErrorKind::kRecipe, "'" + name + "' is no part of a date");
      if (Varies(series, train.rows, *known)) parts.push_back(name);
    }
    if (parts.empty()) {
      refused->push_back({"dates", series.name, "no part of it varies in the training rows"});
      continue;
    }
    columns.push_back({{"column", series.name}, {"parts", parts}});
  }
  return {{"columns", columns}, {"cyclic", settings.at("cyclic")}};
}

void AddPart(const DateSeries& series, const Part& part, bool cyclic, Frame* frame) {
  const auto rows = static_cast<size_t>(frame->rows);
  const bool round = part.cyclic && cyclic;
  const std::string name = series.name + ":" + part.name;
  NumberSeries first{.name = round ? name + "_sin" : name, .column = series.name, .scaled = round};
  NumberSeries second{.name = name + "_cos", .column = series.name, .scaled = true};
  first.values.assign(rows, std::numeric_limits<double>::quiet_NaN());
  second.values = first.values;
  for (size_t i = 0; i < rows; ++i) {
    const auto cell = series.At(static_cast<int64_t>(i));
    if (!cell) continue;
    const Calendar calendar = CalendarOf(*cell);
    const double value = part.value(calendar);
    const double angle = 2 * std::numbers::pi * value / part.cycle(calendar);
    first.values[i] = round ? std::sin(angle) : value;
    second.values[i] = std::cos(angle);
  }
  frame->numbers.push_back(std::move(first));
  if (round) frame->numbers.push_back(std::move(second));
}

Applier Load(const Json& state) {
  std::vector<std::pair<std::string, std::vector<std::string>>> columns;
  for (const Json& item : StateList(state, "columns")) {
    columns.emplace_back(StateText(item, "column"), StateTexts(item, "parts"));
    for (const std::string& part : columns.back().second) {
      if (FindPart(part) == nullptr) {
        throw Error(ErrorKind::kData,
                    "the state of a fitted step is damaged: no part of a date is '" + part + "'");
      }
    }
  }
  const bool cyclic = StateBool(state, "cyclic");
  return [columns, cyclic](Frame* frame) {
    for (const auto& [column, parts] : columns) {
      const DateSeries series = frame->TakeDate(column);
      for (const std::string& part : parts) AddPart(series, *FindPart(part), cyclic, frame);
    }
  };
}

}  // namespace

const Step kDatesStep = {DatesSpec, Fit, Load};

}  // namespace bottega
