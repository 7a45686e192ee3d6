#include "audit/check.h"
#include "audit/check_list.h"

namespace bottega {

// clang-format off
const std::vector<CheckTheme>& CheckThemes() {
  static const std::vector<CheckTheme> themes = {
      {"completeness", {
          UnreadableFile(),
          MissingValues(),
          HiddenMissing(),
          MissingPattern(),
          StaleRows(),
      }},
      {"consistency", {
          ReadingProblems(),
          InconsistentSpelling(),
          BrokenDependencies(),
          MixedUnits(),
          MixedDateFormats(),
          ImpossibleDates(),
          OutOfPattern(),
          OutOfRange(),
          MixedTypes(),
          DamagedText(),
          MergedCells(),
      }},
      {"accuracy", {
          TargetMissing(),
          ConflictingLabels(),
          SuspiciousLabels(),
      }},
      {"redundancy", {
          ConstantColumn(),
          ExactDuplicates(),
          NearDuplicateRows(),
          NearDuplicatePictures(),
      }},
      {"relevance", {
          IdentifierColumn(),
      }},
      {"balance", {
          ClassBalance(),
          SensitiveCoverage(),
      }},
      {"leakage", {
          SplitOverlap(),
      }},
      {"bias", {
          SensitiveProxy(),
          BaseRatePerGroup(),
      }},
  };
  return themes;
}
// clang-format on

const std::vector<Check>& Checks() {
  static const std::vector<Check> checks = [] {
    std::vector<Check> all;
    for (const CheckTheme& theme : CheckThemes()) {
      all.insert(all.end(), theme.checks.begin(), theme.checks.end());
    }
    return all;
  }();
  return checks;
}

std::string_view ThemeOf(std::string_view check) {
  for (const CheckTheme& theme : CheckThemes()) {
    for (const Check& member : theme.checks) {
      if (member.spec().name == check) return theme.name;
    }
  }
  return "";
}

SpecList CheckSpecs() {
  SpecList specs;
  for (const Check& check : Checks()) specs.push_back(&check.spec());
  return specs;
}

}  // namespace bottega
