// The checks, one function each; the list in report order is checks.cc.
#pragma once

#include "audit/check.h"

namespace bottega {

const Check& UnreadableFile();
const Check& ReadingProblems();
const Check& TargetMissing();
const Check& MissingValues();
const Check& ConstantColumn();
const Check& IdentifierColumn();
const Check& InconsistentSpelling();
const Check& ClassBalance();
const Check& ExactDuplicates();
const Check& NearDuplicateRows();
const Check& NearDuplicatePictures();
const Check& ConflictingLabels();
const Check& SuspiciousLabels();
const Check& SensitiveProxy();
const Check& BaseRatePerGroup();
const Check& SensitiveCoverage();
const Check& SplitOverlap();

}  // namespace bottega
