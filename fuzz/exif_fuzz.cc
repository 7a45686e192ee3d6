// Any bytes as an EXIF block: an orientation from 1 to 8, never anything else.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "data/image/exif.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const int orientation = bottega::ExifOrientation(bytes);
  if (orientation < 1 || orientation > 8) std::abort();
  return 0;
}
