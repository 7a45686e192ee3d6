#include "train/event_file.h"

#include <array>
#include <bit>

#include "train/protobuf.h"

namespace bottega {

namespace {

constexpr std::array<uint32_t, 256> MakeTable() {
  std::array<uint32_t, 256> table{};
  for (uint32_t i = 0; i < 256; ++i) {
    uint32_t crc = i;
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ (crc & 1 ? 0x82F63B78U : 0U);
    table[i] = crc;
  }
  return table;
}

constexpr std::array<uint32_t, 256> kTable = MakeTable();

}  // namespace

uint32_t Crc32c(std::string_view bytes) {
  uint32_t crc = 0xFFFFFFFFU;
  for (const char c : bytes) crc = crc >> 8 ^ kTable[(crc ^ static_cast<uint8_t>(c)) & 0xFF];
  return ~crc;
}

uint32_t MaskedCrc32c(std::string_view bytes) { return std::rotr(Crc32c(bytes), 15) + 0xa282ead8U; }

EventFile::EventFile(const std::filesystem::path& path, int64_t keep_bytes, double wall_time)
    : file_(path, keep_bytes) {
  if (file_.Offset() == 0) Record(DoubleField(1, wall_time) + BytesField(3, "brain.Event:2"));
}

void EventFile::Scalars(int64_t step, double wall_time,
                        const std::vector<std::pair<std::string, double>>& values) {
  std::string summary;
  for (const auto& [tag, value] : values) {
    summary += BytesField(1, BytesField(1, tag) + FloatField(2, static_cast<float>(value)));
  }
  Summary(step, wall_time, summary);
}

void EventFile::Summary(int64_t step, double wall_time, std::string_view summary) {
  Record(DoubleField(1, wall_time) + IntField(2, step) + BytesField(5, summary));
}

void EventFile::Record(const std::string& payload) {
  const std::string length = LittleEndian(static_cast<uint64_t>(payload.size()));
  file_.Append(length + LittleEndian(MaskedCrc32c(length)) + payload +
               LittleEndian(MaskedCrc32c(payload)));
}

}  // namespace bottega
