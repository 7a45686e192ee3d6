// A repair or step may refuse a column, with a reason that reports show.
#pragma once

#include <string>

#include "base/json.h"

namespace bottega {

struct Refusal {
  std::string component;  // repair or step, as in "encode"
  std::string column;     // "": the whole table
  std::string reason;     // one sentence
};

Json RefusalToJson(const Refusal& refusal);

}  // namespace bottega
