// Parts of a date as whole numbers, coarse ones first.
#pragma once

#include <vector>

namespace bottega {

struct DatePart {
  const char* name;        // "the weekday"
  int (*of)(double days);  // of days since 1970 (UTC), with a fraction for the time of day
};

// Weekday (0: Sunday), quarter (from 0), month (1 to 12), year, hour, day of the month, year and
// month (12 year + month), day of the year (from 0).
const std::vector<DatePart>& DateParts();

}  // namespace bottega
