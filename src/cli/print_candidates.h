// candidates.json as a table for people.
#pragma once

#include <ostream>

#include "base/json.h"

namespace bottega {

void PrintCandidates(const Json& candidates, std::ostream& out);

}  // namespace bottega
