// The type of a column, inferred.
#pragma once

#include <filesystem>
#include <string>

#include "data/dataset.h"
#include "data/infer/column_look.h"

namespace bottega {

struct TypeGuess {
  FeatureType type = FeatureType::kText;
  std::string why;
  NumberStyle style;
  std::string date_format;
};

// `folder`: where relative picture paths start; "" if nowhere. In this order: no value -> category;
// paths of pictures that exist -> picture; at least 90 % numbers (60 % with over 50 different
// values)
// -> number, or binary with two values, category for codes such as 00123 or post codes, identifier
// for unique whole numbers that run without gaps or are called so; 90 % dates -> date; two values
// -> binary; over half of the values differ -> text (4 words and more) or identifier; else
// category.
TypeGuess InferType(const std::string& name, const ColumnLook& look,
                    const std::filesystem::path& folder);

}  // namespace bottega
