// Which rare values the training rows held, without naming them: plan.json travels with a model,
// and a value of one row may be somebody's.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "clean/steps/categories.h"

namespace bottega {

// Adds `salt` and `rare_sha256` to the state of a column: the first 16 hexadecimal digits of
// SHA-256(salt, value) for each value that is not kept, sorted. The salt depends on the column's
// training values alone, so that the same rows give the same plan. Left out for more than 10,000.
void KeepRareHashes(const CategoryCounts& counts, const std::vector<std::string>& kept,
                    Json* column);

class RareValues {
 public:
  // `column`: a state that holds `rare_sha256`.
  explicit RareValues(const Json& column);
  bool Contains(std::string_view value) const;

 private:
  std::string salt_;
  std::set<std::string, std::less<>> hashes_;
};

}  // namespace bottega
