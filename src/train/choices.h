// What the clock decides: choices.json, written and fsynced before the first step so that a resumed
// or replayed run computes the same bits.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/json.h"

namespace bottega {

struct Choices {
  std::string precision = "fp32";       // "fp32", "bf16", "fp16"
  std::string layout = "contiguous";    // "contiguous", "channels_last"
  int threads = 1;                      // of one tensor operation
  int workers = 1;                      // of decoding and augmenting
  int64_t micro_batch = 0;              // rows computed at once
  std::vector<std::string> recomputed;  // blocks of the model (model/recompute.h)
  Json measured = Json::object();       // seconds a step of what was tried, for the reader
  Json deviation = Json::object();      // of lower precision from fp32 (train/agreement.h)
  Json candidates = Json::object();     // of `model: auto`: name -> the choices of that training
};

Json ChoicesToJson(const Choices& choices);
// Errors: kData naming `file` for anything that this version did not write.
Choices ChoicesFromJson(const Json& json, const std::string& file);

}  // namespace bottega
