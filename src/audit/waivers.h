// Waivers: findings that somebody looked at and accepts, with a reason and until a day.
//
// They stand in the recipe (`audit.waivers`) or in waivers.yaml beside it, a mapping in both:
//
//   exact_duplicates-1f03ab9c22d1: {reason: twins, until: 2027-01-31, by: Ada}
//   missing_values:age: {reason: asked for from 2025 on, until: 2026-12-31, by: Ada}
//   unreadable_file:scans/old/*: {reason: to be scanned anew, until: 2026-09-01, by: Ada}
//
// A key is the id of a finding or CHECK:PATTERN, where the pattern is compared with the finding's
// column, or its file where it has no column; `*` stands for any text. A waiver holds through the
// day `until`.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "audit/finding.h"
#include "base/json.h"

namespace bottega {

inline constexpr const char* kWaiversName = "waivers.yaml";

struct Waiver {
  std::string target;  // the key
  std::string reason, by, until;
  std::string file;  // where it is written
};

// What is wrong with a waiver as it is written, in a sentence; "" if nothing is.
std::string WrongWaiver(const std::string& target, const Json& settings);

// Of a mapping that WrongWaiver finds nothing wrong with; `file` is where it is written.
std::vector<Waiver> WaiversOf(const Json& mapping, const std::string& file);

bool Covers(const Waiver& waiver, const Finding& finding);
// `today` as 2026-11-23.
bool HasExpired(const Waiver& waiver, const std::string& today);

// Marks the findings that a waiver covers which holds `today`; the first such waiver counts.
void ApplyWaivers(const std::vector<Waiver>& waivers, const std::string& today,
                  AuditResult* result);

// What reviewers decided of a row, as a finding about it tells it (audit/review/reviews.h).
struct ReviewedRow {
  std::string outcome;  // "the label was confirmed", "the label is corrected to 'cat'"
  std::string by;       // "Ada and Grace"
};

// Marks as waived, without an end, the findings about labels whose rows all were decided about by
// people: the suspicious ones are settled, whichever way.
void ApplyReviewed(const std::map<int64_t, ReviewedRow>& reviewed, AuditResult* result);

// A day as waivers write it, that exists.
bool IsDay(const std::string& text);

}  // namespace bottega
