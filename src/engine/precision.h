// Number formats of a training's matrix products; free of libtorch types.
#pragma once

#include <string>

namespace bottega {

enum class Precision { kFp32, kBf16, kFp16 };

// "fp32", "bf16", "fp16" and back. The name must be one of them.
Precision PrecisionOf(const std::string& name);
std::string PrecisionName(Precision precision);

}  // namespace bottega
