// Values that look like stand-ins for missing ones, by themselves and by what lies around them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "profile/sorted_values.h"

namespace bottega {

struct StandIn {
  int32_t code = -1;  // of the column
  double confidence = 0;
  std::string evidence;
};

// -1, 99, 999, -9999, 888, 99.9 ... repeated at the edge of a column of numbers, far from the
// others or the only negative one.
void FindNumberCodes(const SortedValues& sorted, std::vector<StandIn>* found);

// 0 where all other numbers stay clear of it, and it is neither most of them nor a count by the
// column's `name`.
void FindImpossibleZero(const SortedValues& sorted, const std::string& name,
                        std::vector<StandIn>* found);

// 1900-01-01, 9999-12-31 ... apart from the other dates, or far more frequent than those near it.
void FindRoundDates(const SortedValues& sorted, std::vector<StandIn>* found);

// 'unknown', 'n/a', 'keine Angabe', '--': words and signs that say that nothing is known.
bool IsMissingWord(const std::string& value);
// 00000, 999-999-9999: one digit, five times and more.
bool IsOneDigit(const std::string& value);

}  // namespace bottega
