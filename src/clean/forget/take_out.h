// Taking what is about certain records out of the files that join on `row`: Parquet and CSV with a
// column `row`, JSON whose objects name a `row` or list `rows`.
#pragma once

#include <cstdint>
#include <filesystem>

#include "base/json.h"
#include "clean/forget/row_change.h"

namespace bottega {

// What was taken out: of tables an object a line, of JSON the elements that were about the records.
struct TakenOut {
  Json taken = Json::array();
  int64_t count = 0;
  bool changed = false;       // also where only numbers moved up
  bool nothing_left = false;  // the whole file was about one of the records
};

// Elements of arrays whose `row` or `place.row` is gone leave, and findings whose message speaks of
// such a row; so do those whose list `rows` (or
// `examples` of record numbers) loses all it had. A member that is such an object becomes null. In
// lists a pair [first, last] stands for a run. The document itself becomes null where it is about
// one such record.
void TakeOutOfJson(const RowChange& change, Json* json, TakenOut* out);

// Writes `from` without them to `to`. Where nothing changes, nothing is left, or the file is of
// another kind, nothing is written. Errors: those of reading it.
TakenOut TakeOutOfFile(const std::filesystem::path& from, const RowChange& change,
                       const std::filesystem::path& to);

// The same without writing: what is held about the records.
Json HeldAbout(const std::filesystem::path& file, const RowChange& change);

}  // namespace bottega
