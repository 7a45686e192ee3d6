// What names the person whose rows were chosen: the texts that no other row holds.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "clean/forget/source_state.h"
#include "clean/forget/value_finder.h"

namespace bottega {

struct Person {
  std::vector<SoughtValue> values;  // the longest first
  // Texts of theirs that are not looked for: other rows hold or mention them, they are words of the
  // program, or they are numbers of a few digits, which would be found everywhere.
  int64_t common = 0;
};

// Of the chosen rows of all states: every cell as it is written in the source, as it was read and
// as a version repaired it, and the literals of the condition. `is_word`: what the program itself
// writes.
Person DescribePerson(const std::vector<SourceState>& states, const RowCondition& condition,
                      const std::vector<Version>& versions,
                      const std::function<bool(const std::string&)>& is_word);

}  // namespace bottega
