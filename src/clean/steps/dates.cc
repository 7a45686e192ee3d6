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
          "`day` is days since 1970-01-01 (with the time of day as fraction). Month, weekday "
          "and hour become a sine and a cosine each, so that December lies beside January; a "
          "part that is the same in all training rows is left out.",
      .params = {{.name = "parts",
                  .type = ParamType::kTextList,
                  .what = "which of day, month, weekday, hour",
                  .fallback = Json::array({"day", "month", "weekday", "hour"}),
                  .choices = {"day", "month", "weekday", "hour"}}},
      .source = "",
  };
  return spec;
}

constexpr int64_t kMicrosecondsADay = 86'400'000'000;

struct Calendar {
  double day = 0;   // days since 1970-01-01
  int month = 0;    // 0 .. 11
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
  calendar.month = static_cast<int>(static_cast<unsigned>(date.month())) - 1;
  calendar.weekday = static_cast<int>(std::chrono::weekday(day).c_encoding());
  calendar.hour = static_cast<double>((time - day).count()) / 3.6e9;
  return calendar;
}

// Where the date lies in the cycle that `part` names, in [0, 1).
double Phase(const Calendar& calendar, const std::string& part) {
  if (part == "month") return calendar.month / 12.0;
  if (part == "weekday") return calendar.weekday / 7.0;
  return calendar.hour / 24;
}

bool KnownPart(const std::string& part) {
  return part == "day" || part == "month" || part == "weekday" || part == "hour";
}

bool Varies(const DateSeries& series, int64_t rows, const std::string& part) {
  std::set<double> seen;
  for (int64_t i = 0; i < rows && seen.size() < 2; ++i) {
    const auto cell = series.At(i);
    if (!cell) continue;
    const Calendar calendar = CalendarOf(*cell);
    seen.insert(part == "day" ? calendar.day : Phase(calendar, part));
  }
  return seen.size() > 1;
}

Json Fit(const Frame& train, const Json& settings, std::vector<Refusal>* refused) {
  Json columns = Json::array();
  for (const DateSeries& series : train.dates) {
    Json parts = Json::array();
    for (const Json& part : settings.at("parts")) {
      const std::string name = part.get<std::string>();
      if (!KnownPart(name)) {
        throw Error(ErrorKind::kRecipe,
                    "'" + name + "' is no part of a date: day, month, weekday, hour are");
      }
      if (Varies(series, train.rows, name)) parts.push_back(name);
    }
    if (parts.empty()) {
      refused->push_back({"dates", series.name, "no part of it varies in the training rows"});
      continue;
    }
    columns.push_back({{"column", series.name}, {"parts", parts}});
  }
  return {{"columns", columns}};
}

void AddPart(const DateSeries& series, const std::string& part, Frame* frame) {
  const auto rows = static_cast<size_t>(frame->rows);
  const bool day = part == "day";
  NumberSeries first{.name = series.name + (day ? ":day" : ":" + part + "_sin"), .scaled = !day};
  NumberSeries second{.name = series.name + ":" + part + "_cos", .scaled = true};
  first.values.assign(rows, std::numeric_limits<double>::quiet_NaN());
  if (!day) second.values = first.values;
  for (size_t i = 0; i < rows; ++i) {
    const auto cell = series.At(static_cast<int64_t>(i));
    if (!cell) continue;
    const Calendar calendar = CalendarOf(*cell);
    const double angle = 2 * std::numbers::pi * Phase(calendar, part);
    first.values[i] = day ? calendar.day : std::sin(angle);
    if (!day) second.values[i] = std::cos(angle);
  }
  frame->numbers.push_back(std::move(first));
  if (!day) frame->numbers.push_back(std::move(second));
}

Applier Load(const Json& state) {
  std::vector<std::pair<std::string, std::vector<std::string>>> columns;
  for (const Json& item : StateList(state, "columns")) {
    columns.emplace_back(StateText(item, "column"), StateTexts(item, "parts"));
    for (const std::string& part : columns.back().second) {
      if (!KnownPart(part)) {
        throw Error(ErrorKind::kData,
                    "the state of a fitted step is damaged: no part of a date is '" + part + "'");
      }
    }
  }
  return [columns](Frame* frame) {
    for (const auto& [column, parts] : columns) {
      const DateSeries series = frame->TakeDate(column);
      for (const std::string& part : parts) AddPart(series, part, frame);
    }
  };
}

}  // namespace

const Step kDatesStep = {DatesSpec, Fit, Load};

}  // namespace bottega
