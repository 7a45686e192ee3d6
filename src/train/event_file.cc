#include "train/event_file.h"

#include <array>
#include <bit>

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

template <typename T>
std::string LittleEndian(T value) {
  std::string bytes;
  for (size_t i = 0; i < sizeof(T); ++i) bytes += static_cast<char>(value >> (8 * i));
  return bytes;
}

std::string Varint(uint64_t value) {
  std::string bytes;
  for (; value >= 0x80; value >>= 7) bytes += static_cast<char>(value | 0x80);
  return bytes + static_cast<char>(value);
}

enum WireType { kVarint = 0, kFixed64 = 1, kBytes = 2, kFixed32 = 5 };

std::string Key(int field, WireType type) {
  return Varint(static_cast<uint64_t>(field) << 3 | static_cast<uint64_t>(type));
}
std::string DoubleField(int field, double value) {
  return Key(field, kFixed64) + LittleEndian(std::bit_cast<uint64_t>(value));
}
std::string FloatField(int field, float value) {
  return Key(field, kFixed32) + LittleEndian(std::bit_cast<uint32_t>(value));
}
std::string IntField(int field, int64_t value) {
  return Key(field, kVarint) + Varint(static_cast<uint64_t>(value));
}
std::string BytesField(int field, std::string_view value) {
  return Key(field, kBytes) + Varint(value.size()) + std::string(value);
}

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
  Record(DoubleField(1, wall_time) + IntField(2, step) + BytesField(5, summary));
}

void EventFile::Record(const std::string& payload) {
  const std::string length = LittleEndian(static_cast<uint64_t>(payload.size()));
  file_.Append(length + LittleEndian(MaskedCrc32c(length)) + payload +
               LittleEndian(MaskedCrc32c(payload)));
}

}  // namespace bottega
