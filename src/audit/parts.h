// The parts (train, validation, test) of the rows: those of the split, else of the source.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "audit/check.h"

namespace bottega {

struct Parts {
  std::vector<std::string> names;
  std::vector<int32_t> code;  // per position, -1: in no part

  bool several() const;  // rows are in at least two parts
  // Index of the part that trains: "train" or "training" in any case; -1: none.
  int32_t train() const;
};

Parts PartsOf(const AuditContext& context);

// Why a check of parts does not run.
inline constexpr const char* kNoParts =
    "there is no split yet, and the source has no parts of its own";

}  // namespace bottega
