#include "data/io/issue_list.h"

#include "base/text.h"

namespace bottega {

int64_t IssueList::CountOf(const std::string& kind) const {
  int64_t count = 0;
  for (const auto& [key, n] : counts_) count += key.first == kind ? n : 0;
  return count;
}

void IssueList::Append(const IssueList& part, int64_t first_row) {
  std::map<std::pair<std::string, std::string>, int64_t> rest = part.counts_;
  for (ReadIssue issue : part.issues_) {
    --rest[{issue.kind, issue.place.column}];
    if (issue.place.row >= 0) issue.place.row += first_row;
    Add(std::move(issue));
  }
  for (const auto& [key, count] : rest) counts_[key] += count;
}

std::vector<ReadIssue> IssueList::Finish(const std::string& file) const {
  std::vector<ReadIssue> all = issues_;
  std::map<std::pair<std::string, std::string>, int64_t> listed;
  for (const ReadIssue& issue : issues_) ++listed[{issue.kind, issue.place.column}];
  for (const auto& [key, n] : counts_) {
    const int64_t more = n - listed[key];
    if (more <= 0) continue;
    all.push_back(
        {.kind = key.first,
         .place = {.file = file, .column = key.second},
         .message = FormatCount(more) + " more of this kind (" + FormatCount(n) + " in all)"});
  }
  return all;
}

}  // namespace bottega
