// Which columns tell something of people: what privacy checks look at.
#pragma once

#include <string>
#include <vector>

#include "audit/check.h"

namespace bottega {

// The attribute that the column seems to hold by name or content: those of data/infer/sensitive.h,
// and "postal code", "town", "country", "occupation", "education", "birth". Empty if none.
std::string PeopleAttribute(const AuditContext& context, int column);

}  // namespace bottega
