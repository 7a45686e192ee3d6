#include "base/error.h"

#include <cerrno>
#include <cstring>
#include <utility>

namespace bottega {

int ExitCode(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kInternal:
      return 1;
    case ErrorKind::kUsage:
    case ErrorKind::kRecipe:
      return 2;
    case ErrorKind::kGate:
      return 3;
    case ErrorKind::kData:
      return 65;
    case ErrorKind::kMissing:
      return 66;
    case ErrorKind::kIo:
      return 74;
    case ErrorKind::kBudget:
      return 75;
  }
  return 1;
}

std::string_view KindName(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kInternal:
      return "internal";
    case ErrorKind::kUsage:
      return "usage";
    case ErrorKind::kRecipe:
      return "recipe";
    case ErrorKind::kGate:
      return "gate";
    case ErrorKind::kData:
      return "data";
    case ErrorKind::kMissing:
      return "missing";
    case ErrorKind::kIo:
      return "io";
    case ErrorKind::kBudget:
      return "budget";
  }
  return "internal";
}

namespace {

// A recipe's column is a number, as in "bottega.yaml:3:7"; a table's may only look like one.
bool IsRecipeColumn(const Place& place) {
  return place.line >= 0 && place.row < 0 && !place.column.empty() &&
         place.column.find_first_not_of("0123456789") == std::string::npos &&
         (place.file.ends_with(".yaml") || place.file.ends_with(".yml"));
}

}  // namespace

std::string Place::ToString() const {
  std::string text = file;
  if (line >= 0) text += (text.empty() ? "line " : ":") + std::to_string(line);
  if (row >= 0) text += (text.empty() ? "row " : ": row ") + std::to_string(row);
  if (IsRecipeColumn(*this)) return text + ":" + column;
  if (!column.empty()) text += (text.empty() ? "column '" : ": column '") + column + "'";
  return text;
}

Error::Error(ErrorKind kind, std::string message, Place place, std::string hint)
    : kind_(kind), message_(std::move(message)), place_(std::move(place)), hint_(std::move(hint)) {
  what_ = place_.empty() ? message_ : place_.ToString() + ": " + message_;
}

Error IoError(std::string_view doing, const std::string& path, int error_number) {
  const bool writes =
      doing.starts_with("writing") || doing.starts_with("saving") || doing.starts_with("making");
  const bool missing = error_number == ENOENT && !writes;
  const ErrorKind kind = missing ? ErrorKind::kMissing : ErrorKind::kIo;
  std::string hint;
  if (error_number == ENOSPC) hint = "free some space: df -h shows which file system is full";
  if (error_number == EACCES || error_number == EROFS) {
    hint = "check the permissions of the folder, or choose another with -C DIR";
  }
  return Error(kind, std::string(doing) + " failed: " + std::strerror(error_number), {.file = path},
               hint);
}

}  // namespace bottega
