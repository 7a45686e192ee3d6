// Personal data in any bytes: spans inside the text, in order, none overlapping.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "profile/personal/personal_data.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const char* column : {"", "phone number", "full name", "birth date", "address"}) {
    size_t end = 0;
    for (const bottega::PersonalSpan& span :
         bottega::FindPersonalData(text, {.column = column, .least = 0})) {
      if (span.begin < end || span.end <= span.begin || span.end > size) std::abort();
      end = span.end;
      bottega::MaskPersonal(text.substr(span.begin, span.end - span.begin), span.kind);
    }
  }
  return 0;
}
