// The questions of a task as the rows of a page.
#pragma once

#include "cli/review_task.h"
#include "report/review_html.h"

namespace bottega {

// As many as fit: kMostReviewRows, kMostReviewBytes. Pictures are scaled down; texts are cut at
// 4,000 bytes. A blind page holds no label, no path, and no column that gives the label away.
ReviewPage PageOf(Project& project, const ReviewTask& task, const std::string& reviewer);

}  // namespace bottega
