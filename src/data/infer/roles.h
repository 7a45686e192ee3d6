// What the columns of a table are for: target, task, positive class, group, time, weight, part.
#pragma once

#include <string>
#include <vector>

#include "data/dataset.h"
#include "data/infer/column_look.h"

namespace bottega {

// Index of the column that `target` means: its name, its number from 1, or -1, -2 ... from the end.
// Error kRecipe, naming the nearest columns of `file`, if there is none.
int FindTarget(const std::vector<Column>& columns, const std::string& target,
               const std::string& file);

// The column most likely to be the target: one with a target's name, else the last if it has 2 to
// 20 different values, else the first from the end that has, else the last.
int ProposeTarget(const std::vector<Column>& columns, const std::vector<ColumnLook>& looks);

struct TaskGuess {
  std::string task;  // "classification", "regression"
  std::string why;
};
// Numbers are a quantity (regression) unless there are two values, or at most 20 that are whole and
// 0..k or 1..k in a row without an ordinal name: those are classes. Grades such as quality 3..8 are
// taken for a quantity: their order matters, and the outer grades are rare.
TaskGuess GuessTask(const std::string& name, FeatureType type, const ColumnLook& look);

// The rarer of two classes; on a tie the one that reads like yes (1, true, yes, ...), else the
// last.
std::string GuessPositive(const ColumnLook& look);

// Sets role and sensitive of the columns other than the target; says what it chose in `remarks`.
void ProposeRoles(int target, const std::vector<ColumnLook>& looks, std::vector<Column>* columns,
                  std::vector<std::string>* remarks);

}  // namespace bottega
