// What the other rows say of each row's label: out-of-fold predictions of the target, made by the
// kind of model that suits the data.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "audit/check.h"
#include "learn/binned_matrix.h"
#include "learn/matrix.h"
#include "learn/text_features.h"

namespace bottega {

// The features in the forms that models take: tables binned, texts hashed, pictures described.
struct LabelFeatures {
  std::vector<int64_t> positions;  // rows of the data, ascending
  BinnedMatrix table;
  SparseRows text;
  Matrix dense;  // of pictures; of small tables too, for distances

  bool has_table() const { return !table.columns.empty(); }
  bool has_text() const { return text.rows() > 0; }
  bool has_dense() const { return dense.columns > 0; }
};

enum class WhichRows { kLabelled, kAll };

// Features of the rows whose target is known, or of all. Pictures that cannot be read are left out,
// and so are pictures beyond a sample of context.sample. Features are the columns that rows are
// compared by (profile/cells.h); texts with mostly different values are hashed together.
LabelFeatures MakeLabelFeatures(const AuditContext& context, WhichRows rows = WhichRows::kLabelled);

struct LabelJudgement {
  std::vector<int32_t> label;  // per row of the features, -1 unknown
  Matrix probability;          // rows x classes, of rows judged by other rows, calibrated
  std::string by;              // "boosted trees", "a linear model of the words" ...
};

// Classes. Copies of a row (AuditShared::DuplicatesOfData; of texts the equal ones alone) have no
// say in it. Boosted trees for tables (in small ones mixed with neighbours and a linear probe), a
// linear model of words for texts, neighbours' votes and a linear probe for pictures; mixtures
// where there are several.
LabelJudgement JudgeClasses(const AuditContext& context, const LabelFeatures& features,
                            int neighbors);

// The predicted target of each row of the features, a number, by boosted trees of the other rows;
// empty without table columns.
std::vector<double> JudgeValues(const AuditContext& context, const LabelFeatures& features);

}  // namespace bottega
