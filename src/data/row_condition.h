// Conditions on rows, one grammar wherever rows are chosen: scenarios, --where, rules.
//
//   age >= 65 and sex = 'F'        18 <= age < 65        city in ['Rome', 'Milan']
//   income is missing              not (a < 1 or b > 2)  "marital status" != 'single'
//
//   condition := conjunction {or conjunction}
//   conjunction := negation {and negation}
//   negation := not negation | '(' condition ')' | test
//   test := value op value [op value] | value [not] between value and value
//         | value [not] in '[' value {, value} ']' | value is [not] missing
//         | value [not] contains value
//   op := = == != <> < <= > >=
//
// Names of columns stand bare (letters, digits, _ - . : and letters beyond ASCII) or in quotes. On
// the left of an operator quotes hold a name, on its right a text; `backquotes` hold a name on
// either side. A doubled quote stands for itself. Words that begin with a digit are numbers or
// dates (2024-01-31, 2024-01-31T12:30); keywords are read in any case; [ ] may be ( ).
#pragma once

#include <arrow/type_fwd.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "data/dataset.h"

namespace bottega {

// Values per row that a condition may name beside the columns: properties of pictures and texts.
struct RowValues {
  FeatureType type = FeatureType::kNumber;
  std::shared_ptr<arrow::Array> values;  // as a column of a Dataset of that type
};
struct MoreNames {
  std::vector<std::string> names;
  std::function<RowValues(const std::string& name)> values;  // asked for names in use only
};

class RowCondition {
 public:
  struct Node;

  // Errors of `kind` at `place` say what was expected at which character.
  static RowCondition Parse(const std::string& text, ErrorKind kind = ErrorKind::kRecipe,
                            const Place& place = {});

  const std::string& text() const { return text_; }
  // What it names, in order of appearance, each once.
  std::vector<std::string> Names() const;
  // The numbers and texts that it holds columns against, as they are written.
  std::vector<std::string> Literals() const;
  // The condition with `...` in place of those: names, operators and brackets only.
  std::string Outline() const;

  // 1 for each row of which the condition is true. A comparison with a missing cell is unknown, as
  // in SQL: `not`, `and`, `or` follow Kleene's three-valued logic, and a row of which the whole is
  // unknown is not chosen. Numbers and dates compare by value; a date without time of day means
  // that whole day (d <= 2024-01-31 holds at 10:00 of that day). Texts are equal byte by byte, also
  // where the other side is written as a number (zip = 00123); for < and > with a number the text
  // is read as one. `contains` ignores the case of ASCII letters. Linear in rows, no copy of texts.
  // Errors: a name that is no column (with the nearest), sides that do not compare.
  std::vector<uint8_t> Holds(const Dataset& data, const MoreNames* more = nullptr) const;
  // Positions of those rows, ascending.
  std::vector<int64_t> Positions(const Dataset& data, const MoreNames* more = nullptr) const;

  // Texts that are compared for equality with a column that holds no such value, each as in
  // "'sex' is never 'f'; did you mean 'F'?". The nearest values are the data's: not for output that
  // must name nobody.
  std::vector<std::string> Remarks(const Dataset& data) const;

 private:
  RowCondition(std::string text, ErrorKind kind, Place place, std::shared_ptr<const Node> root)
      : text_(std::move(text)), kind_(kind), place_(std::move(place)), root_(std::move(root)) {}

  std::string text_;
  ErrorKind kind_ = ErrorKind::kRecipe;
  Place place_;
  std::shared_ptr<const Node> root_;
};

// A column's name and a text as conditions write them: bare or in double quotes; in single quotes.
std::string ConditionName(const std::string& name);
std::string ConditionText(const std::string& text);

}  // namespace bottega
