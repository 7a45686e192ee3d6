// Which labels of a table came from which annotator.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "audit/check.h"
#include "profile/agreement.h"

namespace bottega {

struct Annotations {
  Ratings ratings;
  AgreementScale scale = AgreementScale::kNominal;
  std::vector<std::string> annotators;  // columns (wide), or values of the annotator column (long)
  std::vector<std::string> values;      // per code; rising where they are numbers
  std::vector<int32_t> item;            // per row of the data
  std::vector<int32_t> own;             // per row: code of the target, -1 unknown
  bool wide = true;
  std::string why_not;  // nothing was found: the reason
  std::string label_column;
};

// Wide: one column an annotator, `columns` of the settings or at least two that are named
// for annotators (annotator_1, rater_b, label_coder2 ...) and share their values. Long: a row per
// item and annotator, by `annotator`, `item` and `label` of the settings, or a column that is named
// for annotators with an item column whose values repeat, each once an annotator. Error kRecipe for
// settings that name no column.
Annotations FindAnnotations(const AuditContext& context);

}  // namespace bottega
