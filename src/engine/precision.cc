#include "engine/precision.h"

namespace bottega {

Precision PrecisionOf(const std::string& name) {
  if (name == "bf16") return Precision::kBf16;
  return name == "fp16" ? Precision::kFp16 : Precision::kFp32;
}

std::string PrecisionName(Precision precision) {
  if (precision == Precision::kBf16) return "bf16";
  return precision == Precision::kFp16 ? "fp16" : "fp32";
}

}  // namespace bottega
