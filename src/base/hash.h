// Digests: SHA-256 for artefacts and lineage, XXH3 for look-ups that no adversary chooses.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace bottega {

// Incremental SHA-256; Hex() may be called once, at the end.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256& Update(std::string_view bytes);
  std::string Hex();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

std::string Sha256Hex(std::string_view bytes);
std::string Sha256OfFile(const std::filesystem::path& path);
// HMAC-SHA256 (RFC 2104): a hash that nobody without the key can look values up by.
std::string HmacSha256Hex(std::string_view key, std::string_view bytes);
uint64_t Xxh3(std::string_view bytes, uint64_t seed = 0);

}  // namespace bottega
