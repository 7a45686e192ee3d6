// The work of MakeSplit, step by step; for make_split.cc and deal_parts.cc.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "split/deal.h"
#include "split/make_split.h"
#include "split/strata.h"
#include "split/units.h"

namespace bottega {

// One split in the making: takes the parts that the source gives, deals the rest, then the folds.
class Splitter {
 public:
  Splitter(const Dataset& data, const Json& section, const Duplicates* duplicates);
  SplitOutcome Run();

 private:
  static constexpr int kParts = 3;  // as many as Part has values

  void CheckShares();
  void ChooseMethod();
  void LeaveOut(int64_t position, const std::string& reason);
  void LeaveOutUnusable();
  void TakeGivenParts();
  void KeepUnitsWhole();
  void DealParts(const std::array<double, kParts>& shares);
  void DealByTime(const std::array<double, kParts>& shares);
  std::vector<int64_t> UnitsOfClasses() const;  // that are to be dealt
  void HandleRareClasses(int parts);
  void TrainOnly(int32_t stratum);
  void NoteRare(std::vector<std::string> rare, bool train, int parts);
  std::vector<int32_t> Folds(const RowPlan& plan) const;
  std::vector<bool> Undealt() const;  // per position: in no part yet, and not left out
  // Units among the positions for which `wanted` holds, and which they are.
  std::vector<DealUnit> UnitsWhere(const std::vector<bool>& wanted, std::vector<int64_t>* which);
  // Units in the order of their latest row, so that no row before a cut is later than one after it.
  std::vector<int64_t> ByTime(const std::vector<bool>& wanted, std::vector<double>* latest);
  void CheckParts();
  RowPlan Plan() const;

  const Dataset& data_;
  const Json& section_;
  const size_t n_;
  const int group_column_, time_column_;
  Units units_;
  Strata strata_;
  std::vector<double> time_;
  std::array<double, kParts> shares_{};
  std::vector<int> part_;           // per position; -1: to be dealt
  std::vector<bool> out_, pinned_;  // pinned: trains in every fold
  SplitOutcome outcome_;
};

}  // namespace bottega
