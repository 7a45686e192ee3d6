// What defects cost, as a table for people.
#pragma once

#include <ostream>

#include "audit/cost.h"

namespace bottega {

void PrintCost(std::ostream& out, const AuditCost& cost);

}  // namespace bottega
