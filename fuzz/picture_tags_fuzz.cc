// Tags of picture files from any bytes: never anything but an answer.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "data/image/picture_tags.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  bottega::ReadPictureTags(bytes);
  // The same as the EXIF block of a PNG, which no fuzzer would wrap by itself.
  std::string png = "\x89PNG\r\n\x1A\n";
  for (int shift = 24; shift >= 0; shift -= 8) png += static_cast<char>(size >> shift & 255);
  png += "eXIf" + std::string(bytes) + "crc_";
  bottega::ReadPictureTags(png);
  return 0;
}
