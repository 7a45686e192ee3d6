// Check: one thing that an audit looks at. A check reads the data and reports findings; it changes
// nothing. Each is one file with its Spec in the folder of its theme, listed in checks.cc.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "audit/finding.h"
#include "audit/memory.h"
#include "audit/shared.h"
#include "base/json.h"
#include "data/dataset.h"
#include "spec/spec.h"
#include "split/row_plan.h"

namespace bottega {

class WholeTable;
struct Embedding;

// What a check gets. `shared` holds what several checks need, computed on first use; thread-safe.
// A check that breaks off (throws) ends for itself alone: the audit says how and goes on.
struct AuditContext {
  const Dataset& data;
  const Json& settings;  // the check's own, resolved
  const Json& section;   // the resolved audit section
  const Json& recipe;    // the whole resolved recipe; an empty object where there is none
  const RowPlan* split;  // nullptr before the split was made
  AuditShared& shared;
  const WholeTable* whole = nullptr;  // of all rows, where `data` is a sample of them
  double level = 0.95;                // of intervals
  int64_t sample = 50'000;            // rows that costly comparisons look at
  uint64_t seed = 7;
  const AuditMemory* memory = nullptr;   // nullptr: nothing is known of earlier audits
  const AuditResult* so_far = nullptr;   // of a check with `last`: what the others found
  const Embedding* embedding = nullptr;  // of a trained model, where one was given
};

// Collects what one check found, in order. Ids are given afterwards, by what the finding is about
// (fingerprint.h): set Finding::key where neither rows nor the texts of `detail` tell it, and put a
// "count" into the detail of a finding whose row is only an example.
class Findings {
 public:
  explicit Findings(std::string check) : check_(std::move(check)) {}

  // The returned reference is valid until the next Add.
  Finding& Add(Severity severity, Place place, std::string message, std::string fix);
  // The check has nothing to look at; `reason` as in "no column is sensitive".
  void Skip(std::string reason);
  // How sound each row is in the eyes of this check: 1 nothing speaks against it, 0 it is surely
  // defective, NaN not judged. As long as the data.
  void Score(std::vector<float> rows) { scores_ = std::move(rows); }

  // What the check's own models say of each row: rows x classes, NaN in rows that were not judged.
  void Probabilities(std::vector<std::string> classes, std::vector<float> values) {
    probabilities_ = {check_, std::move(classes), std::move(values)};
  }

  const std::string& skipped() const { return skipped_; }
  std::vector<Finding>& items() { return items_; }
  std::vector<float>& scores() { return scores_; }
  CheckProbabilities& probabilities() { return probabilities_; }

 private:
  std::string check_;
  std::string skipped_;
  std::vector<Finding> items_;
  std::vector<float> scores_;
  CheckProbabilities probabilities_;
};

struct Check {
  const Spec& (*spec)();
  void (*run)(const AuditContext&, Findings&);
  bool last = false;  // about the audit itself: runs when the others have
};

// "accuracy", "consistency", ...: the folder in which the checks of a theme stand.
struct CheckTheme {
  std::string_view name;
  std::vector<Check> checks;
};

const std::vector<CheckTheme>& CheckThemes();  // in the order in which reports show them
const std::vector<Check>& Checks();            // all of them, in that order
std::string_view ThemeOf(std::string_view check);
SpecList CheckSpecs();

}  // namespace bottega
