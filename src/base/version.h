// Version of the program, and the build id that both programs must share.
#pragma once

#include <string>

namespace bottega {

inline constexpr const char* kVersion = "0.1.0";

// Digest of the sources that the running program was built from; "development" in test programs.
std::string BuildId();
// Called once, first thing in main.
void SetBuildId(std::string id);

}  // namespace bottega
