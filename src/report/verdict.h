// The verdict: what the numbers mean, in plain words. Rules (doc/formats/report.md), of the judged
// part (test, else validation) and the primary metric m with baseline b and 95 % interval:
//
//   skill     = (m - b) / (1 - b), or 1 - m / b for losses: the share of the baseline's errors that
//               are gone
//   gap       = train - judged (for losses: judged - train)
//   no better   the interval reaches the baseline
//   too few     pictures, trained from scratch, fewer than 1,000 a class, skill below 0.6
//   overfitting gap above 0.1 of the metric's range and the two intervals do not meet
//   unsure      the interval's half width is above 0.05 (shares, AUC and R² only)
//   weak        skill below 0.3
#pragma once

#include <string>
#include <vector>

#include "base/json.h"

namespace bottega {

struct Remark {
  std::string kind;   // "good", "info", "warning", "error"
  std::string title;  // a few words
  std::string text;   // plain text, one or two sentences
};

struct Verdict {
  std::string kind;      // of the worst conclusion
  std::string headline;  // one sentence
  std::vector<Remark> remarks;
};

Verdict JudgeRun(const Json& facts);

// "It tells apart 3 classes of pictures: Apple, Banana and Cherry."
std::string WhatItDoes(const Json& facts);

// What nobody has answered yet: empty entries of the recipe's `use` section, as questions.
std::vector<std::string> OpenQuestions(const Json& facts);

}  // namespace bottega
