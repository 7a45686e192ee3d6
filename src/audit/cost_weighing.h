// The fits behind audit --cost: everything with each defect and without it, fold by fold.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "audit/check.h"
#include "audit/cost_probe.h"
#include "audit/defects.h"

namespace bottega {

inline constexpr int kCostFolds = 5;

// A defect in terms of the features' rows and columns.
struct Treatment {
  std::vector<uint8_t> flagged;                   // per row
  std::vector<std::pair<size_t, int32_t>> cells;  // column of the table, row
  bool labels = false;                            // rows are found anew in each training part
};

// What a probe makes of the rows: a score (larger is better) and a log loss each.
struct RowScores {
  std::vector<float> score, log_loss;
};

class Weighing {
 public:
  // Borrows `data` and `section` (the resolved audit section).
  Weighing(const Dataset& data, const Json& section, const AuditResult& audit);

  std::string Prepare();  // why it cannot be done, else ""
  void Run(int repeats);  // after Prepare

  std::string probe_name() const;
  // With the wrong labels that were found in all rows, also where the check reported but a few.
  const std::vector<Defect>& defects() const { return defects_; }
  // Per row of the features: its group of copies, and whether it counts for the scores: nothing was
  // found in it, or, where hardly any row is left then (labels_alone), nothing in its label.
  const std::vector<int64_t>& group() const { return group_; }
  const std::vector<uint8_t>& scored() const { return scored_; }
  // [repeat][0] with everything as it is, [repeat][d + 1] without defects()[d], the last one
  // without any; meaningful for scored rows.
  const std::vector<std::vector<RowScores>>& results() const { return results_; }
  bool labels_alone() const { return labels_alone_; }
  int64_t cells_in_all() const { return static_cast<int64_t>(treatments_.back().cells.size()); }

 private:
  void MakeTreatments(const CostProbe& probe);
  void LeaveOutWrongLabels(const CostProbe& probe);
  BinnedMatrix Without(const std::vector<std::pair<size_t, int32_t>>& cells) const;
  std::vector<int32_t> Keep(const std::vector<int32_t>& learn, const Treatment& treatment,
                            const std::vector<uint8_t>& wrong) const;
  std::vector<uint8_t> WrongLabels(const CostProbe& probe, const std::vector<int32_t>& learn) const;
  void WeighFold(const CostProbe& probe, int repeat, int fold);
  void Score(const CostProbe& probe, const BinnedMatrix& table, const std::vector<int32_t>& learn,
             const std::vector<int32_t>& rows, RowScores* out) const;

  const Json none_ = Json::object();
  const Dataset& data_;
  AuditShared shared_;
  const AuditContext context_;
  std::vector<Defect> defects_;
  LabelFeatures features_;
  int classes_ = 0;
  bool labels_alone_ = false;
  double variance_ = 1;
  std::vector<int32_t> label_;
  std::vector<double> value_;
  std::vector<int64_t> group_;
  std::vector<uint8_t> scored_;
  std::vector<Treatment> treatments_;        // one a defect, then all of them
  std::vector<BinnedMatrix> tables_;         // without each defect's cells; empty: the same
  std::vector<std::vector<int32_t>> folds_;  // per repeat
  std::vector<std::vector<RowScores>> results_;
};

}  // namespace bottega
