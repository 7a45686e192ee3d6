// Properties of pictures and texts as names that conditions on rows may use beside the columns.
#pragma once

#include "data/row_condition.h"

namespace bottega {

// Borrows `data`. Properties are measured when a condition asks for them.
MoreNames PropertiesAsNames(const Dataset& data);

}  // namespace bottega
