// The recipe's `audit` section.
#pragma once

#include "spec/spec.h"

namespace bottega {

const Spec& AuditSection();

}  // namespace bottega
