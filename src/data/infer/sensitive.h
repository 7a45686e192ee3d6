// Which columns say something about people that a model must not hold against them.
#pragma once

#include <string>
#include <string_view>

#include "data/infer/column_look.h"

namespace bottega {

// The attribute ("sex", "ethnicity", "age", "religion", "nationality", "disability", "marital
// status", "pregnancy", "sexual orientation", "political opinion", "union membership", "health")
// that the column seems to hold, with why ("its name", "its values, as in Male, Female"); empty if
// none. Names in English, German, French, Spanish, Italian, Portuguese and Dutch; values in English
// mostly.
struct SensitiveGuess {
  std::string attribute;
  std::string why;
};
SensitiveGuess GuessSensitive(std::string_view name, const ColumnLook& look);

}  // namespace bottega
