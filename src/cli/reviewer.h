// Who decides in a review.
#pragma once

#include <string>

#include "cli/verb.h"

namespace bottega {

// --reviewer, else the person at this machine; `asked` on a terminal where the flag is
// not there. Errors: kUsage when nobody is known though somebody is needed.
std::string ReviewerOf(const Invocation& call, bool asked);

}  // namespace bottega
