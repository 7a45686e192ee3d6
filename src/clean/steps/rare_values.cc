#include "clean/steps/rare_values.h"

#include <algorithm>

#include "base/hash.h"

namespace bottega {

namespace {

constexpr size_t kMost = 10'000;
constexpr size_t kDigits = 16;

std::string HashOf(const std::string& salt, std::string_view value) {
  return Sha256().Update(salt).Update(value).Hex().substr(0, kDigits);
}

}  // namespace

void KeepRareHashes(const CategoryCounts& counts, const std::vector<std::string>& kept,
                    Json* column) {
  if (counts.values.size() > kept.size() + kMost) return;
  Sha256 all;
  for (const auto& [value, count] : counts.values) {
    all.Update(value).Update("\n" + std::to_string(count) + "\n");
  }
  const std::string salt = all.Hex().substr(0, 2 * kDigits);
  std::vector<std::string> hashes;
  for (const auto& [value, count] : counts.values) {
    if (!std::ranges::binary_search(kept, value)) hashes.push_back(HashOf(salt, value));
  }
  std::ranges::sort(hashes);
  (*column)["salt"] = salt;
  (*column)["rare_sha256"] = hashes;
}

RareValues::RareValues(const Json& column) : salt_(StateText(column, "salt")) {
  for (std::string& hash : StateTexts(column, "rare_sha256")) hashes_.insert(std::move(hash));
}

bool RareValues::Contains(std::string_view value) const {
  return hashes_.contains(HashOf(salt_, value));
}

}  // namespace bottega
