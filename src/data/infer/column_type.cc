#include "data/infer/column_type.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "data/infer/names.h"

namespace bottega {
namespace {

constexpr double kMostlyNumbers = 0.9;
constexpr double kManyNumbers = 0.6;

std::string Of(const ColumnLook& look) { return FormatCount(look.filled) + " values"; }

std::string DistinctText(const ColumnLook& look) {
  return FormatCount(look.distinct) + " different among " + Of(look);
}

bool IsPicturePath(std::string_view cell) {
  const std::string lower = LowerAscii(cell);
  return lower.ends_with(".jpg") || lower.ends_with(".jpeg") || lower.ends_with(".png") ||
         lower.ends_with(".webp");
}

bool HoldsPictures(const ColumnLook& look, const std::filesystem::path& folder) {
  if (folder.empty() || look.values.empty()) return false;
  int64_t paths = 0;
  bool exists = false;
  std::error_code ignored;
  for (const auto& [value, count] : look.values) {
    if (!IsPicturePath(value)) continue;
    if (!exists && paths < 100) exists = std::filesystem::exists(folder / value, ignored);
    ++paths;
  }
  return exists && paths * 10 >= static_cast<int64_t>(look.values.size()) * 9;
}

TypeGuess Guess(FeatureType type, std::string why) { return {.type = type, .why = std::move(why)}; }

bool AllDiffer(const ColumnLook& look) { return look.distinct == look.filled && look.filled >= 20; }

TypeGuess NumberType(const std::string& name, const ColumnLook& look) {
  const bool whole = look.integers == look.numbers;
  if (look.leading_zeros * 5 > look.filled) {
    return Guess(AllDiffer(look) ? FeatureType::kIdentifier : FeatureType::kCategory,
                 "digits with leading zeros are codes, no quantities");
  }
  if (look.too_long) {
    return Guess(look.DistinctShare() > 0.5 ? FeatureType::kIdentifier : FeatureType::kCategory,
                 "whole numbers beyond 2^53 are codes, no quantities");
  }
  if (look.distinct == 2 && look.numbers == look.filled) {
    return Guess(FeatureType::kBinary,
                 "two values: " + look.values[0].first + " and " + look.values[1].first);
  }
  if (whole && AllDiffer(look) && (look.consecutive || IsIdentifierName(name))) {
    return Guess(FeatureType::kIdentifier,
                 look.consecutive ? "whole numbers without a gap, each once: they number the rows"
                                  : "whole numbers, each once, and the name says identifier");
  }
  if (whole && NameWords(name).size() > 1 && NameWords(name).back() == "id" && look.distinct > 20) {
    return Guess(FeatureType::kIdentifier, "whole numbers whose name says identifier");
  }
  if (whole && (IsCodeName(name) || IsPersonName(name))) {
    return Guess(FeatureType::kCategory, "codes by its name, no quantities");
  }
  TypeGuess guess = Guess(FeatureType::kNumber,
                          FormatPercent(look.NumberShare()) + " of " + Of(look) + " are numbers");
  if (!look.style.plain()) guess.why += " (" + NumberStyleText(look.style) + ")";
  guess.style = look.style;
  return guess;
}

TypeGuess TextType(const std::string& name, const ColumnLook& look) {
  if (look.distinct == 2) {
    return Guess(FeatureType::kBinary,
                 "two values: " + look.values[0].first + " and " + look.values[1].first);
  }
  const bool many = look.distinct > 20 && look.DistinctShare() > 0.5;
  if (many && look.DistinctShare() > 0.8 && IsPersonName(name)) {
    return Guess(FeatureType::kIdentifier,
                 DistinctText(look) + ", and the name says a person or place");
  }
  const bool wordy = look.words >= 4 || look.length >= 40;
  if (wordy && (many || (look.distinct > 200 && look.DistinctShare() > 0.1))) {
    return Guess(FeatureType::kText,
                 DistinctText(look) + ", " + FormatNumber(look.words, 2) + " words each");
  }
  if (many) return Guess(FeatureType::kIdentifier, DistinctText(look) + ": they name single rows");
  return Guess(FeatureType::kCategory, DistinctText(look));
}

}  // namespace

TypeGuess InferType(const std::string& name, const ColumnLook& look,
                    const std::filesystem::path& folder) {
  if (look.filled == 0) return Guess(FeatureType::kCategory, "no value at all");
  if (HoldsPictures(look, folder))
    return Guess(FeatureType::kPicture, "paths of pictures that exist");
  const double share = look.NumberShare();
  // "empty" a hundred times among numbers is a spelling of missing; a hundred different texts are
  // not.
  const bool few_odd = look.odd_values * 10 <= look.filled - look.numbers;
  if (share >= kMostlyNumbers || (share >= kManyNumbers && few_odd)) {
    return NumberType(name, look);
  }
  if (!look.date_format.empty()) {
    TypeGuess guess =
        Guess(FeatureType::kDate, FormatPercent(double(look.dates) / double(look.filled)) + " of " +
                                      Of(look) + " are dates written " + look.date_format);
    guess.date_format = look.date_format;
    return guess;
  }
  return TextType(name, look);
}

}  // namespace bottega
