// The checks, one function each, by theme; the list in report order is checks.cc.
#pragma once

#include "audit/check.h"

namespace bottega {

// clang-format off
// completeness
const Check& UnreadableFile();
const Check& MissingValues();
// consistency
const Check& ReadingProblems();
const Check& InconsistentSpelling();
// accuracy
const Check& TargetMissing();
const Check& ConflictingLabels();
const Check& SuspiciousLabels();
// redundancy
const Check& ConstantColumn();
const Check& ExactDuplicates();
const Check& NearDuplicateRows();
const Check& NearDuplicatePictures();
const Check& NearDuplicateTexts();
const Check& DuplicateColumns();
const Check& DerivableColumns();
// relevance
const Check& IdentifierColumn();
const Check& OutlierValues();
const Check& OutlierRows();
const Check& OffTopicRows();
const Check& UninformativeColumns();
const Check& RowOrder();
// balance
const Check& ClassBalance();
const Check& SensitiveCoverage();
// leakage
const Check& SplitOverlap();
const Check& TargetProxy();
const Check& GroupOverlap();
const Check& TimeTravel();
// bias
const Check& SensitiveProxy();
const Check& BaseRatePerGroup();
// clang-format on

}  // namespace bottega
