#include "data/infer/roles.h"

#include <algorithm>

#include "base/text.h"
#include "data/infer/names.h"
#include "data/infer/sensitive.h"

namespace bottega {
namespace {

std::vector<std::string> NamesOf(const std::vector<Column>& columns) {
  std::vector<std::string> names;
  for (const Column& column : columns) names.push_back(column.name);
  return names;
}

bool FewValues(const ColumnLook& look) { return look.distinct >= 2 && look.distinct <= 20; }

bool HasParts(const ColumnLook& look) {
  return look.distinct >= 2 && look.distinct <= 3 &&
         std::all_of(look.values.begin(), look.values.end(), [](const auto& value) {
           const std::string lower = LowerAscii(Trim(value.first));
           return lower == "train" || lower == "training" || lower == "test" ||
                  lower == "testing" || lower == "val" || lower == "valid" ||
                  lower == "validation" || lower == "dev";
         });
}

// Repeats enough to be a group, and is no category of a few values.
bool Repeats(const ColumnLook& look) {
  return look.distinct > 20 && look.distinct * 10 < look.filled * 9;
}

Role ProposeRole(const Column& column, const ColumnLook& look, bool time_taken) {
  if (IsPartName(column.name) && HasParts(look)) return Role::kPart;
  if (IsWeightName(column.name) && look.integers >= 0 && look.least > 0 &&
      column.type == FeatureType::kNumber) {
    return Role::kWeight;
  }
  if (IsGroupName(column.name) && Repeats(look)) return Role::kGroup;
  if (column.type == FeatureType::kDate && IsTimeName(column.name) && !time_taken)
    return Role::kTime;
  if (column.type == FeatureType::kIdentifier) return Role::kIgnored;
  return Role::kFeature;
}

}  // namespace

int FindTarget(const std::vector<Column>& columns, const std::string& target,
               const std::string& file) {
  const auto count = static_cast<int64_t>(columns.size());
  for (int64_t i = 0; i < count; ++i) {
    if (columns[static_cast<size_t>(i)].name == target) return static_cast<int>(i);
  }
  if (const std::optional<int64_t> number = ParseInteger(target)) {
    const int64_t index = *number < 0 ? count + *number : *number - 1;
    if (*number != 0 && index >= 0 && index < count) return static_cast<int>(index);
    throw Error(ErrorKind::kRecipe,
                "the target is column number " + target + ", but there are columns 1 to " +
                    std::to_string(count),
                {.file = file}, "bottega init " + ShellQuote(file) + " --target -1 --force");
  }
  const std::vector<std::string> names = NamesOf(columns);
  const std::vector<std::string> near = NearestNames(target, names);
  std::vector<std::string> some(names.begin(), names.begin() + std::min<int64_t>(count, 20));
  throw Error(ErrorKind::kRecipe, "there is no column '" + target + "'", {.file = file},
              near.empty() ? "the columns are " + Join(some, ", ")
                           : "bottega init " + ShellQuote(file) + " --target " +
                                 ShellQuote(near[0]) + " --force");
}

int ProposeTarget(const std::vector<Column>& columns, const std::vector<ColumnLook>& looks) {
  const int count = static_cast<int>(columns.size());
  int best = -1;
  int best_rank = 0;
  for (int i = 0; i < count; ++i) {
    const auto at = static_cast<size_t>(i);
    if (looks[at].distinct < 2 || columns[at].type == FeatureType::kIdentifier) continue;
    const int rank = TargetNameRank(columns[at].name);
    if (rank > best_rank || (rank > 0 && rank == best_rank && i == count - 1)) {
      best = i;
      best_rank = rank;
    }
  }
  for (int i = count - 1; best < 0 && i >= 0; --i) {
    if (FewValues(looks[static_cast<size_t>(i)])) best = i;
    // A last column with many values is likelier a quantity to predict than an inner category.
    if (i == count - 1 && columns[static_cast<size_t>(i)].type == FeatureType::kNumber) best = i;
  }
  return best < 0 ? count - 1 : best;
}

TaskGuess GuessTask(const std::string& name, FeatureType type, const ColumnLook& look) {
  const std::string values = FormatCount(look.distinct) + " different values";
  if (type == FeatureType::kDate) return {"regression", "the target is a date"};
  if (look.distinct <= 2) return {"classification", "the target has " + values};
  const bool numbers = look.NumberShare() >= 0.9;
  if (!numbers) return {"classification", "the target has " + values + " that are no numbers"};
  const std::string range = FormatNumber(look.least) + " to " + FormatNumber(look.most);
  const bool whole = look.integers == look.filled && look.distinct <= 20;
  if (whole && IsOrdinalName(name)) {
    return {"regression", "the target holds grades from " + range +
                              ", whose order matters; for separate classes say --set "
                              "data.task=classification"};
  }
  const bool row = look.most - look.least + 1 == static_cast<double>(look.distinct) &&
                   (look.least == 0 || look.least == 1);
  if (whole && row) {
    return {"classification", "the target numbers " + FormatCount(look.distinct) +
                                  " classes from " + range +
                                  "; for a quantity say --set data.task=regression"};
  }
  return {"regression", "the target holds numbers from " + range};
}

std::string GuessPositive(const ColumnLook& look) {
  if (look.values.size() != 2) return "";
  if (look.values[0].second != look.values[1].second) return look.values[1].first;
  for (const auto& [value, count] : look.values) {
    const std::string lower = LowerAscii(Trim(value));
    if (lower == "1" || lower == "true" || lower == "yes" || lower == "y" || lower == "ja" ||
        lower == "positive" || lower == "pos") {
      return value;
    }
  }
  return std::max(look.values[0].first, look.values[1].first);
}

void ProposeRoles(int target, const std::vector<ColumnLook>& looks, std::vector<Column>* columns,
                  std::vector<std::string>* remarks) {
  bool time_taken = false;
  for (size_t i = 0; i < columns->size(); ++i) {
    Column& column = (*columns)[i];
    if (static_cast<int>(i) == target) {
      column.role = Role::kTarget;
      continue;
    }
    column.role = ProposeRole(column, looks[i], time_taken);
    time_taken = time_taken || column.role == Role::kTime;
    if (column.role != Role::kFeature) {
      remarks->push_back("'" + column.name + "' has the role " +
                         std::string(RoleName(column.role)) +
                         (column.role == Role::kIgnored ? ": " + column.why : " by its name"));
    }
    if (column.role == Role::kWeight || column.role == Role::kPart) continue;
    const SensitiveGuess guess = GuessSensitive(column.name, looks[i]);
    if (guess.attribute.empty() || column.type == FeatureType::kIdentifier) continue;
    column.sensitive = true;
    remarks->push_back("'" + column.name + "' seems to hold " + guess.attribute + " (" + guess.why +
                       "): proposed as sensitive");
  }
}

}  // namespace bottega
