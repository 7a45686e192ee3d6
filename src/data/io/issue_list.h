// Read issues with a cap: the first of a kind are listed, the rest counted.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "data/dataset.h"

namespace bottega {

class IssueList {
 public:
  // Listed for each kind and column; the rest is counted in one closing issue.
  static constexpr int64_t kMost = 100;

  void Add(ReadIssue issue) {
    int64_t& count = counts_[{issue.kind, issue.place.column}];
    if (++count <= kMost) issues_.push_back(std::move(issue));
  }
  // Issues that were found but not listed, `file` named in the closing issue.
  void AddCount(const std::string& kind, const std::string& column, int64_t count) {
    counts_[{kind, column}] += count;
  }
  // Those of a part of the same file whose records begin at `first_row`.
  void Append(const IssueList& part, int64_t first_row);
  int64_t CountOf(const std::string& kind) const;
  bool empty() const { return counts_.empty(); }

  // All that were listed, and one issue a kind and column that says how many more there are.
  std::vector<ReadIssue> Finish(const std::string& file) const;

 private:
  std::vector<ReadIssue> issues_;
  std::map<std::pair<std::string, std::string>, int64_t> counts_;
};

}  // namespace bottega
