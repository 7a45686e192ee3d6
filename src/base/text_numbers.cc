#include "base/text_numbers.h"

#include "base/hash.h"

namespace bottega {

int32_t TextNumbers::Of(std::string_view text) {
  const uint64_t hash = Xxh3(text);
  const auto upper = static_cast<uint32_t>(hash >> 32);
  size_t at = hash & (slots_.size() - 1);
  for (; slots_[at].number >= 0; at = (at + 1) & (slots_.size() - 1)) {
    const Slot& slot = slots_[at];
    if (slot.hash == upper && texts_[static_cast<size_t>(slot.number)] == text) return slot.number;
  }
  const auto number = static_cast<int32_t>(texts_.size());
  slots_[at] = {upper, number};
  texts_.push_back(text);
  if (texts_.size() * 2 > slots_.size()) Grow();
  return number;
}

void TextNumbers::Grow() {
  std::vector<Slot> larger(slots_.size() * 4);
  for (size_t i = 0; i < texts_.size(); ++i) {
    const uint64_t hash = Xxh3(texts_[i]);
    size_t at = hash & (larger.size() - 1);
    while (larger[at].number >= 0) at = (at + 1) & (larger.size() - 1);
    larger[at] = {static_cast<uint32_t>(hash >> 32), static_cast<int32_t>(i)};
  }
  slots_ = std::move(larger);
}

}  // namespace bottega
