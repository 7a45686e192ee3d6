// Any bytes: either a valid header or an Error, never a crash, and what was accepted holds
// together.
#include <cstdlib>
#include <string_view>

#include "base/error.h"
#include "base/safetensors_header.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  try {
    bottega::SafetensorsHeader header = bottega::ParseSafetensorsHeader(bytes, size, "fuzz");
    uint64_t end = 0;
    for (const bottega::TensorEntry& entry : header.tensors) {
      if (entry.begin != end || entry.end < entry.begin) std::abort();
      end = entry.end;
    }
    if (header.data_start + end != size) std::abort();
    const std::string again = bottega::MakeSafetensorsHeader(&header);
    bottega::ParseSafetensorsHeader(again, again.size() + end, "fuzz");
  } catch (const bottega::Error&) {
  }
  return 0;
}
