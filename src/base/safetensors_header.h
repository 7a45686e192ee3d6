// The header of a safetensors file, free of libtorch: 8 bytes of little-endian length, then JSON
// that names every tensor's dtype, shape and byte range in the data that follows. Format:
// https://github.com/huggingface/safetensors#format
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace bottega {

struct TensorEntry {
  std::string name;
  std::string dtype;  // "F32", "BF16", "I64", ...
  std::vector<int64_t> shape;
  uint64_t begin = 0, end = 0;  // bytes, relative to SafetensorsHeader::data_start
};

struct SafetensorsHeader {
  std::vector<TensorEntry> tensors;  // in the order of their data, without holes
  std::map<std::string, std::string> metadata;
  uint64_t data_start = 0;  // offset of the data in the file
};

// Largest header that is read (100 MB, as in the reference implementation).
inline constexpr uint64_t kMaxSafetensorsHeader = 100'000'000;

// Bytes of one element, 0 for a dtype that does not exist.
int SafetensorsDtypeSize(std::string_view dtype);

// `prefix` holds the file's first bytes, at least up to the end of the header; `file_size` is the
// whole file's. Throws Error kData, naming `file`, unless lengths, dtypes, shapes and byte ranges
// agree: ranges cover the data without holes or overlaps and end at the end of the file.
SafetensorsHeader ParseSafetensorsHeader(std::string_view prefix, uint64_t file_size,
                                         const std::string& file);

// Length and JSON, padded with spaces to a multiple of 8 bytes. Lays the tensors out as the
// reference implementation does (larger elements first, then by name), so that every tensor is
// aligned to its element, and sets `begin`, `end` and the order of `tensors`.
std::string MakeSafetensorsHeader(SafetensorsHeader* header);

}  // namespace bottega
