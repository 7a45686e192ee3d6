#include "data/map_columns.h"

#include <algorithm>
#include <map>

#include "base/text.h"

namespace bottega {
namespace {

bool IsNeeded(const Column& column) {
  return column.role == Role::kFeature && column.type != FeatureType::kIdentifier;
}

std::string Plainly(std::string_view name) {
  std::string plain;
  for (const char c : LowerAscii(Trim(name))) {
    if (c != ' ' && c != '_' && c != '-' && c != '.') plain += c;
  }
  return plain;
}

// Where each of `columns` stands in `names` by exact, else by simplified name; kAbsent if nowhere.
std::vector<int> MapByName(const std::vector<Column>& columns,
                           const std::vector<std::string>& names) {
  std::map<std::string, int> exact;
  std::map<std::string, int> plain;
  for (size_t i = 0; i < names.size(); ++i) {
    exact.emplace(names[i], static_cast<int>(i));
    plain.emplace(Plainly(names[i]), static_cast<int>(i));
  }
  std::vector<int> map;
  for (const Column& column : columns) {
    const auto same = exact.find(column.name);
    const auto like = plain.find(Plainly(column.name));
    map.push_back(same != exact.end()   ? same->second
                  : like != plain.end() ? like->second
                                        : kAbsent);
  }
  return map;
}

bool HasNeeded(const std::vector<Column>& columns, const std::vector<int>& map) {
  for (size_t i = 0; i < columns.size(); ++i) {
    if (IsNeeded(columns[i]) && map[i] == kAbsent) return false;
  }
  return true;
}

// By place: all columns, or all but the target. Empty if the numbers of columns disagree.
std::vector<int> MapByPosition(const std::vector<Column>& columns, size_t width) {
  const bool without_target = width + 1 == columns.size();
  if (width != columns.size() && !without_target) return {};
  std::vector<int> map;
  int next = 0;
  for (const Column& column : columns) {
    map.push_back(without_target && column.role == Role::kTarget ? kAbsent : next++);
  }
  return without_target && next != static_cast<int>(width) ? std::vector<int>() : map;
}

// Whether no name that is known stands at another place than its own.
bool Agree(const std::vector<int>& by_name, const std::vector<int>& by_position) {
  for (size_t i = 0; i < by_name.size(); ++i) {
    if (by_name[i] != kAbsent && by_name[i] != by_position[i]) return false;
  }
  return true;
}

Error NoMap(const std::vector<Column>& columns, const std::vector<int>& map,
            const RawTable& table) {
  std::vector<std::string> absent;
  for (size_t i = 0; i < columns.size(); ++i) {
    if (IsNeeded(columns[i]) && map[i] == kAbsent) absent.push_back("'" + columns[i].name + "'");
  }
  const size_t count = absent.size();
  if (count > 5) absent.resize(5);
  return Error(ErrorKind::kData,
               "the model needs columns that are not here: " + Join(absent, ", ") +
                   (count > 5 ? " and " + std::to_string(count - 5) + " more" : ""),
               {.file = table.file},
               "give these columns their names, or give " + std::to_string(columns.size()) +
                   " columns in the order of the training data (here are " +
                   std::to_string(table.names.size()) + ")");
}

}  // namespace

std::vector<int> MapColumns(const std::vector<Column>& columns, const RawTable& table,
                            IssueList* issues) {
  const std::vector<int> by_name = MapByName(columns, table.names);
  const std::vector<int> by_position = MapByPosition(columns, table.names.size());
  const bool named = table.reading.value("header", true);
  if (named && HasNeeded(columns, by_name)) {
    for (size_t i = 0; i < columns.size(); ++i) {
      if (by_name[i] == kAbsent) continue;
      const std::string& name = table.names[static_cast<size_t>(by_name[i])];
      if (name == columns[i].name) continue;
      issues->Add(
          {.kind = "renamed_column",
           .place = {.file = table.file, .column = name},
           .message = "'" + name + "' was taken for the model's column '" + columns[i].name + "'"});
    }
    return by_name;
  }
  if (by_position.empty() || (named && !Agree(by_name, by_position))) {
    throw NoMap(columns, by_name, table);
  }
  const bool same_names = std::all_of(columns.begin(), columns.end(), [&](const Column& column) {
    return column.name.starts_with("c") && ParseInteger(column.name.substr(1));
  });
  if (named || !same_names) {
    issues->Add({.kind = "mapped_by_position",
                 .place = {.file = table.file},
                 .message = "the names of the " + std::to_string(table.names.size()) +
                            " columns are not those of the training data; they were matched by "
                            "position ('" +
                            table.names[0] + "' for '" + columns[0].name + "', ...)"});
  }
  return by_position;
}

}  // namespace bottega
