// The queue of a review: doubtful rows, those first from which most is to be gained.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "audit/finding.h"
#include "audit/review/reviews.h"
#include "data/dataset.h"

namespace bottega {

// One row to be decided about, with what there is to say of it.
struct ReviewItem {
  int64_t row = -1, position = -1;
  std::string content;                   // RowContents; filled in when it is asked
  std::optional<std::string> label;      // what the data hold
  std::optional<std::string> suggested;  // what the audit would put there
  double label_probability = -1, suggested_probability = -1;  // -1: not known
  std::vector<std::string> why;  // messages of the findings, the gravest first
  std::string check, finding;    // of the first: its check and id
  double doubt = 0;              // confidence of the first
  std::vector<int64_t> copies;  // positions of near-duplicates with the same label, decided at once
};

struct QueueOptions {
  std::vector<std::string> checks;  // only findings of these; empty: of all that name rows
  std::string reviewer;             // rows of which this one was unsure are not asked again
};

// From the open findings of `audit` that name single rows: suspicious_labels first, then
// conflicting_labels (each of the rows), then those of other checks that tell of flaws of records;
// each in the order of severity and confidence. A row is asked once, with all that is said of it;
// `group` (Duplicates::group, per position; empty: unknown) makes near-duplicates with the same
// label one question. What `reviews` already decided, itself or by such a copy, is left out.
std::vector<ReviewItem> DoubtfulRows(const Dataset& data, const AuditResult& audit,
                                     const Reviews& reviews, const std::vector<int64_t>& group,
                                     const QueueOptions& options);

// Whether DoubtfulRows looks at findings of this check.
bool NamesRows(const std::string& check);

}  // namespace bottega
