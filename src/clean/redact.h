// Redaction of personal data: cells masked, replaced by keyed hashes, or dropped.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "data/dataset.h"

namespace bottega {

// The secret of keyed hashes: the environment variable BOTTEGA_REDACT_KEY, or the content of the
// file that BOTTEGA_REDACT_KEY_FILE names, without white space around it. It is never stored.
// Errors: kMissing when neither is there, kUsage for fewer than 16 bytes.
std::string RedactionKey();

// What stands in a repair as the kind of personal data where whole cells are redacted.
inline constexpr const char* kWholeCell = "cell";

// Changes the cells at `positions` (none: all with a value) of the column.
//   kWholeCell, else what recognizers find in the cell's text (profile/personal);
//   method "mask": its form without its content, "hash": the first 32 hexadecimal digits of
//   HMAC-SHA256(key, value), so that equal values stay equal, "drop": missing, and the column is
//   ignored where whole cells are dropped.
// Cells of numbers and dates become missing by any method but hash; a hash makes the column one of
// identifiers.
void RedactColumn(int column, const std::vector<int64_t>& positions, const std::string& what,
                  const std::string& method, Dataset* data);

}  // namespace bottega
