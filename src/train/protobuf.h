// Protobuf's wire format, as far as event files need it: fields as bytes, to be put one behind the
// other. Source: protobuf.dev/programming-guides/encoding.
#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

namespace bottega {

template <typename T>
inline std::string LittleEndian(T value) {
  std::string bytes;
  for (size_t i = 0; i < sizeof(T); ++i) bytes += static_cast<char>(value >> (8 * i));
  return bytes;
}

inline std::string Varint(uint64_t value) {
  std::string bytes;
  for (; value >= 0x80; value >>= 7) bytes += static_cast<char>(value | 0x80);
  return bytes + static_cast<char>(value);
}

enum WireType { kVarint = 0, kFixed64 = 1, kBytes = 2, kFixed32 = 5 };

inline std::string Key(int field, WireType type) {
  return Varint(static_cast<uint64_t>(field) << 3 | static_cast<uint64_t>(type));
}
inline std::string DoubleField(int field, double value) {
  return Key(field, kFixed64) + LittleEndian(std::bit_cast<uint64_t>(value));
}
inline std::string FloatField(int field, float value) {
  return Key(field, kFixed32) + LittleEndian(std::bit_cast<uint32_t>(value));
}
inline std::string IntField(int field, int64_t value) {
  return Key(field, kVarint) + Varint(static_cast<uint64_t>(value));
}
inline std::string BytesField(int field, std::string_view value) {
  return Key(field, kBytes) + Varint(value.size()) + std::string(value);
}

}  // namespace bottega
