#include "base/hash.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <xxhash.h>

#include <cerrno>
#include <cstdio>
#include <vector>

#include "base/error.h"

namespace bottega {

struct Sha256::State {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  ~State() { EVP_MD_CTX_free(context); }
};

namespace {

std::string HexOf(const unsigned char* bytes, size_t n) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  for (size_t i = 0; i < n; ++i) {
    hex += kDigits[bytes[i] >> 4];
    hex += kDigits[bytes[i] & 15];
  }
  return hex;
}

}  // namespace

Sha256::Sha256() : state_(std::make_unique<State>()) {
  EVP_DigestInit_ex(state_->context, EVP_sha256(), nullptr);
}

Sha256::~Sha256() = default;

Sha256& Sha256::Update(std::string_view bytes) {
  EVP_DigestUpdate(state_->context, bytes.data(), bytes.size());
  return *this;
}

std::string Sha256::Hex() {
  unsigned char digest[32];
  unsigned int length = 0;
  EVP_DigestFinal_ex(state_->context, digest, &length);
  return HexOf(digest, sizeof digest);
}

std::string Sha256Hex(std::string_view bytes) { return Sha256().Update(bytes).Hex(); }

std::string Sha256OfFile(const std::filesystem::path& path) {
  FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) throw IoError("opening", path.string(), errno);
  Sha256 hash;
  std::vector<char> block(1 << 20);
  size_t n = 0;
  while ((n = std::fread(block.data(), 1, block.size(), file)) > 0) hash.Update({block.data(), n});
  const bool failed = std::ferror(file) != 0;
  std::fclose(file);
  if (failed) throw IoError("reading", path.string(), EIO);
  return hash.Hex();
}

std::string HmacSha256Hex(std::string_view key, std::string_view bytes) {
  unsigned char digest[32];
  unsigned int length = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest, &length);
  return HexOf(digest, sizeof digest);
}

uint64_t Xxh3(std::string_view bytes, uint64_t seed) {
  return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

}  // namespace bottega
