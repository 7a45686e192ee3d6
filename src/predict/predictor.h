// What explanations, audits and servers need of a model: rows in, scores out.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "data/dataset.h"

namespace bottega {

struct Scores {
  int64_t rows = 0;
  int64_t width = 0;          // number of classes, or 1 for regression
  std::vector<float> values;  // rows x width, row-major: probabilities, or values in target units
  // Record numbers of rows that could not be scored, and why; their values mean nothing.
  std::map<int64_t, std::string> failed;
};

class Predictor {
 public:
  virtual ~Predictor() = default;
  // Class names in score order; empty for regression.
  virtual const std::vector<std::string>& classes() const = 0;
  // Columns the model was trained on, as OpenLike wants them.
  virtual const std::vector<Column>& columns() const = 0;
  virtual Scores Predict(const Dataset& data) = 0;
  // What the model makes of each row before its last layer, `width` numbers.
  virtual Scores Embed(const Dataset& data) = 0;
};

}  // namespace bottega
