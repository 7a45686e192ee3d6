// The checks, one function each, by theme; the list in report order is checks.cc.
#pragma once

#include "audit/check.h"

namespace bottega {

// clang-format off
// completeness
const Check& UnreadableFile();
const Check& MissingValues();
const Check& HiddenMissing();
const Check& MissingPattern();
const Check& StaleRows();
// consistency
const Check& ReadingProblems();
const Check& InconsistentSpelling();
const Check& BrokenDependencies();
const Check& MixedUnits();
const Check& MixedDateFormats();
const Check& ImpossibleDates();
const Check& OutOfPattern();
const Check& OutOfRange();
const Check& MixedTypes();
const Check& DamagedText();
const Check& MergedCells();
// accuracy
const Check& TargetMissing();
const Check& ConflictingLabels();
const Check& SuspiciousLabels();
// redundancy
const Check& ConstantColumn();
const Check& ExactDuplicates();
const Check& NearDuplicateRows();
const Check& NearDuplicatePictures();
// relevance
const Check& IdentifierColumn();
// balance
const Check& ClassBalance();
const Check& SensitiveCoverage();
// leakage
const Check& SplitOverlap();
// bias
const Check& SensitiveProxy();
const Check& BaseRatePerGroup();
// clang-format on

}  // namespace bottega
