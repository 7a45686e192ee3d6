// Who sits at this machine, as records name people.
#pragma once

#include <string>

namespace bottega {

// LOGNAME or USER; "" where neither is set.
std::string LoginName();
// GIT_AUTHOR_NAME, else the login name.
std::string PersonName();

}  // namespace bottega
