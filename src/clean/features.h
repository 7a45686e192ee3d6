// Features: what a model of tables is fed, made from a Dataset by a FittedPlan.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace bottega {

struct Features {
  int64_t rows = 0;
  std::vector<std::string> number_names;
  std::vector<std::string> number_columns;  // of the table: what each number was made of
  std::vector<std::string> code_names;
  std::vector<int32_t> cardinality;  // per code column; code 0 is "unknown or rare"
  std::vector<float> numbers;        // rows x number_names, row-major, imputed and scaled
  std::vector<int32_t> codes;        // rows x code_names, row-major
};

}  // namespace bottega
