// Logs of decisions: reviews/<review>/<reviewer>.jsonl, one line a decision, only ever appended to.
// Each line holds the SHA-256 of the line before it, so that a line that was altered, taken out or
// put in later is seen. The seal, the hash of the last line, also shows a cut at the end to whoever
// kept it. Neither proves who wrote: whoever may write the file can write all of it anew.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "audit/review/decision.h"

namespace bottega {

inline constexpr const char* kReviewsFolder = "reviews";

struct ReviewLog {
  std::string path;  // relative to the project, as in "reviews/queue/ada.jsonl"
  std::vector<Decision> decisions;
  std::string seal;  // SHA-256 of the last line; "" for none
  // Line numbers, from 1, that do not follow on the line before them.
  std::vector<int64_t> breaks;
};

// "ada-lovelace"; with digits of a hash behind it where that is not all of the name.
std::string ReviewerFileName(const std::string& reviewer);

// Appends to the log of `reviewer` in `review`, and returns when it is on the disk. Others may
// append to the same file meanwhile. What a killed writer left of a line is cut off. Errors: kIo.
void AppendDecisions(const std::filesystem::path& project, const std::string& review,
                     const std::string& reviewer, const std::vector<Decision>& decisions);

// All logs, in the order of their paths. Errors: kData for a line that is none.
std::vector<ReviewLog> ReadReviewLogs(const std::filesystem::path& project);

}  // namespace bottega
