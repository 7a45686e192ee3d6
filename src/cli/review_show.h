// A row under review, as a terminal shows it.
#pragma once

#include <ostream>

#include "cli/review_task.h"

namespace bottega {

// Its cells, long texts broken; its picture; unless the review is blind its label, what the audit
// suggests and why. `number` of `all` questions.
void ShowReviewItem(std::ostream& out, Project& project, const ReviewTask& task,
                    const ReviewItem& item, size_t number, size_t all);

// Removes the copies of pictures that were made to be looked at.
void RemoveShownPictures(const Project& project);

// The answers there are, in a line or two.
std::string AnswerKeys(const ReviewTask& task, const ReviewItem& item, bool keys);

// "keep 'yes'" and so on, of help.
std::string AnswerHelp(const ReviewTask& task);

}  // namespace bottega
