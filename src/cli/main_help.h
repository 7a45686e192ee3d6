// What `bottega --help` says: every verb, in the order of the journey.
#pragma once

#include <string>

#include "spec/catalog.h"

namespace bottega {

std::string MainHelp(const Catalog& catalog);
// [{title, verbs: [{name, one_line}]}]
Json MainHelpJson(const Catalog& catalog);

}  // namespace bottega
