// The copy that `bottega data access` gives a person, as a page to read.
#pragma once

#include <string>

#include "base/json.h"

namespace bottega {

// `copy`: access.json (doc/formats/access.md). One file that loads nothing; every value is escaped.
std::string AccessHtml(const Json& copy);

}  // namespace bottega
