// Weights in safetensors files. Equal tensors and metadata give equal bytes.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "model/module.h"

namespace bottega {

struct SafetensorsFile {
  NamedTensors tensors;  // contiguous, on the CPU, in the order of the file
  std::map<std::string, std::string> metadata;

  // The tensor of that name; undefined if there is none.
  at::Tensor Find(const std::string& name) const;
};

// Written atomically (base/files.h); a full disk throws Error kIo and leaves the old file whole.
// Tensors on other devices or with strides are copied one at a time. Names must be unique.
void WriteSafetensors(const std::filesystem::path& path, const NamedTensors& tensors,
                      const std::map<std::string, std::string>& metadata = {});

// Errors: kMissing or kIo when the file cannot be read, kData when it is not a valid file.
SafetensorsFile ReadSafetensors(const std::filesystem::path& path);

// Metadata alone, without reading the tensors.
std::map<std::string, std::string> ReadSafetensorsMetadata(const std::filesystem::path& path);

}  // namespace bottega
