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
          BrokenExpectations(),
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
          AnnotatorAgreement(),
      }},
      {"redundancy", {
          ConstantColumn(),
          CorrelatedColumns(),
          ExactDuplicates(),
          NearDuplicateRows(),
          NearDuplicatePictures(),
          NearDuplicateTexts(),
          DuplicateColumns(),
          DerivableColumns(),
      }},
      {"relevance", {
          IdentifierColumn(),
          OutlierValues(),
          OutlierRows(),
          OffTopicRows(),
          UninformativeColumns(),
          RowOrder(),
      }},
      {"pictures", {
          TruncatedPictures(),
          DarkPictures(),
          LightPictures(),
          BlurryPictures(),
          LowInformation(),
          OddSize(),
          OddAspect(),
          AnnotationFiles(),
          GrayscaleAmongColor(),
          OffTopicPictures(),
          SpuriousPictureProperty(),
      }},
      {"text", {
          EmptyText(),
          OddTextLength(),
          WrongLanguage(),
          Gibberish(),
          Boilerplate(),
      }},
      {"balance", {
          ClassBalance(),
          DominantValue(),
          SensitiveCoverage(),
          IntersectionCoverage(),
          Scenarios(),
          SourceDifferences(),
          ReferencePopulation(),
          SpuriousColumns(),
      }},
      {"leakage", {
          SplitOverlap(),
          TargetProxy(),
          GroupOverlap(),
          TimeTravel(),
      }},
      {"bias", {
          SensitiveProxy(),
          BaseRatePerGroup(),
          LabelBias(),
      }},
      {"privacy", {
          PersonalData(),
          PictureMetadata(),
          KAnonymity(),
          LawfulRows(),
          SpecialCategories(),
          Children(),
      }},
      {"upkeep", {
          ExpiredWaiver(),
          AuditRegression(),
          OverdueAudit(),
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
