#include "base/test_folders.h"

namespace bottega {

const char* const kTestSourceFolder = BOTTEGA_SOURCE_DIR;
const char* const kTestBuildFolder = BOTTEGA_BUILD_DIR;

}  // namespace bottega
