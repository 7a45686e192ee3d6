// Dataset: a typed table with roles. Text, category, binary, identifier and picture columns are
// arrow utf8 arrays, numbers float64, dates timestamp[us] (UTC). Null means missing. Every column
// is one chunk. A picture column holds paths relative to `root`; an IDX column holds "#123".
#pragma once

#include <arrow/type_fwd.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/json.h"
#include "data/written.h"

namespace bottega {

enum class FeatureType { kNumber, kCategory, kBinary, kDate, kText, kPicture, kIdentifier };
// "number", "category", "binary", "date", "text", "picture", "identifier".
std::string_view FeatureTypeName(FeatureType type);
FeatureType ParseFeatureType(std::string_view name);  // Error kRecipe names the nearest

// A column has one role; being sensitive is independent of it.
enum class Role { kFeature, kTarget, kGroup, kTime, kWeight, kPart, kIgnored };
std::string_view RoleName(Role role);
Role ParseRole(std::string_view name);

struct Column {
  std::string name;
  FeatureType type = FeatureType::kText;
  Role role = Role::kFeature;
  bool sensitive = false;
  std::string why;          // what the inference saw, as in "98.7 % of 32,561 values are numbers"
  std::string date_format;  // strptime format of a date column
};

// Something found while reading that did not stop it: a ragged row, bad UTF-8, a cell that is no
// number in a number column, an unreadable picture. audit/ turns these into findings.
struct ReadIssue {
  std::string kind;  // "ragged_row", "invalid_utf8", "unreadable_file", "mixed_type", ...
  Place place;
  std::string message;
};

struct Dataset {
  std::shared_ptr<arrow::Table> table;
  std::vector<Column> columns;  // as many and in the order of the table's
  std::vector<int64_t> rows;  // 0-based record number in the source, as read; as long as the table
  std::filesystem::path source;  // file or folder as the user named it
  std::filesystem::path root;    // what picture paths are relative to
  std::vector<ReadIssue> issues;
  std::shared_ptr<const WrittenByColumn> written;  // as read; nullptr where nobody kept it
  Json reading;  // how it was read: format, delimiter, encoding, header, compression, parts

  int64_t size() const { return static_cast<int64_t>(rows.size()); }
  int Find(std::string_view name) const;  // -1 if there is none
  const Column* TargetColumn() const;     // nullptr if there is none
  int RoleIndex(Role role) const;         // first column of that role, -1
  int PictureIndex() const;               // first column of pictures, -1
  bool HasPictures() const { return PictureIndex() >= 0; }
};

// What the source said beyond the values of `column`; nullptr where there is nothing.
const Written* WrittenOf(const Dataset& data, int column);

// Views of one column (copies; fine up to some tens of millions of cells).
std::vector<double> NumbersOf(const Dataset& data, int column);  // null -> NaN; dates -> days
std::vector<std::optional<std::string>> TextsOf(const Dataset& data, int column);
// Sorted distinct values and, per row, the index into them (-1 for missing). Works on any type.
struct Codes {
  std::vector<std::string> values;
  std::vector<int32_t> code;
};
Codes CodesOf(const Dataset& data, int column);

// Rows at `positions` (0-based positions, not record numbers), in that order.
Dataset TakeRows(const Dataset& data, const std::vector<int64_t>& positions);
Dataset WithColumn(const Dataset& data, int column, const std::shared_ptr<arrow::Array>& values);

}  // namespace bottega
