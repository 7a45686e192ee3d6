// Handing a command over to bottega-engine.
#pragma once

#include <filesystem>
#include <ostream>
#include <string>
#include <vector>

namespace bottega {

// BOTTEGA_ENGINE, beside this program, then ../libexec/bottega/. Error kMissing with a hint.
std::filesystem::path FindEngine();

// Replaces this process by the engine with `words` (no child). The engine checks that both have
// one build id. Errors: kMissing.
int HandOverToEngine(const std::vector<std::string>& words, std::ostream& out, std::ostream& err);

// First thing in the engine's main: Error kUsage when the caller is of another build.
void CheckCallerBuild();

}  // namespace bottega
