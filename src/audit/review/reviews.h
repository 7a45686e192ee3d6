// What all reviewers together decided of the data as they are now, and the label patch made of it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "audit/review/review_log.h"
#include "audit/review/row_contents.h"
#include "audit/review/sample.h"
#include "audit/waivers.h"
#include "data/dataset.h"

namespace bottega {

// What holds of a row: everybody who decided says the same, or a dispute was settled.
struct Ruling {
  Verdict verdict = Verdict::kKeep;  // keep, label or set_aside
  std::optional<std::string> before, after;
  std::vector<std::string> by;  // reviewers
  std::string time;             // of the last of them
  std::string review, why, note;
};

// Reviewers say different things, and nobody settled it.
struct Dispute {
  int64_t row = 0;
  std::vector<Decision> decisions;  // the last of each reviewer
};

// A decision whose row is not in the data any more, or has another label since.
struct LostDecision {
  Decision decision;
  std::string reason;
};

struct Reviews {
  std::string sha256;  // of the data
  std::vector<ReviewLog> logs;
  std::vector<Sample> samples;
  // Decisions that stand: not undone, of each reviewer and review the last on a row, with record
  // numbers of the data as they are now.
  std::vector<Decision> standing;
  std::map<int64_t, Ruling> rulings;  // by record number
  std::vector<Dispute> disputes;      // by record number
  std::vector<LostDecision> lost;

  bool empty() const { return logs.empty() && samples.empty(); }
};

// `sha256`: of the source of `data`. Linear in the decisions; where decisions were made on another
// source, in the rows too. Errors: kData for a log or sample that cannot be read.
Reviews ReadReviews(const std::filesystem::path& project, const Dataset& data,
                    const std::string& sha256);

// What holds without the answers of samples, and without disputes about rows that were in one: what
// a sample must be held against. A larger sample would else find its own corrections right.
std::map<int64_t, Ruling> RulingsWithoutSamples(const Reviews& reviews);

// The rulings as an audit tells them.
std::map<int64_t, ReviewedRow> ReviewedRows(const Reviews& reviews);

// "keep", "label LABEL" or "set_aside": what a decision says in the end, to be compared.
std::string OutcomeOf(const Decision& decision);

// The same for people: "'cat'", "that the row does not belong", "unsure".
std::string OutcomeText(const Decision& decision);

// The last blind answer of `reviewer` on a row, in whichever sample, also "unsure"; nullptr: none.
const Decision* AnsweredBlind(const Reviews& reviews, const std::string& reviewer, int64_t row);

// reviews/labels.json (doc/formats/review.md).
Json LabelPatchToJson(const Reviews& reviews, const Dataset& data);
void WriteLabelPatch(const std::filesystem::path& project, const Reviews& reviews,
                     const Dataset& data);
// Of what changes the data: equal where later stages get the same. "" where nothing does.
std::string DigestOfRulings(const Reviews& reviews);

}  // namespace bottega
