// What rows hold, as a hash: by it a decision finds its row again in another source.
#pragma once

#include <arrow/type_fwd.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "data/dataset.h"
#include "data/image/picture.h"

namespace bottega {

// SHA-256 over the names and cells of all columns, by name, but the target (a corrected label makes
// no other row) and the part of a split. A picture counts by its bytes, not by its path; what was
// measured of it is left out. Not thread-safe.
class RowContents {
 public:
  explicit RowContents(const Dataset& data);
  std::string Of(int64_t position) const;

 private:
  std::string PictureHash(int64_t position) const;

  const Dataset& data_;
  std::vector<std::pair<std::string, std::shared_ptr<arrow::Array>>> columns_;  // by name
  std::shared_ptr<PictureSource> pictures_;
};

// Rows of `data`, whose source has the hash `sha256`, that decisions on it or on other data are
// about.
class RowFinder {
 public:
  RowFinder(const Dataset& data, std::string sha256);

  // The record number; nullopt: the row is no longer there, or holds something else. Of several
  // rows with that content the one with the same number, else the first that stands for no other
  // row of `recorded` (the hash of the source then).
  std::optional<int64_t> Find(int64_t row, const std::string& content, const std::string& recorded);
  // Of a record number of `data`; nullopt for none.
  std::optional<int64_t> PositionOf(int64_t row) const;
  const RowContents& contents() const { return contents_; }
  const std::string& sha256() const { return sha256_; }

 private:
  const Dataset& data_;
  std::string sha256_;
  RowContents contents_;
  bool sorted_;
  std::unordered_map<int64_t, int64_t> position_;               // where rows do not rise
  std::unordered_map<std::string, std::vector<int64_t>> rows_;  // by content; made when needed
  std::unordered_map<std::string, int64_t> known_;              // by recorded, row and content
  std::unordered_map<std::string, std::set<int64_t>> taken_;    // by recorded and content
};

}  // namespace bottega
