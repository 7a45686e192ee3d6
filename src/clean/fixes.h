// Fixes: the repairs of a plan, grouped as a person decides about them: one component in one
// column.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "clean/repairs.h"

namespace bottega {

struct Fix {
  std::string id;  // "merge_spellings:city", "drop_duplicates"
  std::string repair, column;
  std::vector<size_t> members;  // indices into plan.repairs, rising
  int64_t cells = 0;            // cells that change, or rows that leave; columns count 1
  int64_t applied = 0;          // of them
  double least = 1, most = 0;   // confidence
  bool told = false;            // needs a person's word
};

// In the order in which the plan first has them.
std::vector<Fix> FixesOf(const RepairPlan& plan);

// What one repair changes: its rows, or 1 for a column.
int64_t SizeOf(const Repair& repair);

// Sets `apply` of what `words` name: numbers of single repairs ("3", "4-9"), ids of fixes, or names
// of components ("merge_spellings"). Returns how many repairs changed. Errors: kUsage for a word
// that names nothing; the hint lists the fixes.
int64_t SetApplied(const std::vector<std::string>& words, bool apply, RepairPlan* plan);

// Every repair as it is without anybody's word.
void ForgetDecisions(RepairPlan* plan);

// How a change reads in a table: "'MILAN' -> 'Milan'", "row 12 leaves", with values cut to `width`.
std::string ChangeText(const Repair& repair, int width = 24);

}  // namespace bottega
