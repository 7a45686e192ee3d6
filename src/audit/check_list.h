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
const Check& BrokenExpectations();
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
const Check& AnnotatorAgreement();
// redundancy
const Check& ConstantColumn();
const Check& CorrelatedColumns();
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
// pictures
const Check& TruncatedPictures();
const Check& DarkPictures();
const Check& LightPictures();
const Check& BlurryPictures();
const Check& LowInformation();
const Check& OddSize();
const Check& OddAspect();
const Check& AnnotationFiles();
const Check& GrayscaleAmongColor();
const Check& OffTopicPictures();
const Check& SpuriousPictureProperty();
// text
const Check& EmptyText();
const Check& OddTextLength();
const Check& WrongLanguage();
const Check& Gibberish();
const Check& Boilerplate();
// balance
const Check& ClassBalance();
const Check& DominantValue();
const Check& SensitiveCoverage();
const Check& IntersectionCoverage();
const Check& Scenarios();
const Check& SourceDifferences();
const Check& ReferencePopulation();
const Check& SpuriousColumns();
// leakage
const Check& SplitOverlap();
const Check& TargetProxy();
const Check& GroupOverlap();
const Check& TimeTravel();
// bias
const Check& SensitiveProxy();
const Check& BaseRatePerGroup();
const Check& LabelBias();
// privacy
const Check& PersonalData();
const Check& PictureMetadata();
const Check& KAnonymity();
const Check& LawfulRows();
const Check& SpecialCategories();
const Check& Children();
// upkeep
const Check& ExpiredWaiver();
const Check& AuditRegression();
const Check& OverdueAudit();
// clang-format on

}  // namespace bottega
