#include "profile/date_parts.h"

#include <chrono>
#include <cmath>

namespace bottega {
namespace {

std::chrono::year_month_day DayOf(double days) {
  return std::chrono::sys_days(std::chrono::days(static_cast<int>(std::floor(days))));
}
int Month(double d) { return static_cast<int>(static_cast<unsigned>(DayOf(d).month())); }
int Year(double d) { return static_cast<int>(DayOf(d).year()); }
int Weekday(double d) { return static_cast<int>(std::fmod(std::floor(d) + 4 + 7e6, 7)); }

}  // namespace

const std::vector<DatePart>& DateParts() {
  static const std::vector<DatePart> parts = {
      {"the weekday", &Weekday},
      {"the quarter", [](double d) { return (Month(d) - 1) / 3; }},
      {"the month", &Month},
      {"the year", &Year},
      {"the hour", [](double d) { return static_cast<int>((d - std::floor(d)) * 24 + 1e-6); }},
      {"the day of the month",
       [](double d) { return static_cast<int>(static_cast<unsigned>(DayOf(d).day())); }},
      {"the year and month", [](double d) { return 12 * Year(d) + Month(d); }},
      {"the day of the year",
       [](double d) {
         const std::chrono::sys_days first(DayOf(d).year() / std::chrono::January / 1);
         return static_cast<int>(std::floor(d)) -
                static_cast<int>(first.time_since_epoch().count());
       }},
  };
  return parts;
}

}  // namespace bottega
