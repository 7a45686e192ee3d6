// One sitting of a review: the questions, and how they may be answered.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "audit/review/queue.h"
#include "cli/project.h"
#include "cli/verb.h"

namespace bottega {

struct ReviewTask {
  std::string review;  // "queue", "label", "disputed", "sample-1"
  std::vector<ReviewItem> items;
  bool blind = false;                // neither label nor suggestion is shown
  bool first_labels = false;         // there is no label to keep
  std::string guideline;             // text; "" for none
  std::vector<std::string> classes;  // that may be given; empty for a number
  bool number = false;               // the target is a number
  bool has_target = false;
  bool again = false;                             // --rows: also what was decided already
  std::vector<int> columns;                       // shown, of the data
  std::map<int64_t, std::vector<Decision>> said;  // by row, of disputes
  int64_t left_out = 0;                           // items beyond --limit
};

// The checks that --check names. Errors: kUsage for one that names no rows.
std::vector<std::string> WantedChecks(const Invocation& call);

// What the flags ask for: the queue, a sample, first labels or disputes, without what `reviewer`
// answered already. Draws a sample where there is none like it. Errors: kUsage for what the data do
// not allow.
ReviewTask MakeReviewTask(const Invocation& call, Project& project, const std::string& reviewer);

// A task without questions: what may be answered.
ReviewTask MakeImportTask(const Invocation& call, Project& project);

// The decision that an answer about `item` is, ready to be kept. `after`: the label, with kLabel.
Decision DecisionOn(Project& project, const ReviewTask& task, const ReviewItem& item,
                    Verdict verdict, const std::optional<std::string>& after);

// The class that a person typed: as written, else the only one that differs in case or begins so.
// Error text in `wrong` where it is none. Numbers in their shortest form.
std::optional<std::string> ResolveLabel(const ReviewTask& task, const std::string& typed,
                                        std::string* wrong);

// The key that stands for a class: its own name where that is one letter, else its number; "" where
// there is neither.
std::string ClassKey(const ReviewTask& task, size_t index);

// Columns that a blind review leaves out because they give the label away; for people.
std::string HiddenColumns(const Dataset& data);

}  // namespace bottega
