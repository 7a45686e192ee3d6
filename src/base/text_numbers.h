// Texts numbered in order of first appearance.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace bottega {

// A hash table that holds views: the texts must outlive it.
class TextNumbers {
 public:
  // The number of `text`: that of an earlier equal one, or the next.
  int32_t Of(std::string_view text);
  // By number.
  const std::vector<std::string_view>& texts() const { return texts_; }

 private:
  struct Slot {
    uint32_t hash = 0;  // its upper half
    int32_t number = -1;
  };
  void Grow();

  std::vector<Slot> slots_ = std::vector<Slot>(64);  // a power of two, at most half of them filled
  std::vector<std::string_view> texts_;
};

}  // namespace bottega
