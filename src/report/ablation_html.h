// ablation.html: what each technique of a recipe contributes.
#pragma once

#include <string>

#include "base/json.h"

namespace bottega {

// `facts` is an ablation.json (doc/formats/tune.md), `run` the run's id. Deterministic.
std::string AblationHtml(const Json& facts, const std::string& run);

}  // namespace bottega
