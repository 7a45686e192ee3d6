// Any bytes: a value that survives writing and reading again, or an Error; never a crash.
#include <cstdlib>
#include <string_view>

#include "base/error.h"
#include "base/json.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const bottega::Json value = bottega::ParseJson(text, "fuzz");
    if (bottega::ParseJson(value.dump(), "again") != value) std::abort();
    bottega::CanonicalJson(value);
  } catch (const bottega::Error&) {
  }
  return 0;
}
