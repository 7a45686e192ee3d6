#include "audit/check.h"
#include "audit/check_list.h"

namespace bottega {

const std::vector<Check>& Checks() {
  static const std::vector<Check> checks = {
      UnreadableFile(),   ReadingProblems(),   TargetMissing(),         MissingValues(),
      ConstantColumn(),   IdentifierColumn(),  InconsistentSpelling(),  ClassBalance(),
      ExactDuplicates(),  NearDuplicateRows(), NearDuplicatePictures(), ConflictingLabels(),
      SuspiciousLabels(), SensitiveProxy(),    BaseRatePerGroup(),      SensitiveCoverage(),
      SplitOverlap(),
  };
  return checks;
}

SpecList CheckSpecs() {
  SpecList specs;
  for (const Check& check : Checks()) specs.push_back(&check.spec());
  return specs;
}

}  // namespace bottega
