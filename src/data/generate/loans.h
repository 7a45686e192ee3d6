// Loans: a drawn table of credit applications with planted defects and a known bias, for the demo.
#pragma once

#include <cstdint>
#include <filesystem>

#include "base/json.h"

namespace bottega {

struct LoansOptions {
  uint64_t seed = 7;
  int64_t people = 6000;       // applicants drawn, before duplicates are planted
  double wrong_labels = 0.02;  // share of decisions turned over at random
  double bias = 0.25;        // share of deserved approvals of foreign applicants that were refused
  double missing = 0.05;     // share of empty cells in income, savings and years_employed
  double misspelled = 0.03;  // share of odd spellings in employment and purpose
  int64_t exact_duplicates = 40;  // applications that stand twice, but for their number
  int64_t near_duplicates = 40;   // the same person again, income and date slightly different
};

// Writes folder/loans.csv and folder/truth/loans_truth.json; doc/formats/generated-data.md says
// what is in them. The decision that is deserved is a known function of income, debts, history,
// employment and savings plus a little chance: a good model predicts nearly 95 % of them. District
// is a proxy of nationality. The same options give the same bytes. Needs an empty or missing
// folder (Error kUsage otherwise). Returns the truth, as written.
Json GenerateLoans(const std::filesystem::path& folder, const LoansOptions& options);

}  // namespace bottega
