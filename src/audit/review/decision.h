// Decision: what one person said of one row, as it stands in reviews/<review>/<reviewer>.jsonl
// (doc/formats/review.md).
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"

namespace bottega {

enum class Verdict {
  kKeep,      // the row is sound, its label right
  kLabel,     // the label should be `after`: another one, or a first one
  kSetAside,  // the row does not belong among the data
  kUnsure,    // looked at, not decided
  kUndo,      // the reviewer takes the last decision of this row back
};
std::string_view VerdictName(Verdict verdict);  // "keep", "label", "set_aside", "unsure", "undo"
std::optional<Verdict> ParseVerdict(std::string_view name);

struct Decision {
  int64_t row = -1;     // record number in the source with the hash `data`
  std::string content;  // of the row without its label: RowContents
  std::string data;     // SHA-256 of the source
  Verdict verdict = Verdict::kUnsure;
  std::optional<std::string> before, after;  // labels; nullopt: missing
  std::optional<std::string> suggested;      // what was shown as a suggestion
  std::string reviewer, time;                // who, and when (UTC)
  std::string review;                        // "queue", "label", "disputed", "sample-1"
  std::string why;                           // id of the finding that led to it, else ""
  std::string note;
  bool blind = false;              // neither label nor suggestion was shown
  std::optional<int64_t> copy_of;  // decided by way of this near-duplicate

  bool decides() const { return verdict != Verdict::kUnsure && verdict != Verdict::kUndo; }
};

Json DecisionToJson(const Decision& decision);
// Errors: kData naming `file`.
Decision DecisionFromJson(const Json& json, const std::string& file);

}  // namespace bottega
