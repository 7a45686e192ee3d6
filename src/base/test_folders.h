// For tests: where the sources and the build are, known to one object file of each test program, so
// that all others compile to the same bytes in every checkout.
#pragma once

#include <string>

namespace bottega {

extern const char* const kTestSourceFolder;
extern const char* const kTestBuildFolder;

// "<sources>/test/reference/NAME".
inline std::string TestReference(const std::string& name) {
  return std::string(kTestSourceFolder) + "/test/reference/" + name;
}

}  // namespace bottega
