// The value of a verb's --mlflow.
#pragma once

#include <string>

#include "cli/verb.h"

namespace bottega {

// Checked before any work is done; "" where it was not given. Error kUsage for no URL of a server.
std::string MlflowUrl(const Invocation& call);

}  // namespace bottega
