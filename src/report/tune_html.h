// tune.html: what a search tried and what mattered.
#pragma once

#include <string>

#include "base/json.h"

namespace bottega {

// `facts` is a tune.json (doc/formats/tune.md), `run` the run's id. Deterministic.
std::string TuneHtml(const Json& facts, const std::string& run);

}  // namespace bottega
