// TensorBoard event files: scalars over steps, as records of tensorflow.Event.
//
// A record is the payload's length (uint64), the masked CRC-32C of those 8 bytes, the payload, and
// its masked CRC-32C, all little-endian. The payload is a protobuf message written here field by
// field: Event {1: wall_time double, 2: step int64, 3: file_version text, 5: Summary {1: Value {1:
// tag text, 2: simple_value float}}}. Sources: tensorflow/core/lib/io/record_writer.cc,
// tensorflow/core/util/event.proto, tensorflow/core/framework/summary.proto.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/files.h"

namespace bottega {

// CRC-32C (Castagnoli, polynomial 0x1EDC6F41, reflected).
uint32_t Crc32c(std::string_view bytes);
// Rotated right by 15 bits plus 0xa282ead8: a checksum that may itself be checksummed.
uint32_t MaskedCrc32c(std::string_view bytes);

class EventFile {
 public:
  // Opens `path`, cut to `keep_bytes` as AppendFile does; a new file begins with the version
  // record.
  EventFile(const std::filesystem::path& path, int64_t keep_bytes, double wall_time);

  // One value a tag at `step`; `wall_time` in seconds since 1970.
  void Scalars(int64_t step, double wall_time,
               const std::vector<std::pair<std::string, double>>& values);
  // The bytes of any Summary message (train/summaries.h).
  void Summary(int64_t step, double wall_time, std::string_view summary);
  void Sync() { file_.Sync(); }
  int64_t Offset() const { return file_.Offset(); }

 private:
  void Record(const std::string& payload);
  AppendFile file_;
};

}  // namespace bottega
