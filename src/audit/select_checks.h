// Which checks an audit runs, when the command line says so.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"

namespace bottega {

// The names of checks that `names` mean: a check, by name or synonym, or a theme and with it all
// its checks; in the order of the reports. Error kUsage names the nearest.
std::vector<std::string> ChecksNamed(const std::vector<std::string>& names);

// The resolved `audit` section with the checks of `only` alone (all of its own, where that is
// empty) and without those of `skip`. A check that is named in `only` runs whatever the section
// leaves out, with the section's settings for it, else its defaults.
Json SelectChecks(Json section, const std::vector<std::string>& only,
                  const std::vector<std::string>& skip);

}  // namespace bottega
