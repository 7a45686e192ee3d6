#include "data/infer/dates.h"

#include <chrono>

#include "base/text.h"

namespace bottega {
namespace {

constexpr std::string_view kMonths[] = {"january",   "february", "march",    "april",
                                        "may",       "june",     "july",     "august",
                                        "september", "october",  "november", "december"};

struct Fields {
  int year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0, offset_minutes = 0;
  int64_t microsecond = 0;
  bool afternoon = false, twelve_hours = false;
};

// Reads `least` to `most` digits.
bool TakeNumber(std::string_view* text, size_t least, size_t most, int* value) {
  size_t n = 0;
  int result = 0;
  while (n < most && n < text->size() && IsDigit((*text)[n]))
    result = result * 10 + ((*text)[n++] - '0');
  if (n < least) return false;
  text->remove_prefix(n);
  *value = result;
  return true;
}

bool TakeFraction(std::string_view* text, int64_t* microsecond) {
  size_t n = 0;
  int64_t value = 0;
  for (; n < text->size() && IsDigit((*text)[n]); ++n) {
    if (n < 6) value = value * 10 + ((*text)[n] - '0');
  }
  if (n == 0) return false;
  for (size_t i = n; i < 6; ++i) value *= 10;
  text->remove_prefix(n);
  *microsecond = value;
  return true;
}

bool TakeMonthName(std::string_view* text, int* month) {
  const std::string lower = LowerAscii(text->substr(0, 9));
  for (int i = 0; i < 12; ++i) {
    const std::string_view name = kMonths[i];
    for (const size_t length : {name.size(), size_t{3}}) {
      if (!lower.starts_with(name.substr(0, length))) continue;
      text->remove_prefix(length);
      *month = i + 1;
      return true;
    }
  }
  return false;
}

bool TakeZone(std::string_view* text, int* minutes) {
  if (text->starts_with('Z')) {
    text->remove_prefix(1);
    return true;
  }
  if (!text->starts_with('+') && !text->starts_with('-')) return false;
  const int sign = text->front() == '-' ? -1 : 1;
  text->remove_prefix(1);
  int hours = 0;
  int rest = 0;
  if (!TakeNumber(text, 2, 2, &hours)) return false;
  if (text->starts_with(':')) text->remove_prefix(1);
  if (!text->empty() && !TakeNumber(text, 2, 2, &rest)) return false;
  *minutes = sign * (hours * 60 + rest);
  return true;
}

bool TakeHalfOfDay(std::string_view* text, bool* afternoon) {
  const std::string lower = LowerAscii(text->substr(0, 2));
  if (lower != "am" && lower != "pm") return false;
  *afternoon = lower == "pm";
  text->remove_prefix(2);
  return true;
}

bool TakeField(char field, std::string_view* text, Fields* f) {
  switch (field) {
    case 'Y':
      return TakeNumber(text, 4, 4, &f->year);
    case 'y':
      if (!TakeNumber(text, 2, 2, &f->year)) return false;
      f->year += f->year < 69 ? 2000 : 1900;  // as POSIX strptime does
      return true;
    case 'm':
      return TakeNumber(text, 1, 2, &f->month);
    case 'd':
      return TakeNumber(text, 1, 2, &f->day);
    case 'H':
      return TakeNumber(text, 1, 2, &f->hour) && f->hour < 24;
    case 'I':
      f->twelve_hours = true;
      return TakeNumber(text, 1, 2, &f->hour) && f->hour >= 1 && f->hour <= 12;
    case 'M':
      return TakeNumber(text, 2, 2, &f->minute) && f->minute < 60;
    case 'S':
      return TakeNumber(text, 2, 2, &f->second) && f->second < 61;
    case 'f':
      return TakeFraction(text, &f->microsecond);
    case 'b':
    case 'B':
      return TakeMonthName(text, &f->month);
    case 'p':
      return TakeHalfOfDay(text, &f->afternoon);
    case 'z':
      return TakeZone(text, &f->offset_minutes);
    default:
      return false;
  }
}

std::optional<int64_t> Microseconds(const Fields& f) {
  namespace ch = std::chrono;
  const ch::year_month_day date{ch::year(f.year), ch::month(static_cast<unsigned>(f.month)),
                                ch::day(static_cast<unsigned>(f.day))};
  if (!date.ok() || f.year < 1) return std::nullopt;
  const int64_t days = ch::sys_days(date).time_since_epoch().count();
  const int hour = f.twelve_hours ? f.hour % 12 + (f.afternoon ? 12 : 0) : f.hour;
  const int64_t seconds =
      days * 86'400 + hour * 3'600 + (f.minute - f.offset_minutes) * 60 + f.second;
  return seconds * 1'000'000 + f.microsecond;
}

std::string Padded(int64_t value, size_t width) {
  std::string text = std::to_string(value);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

std::string MonthName(unsigned month, bool whole) {
  std::string name(kMonths[month - 1]);
  name[0] = static_cast<char>(name[0] - 'a' + 'A');
  return whole ? name : name.substr(0, 3);
}

struct Moment {
  std::chrono::year_month_day date;
  std::chrono::hh_mm_ss<std::chrono::microseconds> time;
};

std::string FieldText(char field, const Moment& moment) {
  const auto year = static_cast<int>(moment.date.year());
  const auto month = static_cast<unsigned>(moment.date.month());
  const int64_t hour = moment.time.hours().count();
  switch (field) {
    case 'Y':
      return Padded(year, 4);
    case 'y':
      return Padded(year % 100, 2);
    case 'm':
      return Padded(month, 2);
    case 'd':
      return Padded(static_cast<unsigned>(moment.date.day()), 2);
    case 'H':
      return Padded(hour, 2);
    case 'I':
      return Padded((hour + 11) % 12 + 1, 2);
    case 'M':
      return Padded(moment.time.minutes().count(), 2);
    case 'S':
      return Padded(moment.time.seconds().count(), 2);
    case 'f':
      return Padded(moment.time.subseconds().count(), 6);
    case 'b':
      return MonthName(month, false);
    case 'B':
      return MonthName(month, true);
    case 'p':
      return hour < 12 ? "AM" : "PM";
    case 'z':
      return "+0000";
    default:
      return std::string(1, field);
  }
}

}  // namespace

std::string FormatDate(int64_t microseconds, std::string_view format) {
  namespace ch = std::chrono;
  const ch::sys_time<ch::microseconds> time{ch::microseconds(microseconds)};
  const auto day = ch::floor<ch::days>(time);
  const Moment moment{ch::year_month_day(day), ch::hh_mm_ss<ch::microseconds>(time - day)};
  std::string text;
  for (size_t i = 0; i < format.size(); ++i) {
    const bool field = format[i] == '%' && i + 1 < format.size();
    text += field ? FieldText(format[++i], moment) : std::string(1, format[i]);
  }
  return text;
}

std::optional<int64_t> ParseIsoDate(std::string_view text) {
  for (const char* format : {"%Y-%m-%d", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S.%f"}) {
    if (const auto date = ParseDate(text, format)) return date;
  }
  return std::nullopt;
}

std::optional<int64_t> ParseDate(std::string_view text, std::string_view format) {
  text = Trim(text);
  Fields fields;
  for (size_t i = 0; i < format.size(); ++i) {
    if (format[i] == '%' && i + 1 < format.size() && format[i + 1] != '%') {
      if (!TakeField(format[++i], &text, &fields)) return std::nullopt;
      continue;
    }
    if (format[i] == '%') ++i;
    if (!text.starts_with(format[i])) return std::nullopt;
    text.remove_prefix(1);
  }
  if (!text.empty()) return std::nullopt;
  return Microseconds(fields);
}

std::string WriteDate(int64_t microseconds, std::string_view format) {
  namespace ch = std::chrono;
  const ch::sys_time<ch::microseconds> time{ch::microseconds(microseconds)};
  const ch::sys_days day = ch::floor<ch::days>(time);
  const ch::year_month_day date(day);
  const ch::hh_mm_ss clock(time - day);
  const auto padded = [](int64_t value, size_t width) {
    const std::string digits = std::to_string(value);
    return std::string(width > digits.size() ? width - digits.size() : 0, '0') + digits;
  };
  const int hour = static_cast<int>(clock.hours().count());
  const auto month = static_cast<unsigned>(date.month());
  std::string name(kMonths[month - 1]);
  name[0] = static_cast<char>(name[0] - 'a' + 'A');
  std::string out;
  for (size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%' || ++i == format.size()) {
      out += format[std::min(i, format.size() - 1)];
      continue;
    }
    switch (format[i]) {
      case 'Y':
        out += padded(static_cast<int>(date.year()), 4);
        break;
      case 'y':
        out += padded(static_cast<int>(date.year()) % 100, 2);
        break;
      case 'm':
        out += padded(month, 2);
        break;
      case 'd':
        out += padded(static_cast<unsigned>(date.day()), 2);
        break;
      case 'H':
        out += padded(hour, 2);
        break;
      case 'I':
        out += padded(hour % 12 == 0 ? 12 : hour % 12, 2);
        break;
      case 'M':
        out += padded(clock.minutes().count(), 2);
        break;
      case 'S':
        out += padded(clock.seconds().count(), 2);
        break;
      case 'f':
        out += padded(clock.subseconds().count(), 6);
        break;
      case 'b':
        out += name.substr(0, 3);
        break;
      case 'B':
        out += name;
        break;
      case 'p':
        out += hour < 12 ? "AM" : "PM";
        break;
      case 'z':
        out += 'Z';
        break;
      default:
        out += format[i];
    }
  }
  return out;
}

const std::vector<std::string>& DateFormats() {
  static const std::vector<std::string> kFormats = [] {
    const std::vector<std::string> days = {
        "%Y-%m-%d", "%Y/%m/%d", "%m/%d/%Y",  "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%m-%d-%Y",
        "%d %b %Y", "%d-%b-%Y", "%b %d, %Y", "%m/%d/%y", "%d/%m/%y", "%d.%m.%y"};
    std::vector<std::string> all = days;
    for (const char* clock :
         {"T%H:%M:%S", " %H:%M:%S", "T%H:%M:%S%z", "T%H:%M:%S.%f", "T%H:%M:%S.%f%z", " %H:%M:%S.%f",
          " %H:%M:%S%z", " %H:%M", "T%H:%M", " %I:%M %p", " %I:%M:%S %p"}) {
      for (const std::string& day : days) all.push_back(day + clock);
    }
    all.push_back("%Y-%m");
    return all;
  }();
  return kFormats;
}

std::string DetectDateFormat(const std::vector<std::string_view>& values, double share) {
  std::string best;
  int64_t best_count = 0;
  for (const std::string& format : DateFormats()) {
    int64_t count = 0;
    int64_t looked = 0;
    for (const std::string_view value : values) {
      count += ParseDate(value, format).has_value();
      if (++looked == 20 && count == 0) break;
    }
    if (count > best_count) {
      best = format;
      best_count = count;
    }
  }
  const bool enough = !values.empty() &&
                      static_cast<double>(best_count) >= share * static_cast<double>(values.size());
  return enough ? best : "";
}

bool LooksLikeDate(std::string_view text) {
  text = Trim(text);
  if (text.size() < 6 || text.size() > 40) return false;
  int digits = 0;
  for (const char c : text) digits += IsDigit(c);
  if (digits < 4 || digits == static_cast<int>(text.size())) return false;
  for (const std::string& format : DateFormats()) {
    if (ParseDate(text, format)) return true;
  }
  return false;
}

}  // namespace bottega
