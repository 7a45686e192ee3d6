// Look-up of pictures by perceptual hashes that differ in few bits.
#pragma once

#include <array>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "profile/picture_scan.h"

namespace bottega {

struct PictureCandidate {
  int64_t other = 0;
  int distance = 0;  // bits of the nearer hash
};

// Both are borrowed. Up to `compare_all` pictures every one is compared; beyond, multi-index
// hashing (Norouzi, Punjani & Fleet, CVPR 2012): each hash in four bands of 16 bits; two hashes
// that differ in at most 7 bits have a band that differs in at most one.
class PictureIndex {
 public:
  PictureIndex(const std::vector<PictureScan>& scans, const std::vector<int64_t>& rows,
               int64_t compare_all);

  // The 12 nearest rows beyond `row` with either hash within `radius` bits of those given.
  std::vector<PictureCandidate> Near(int64_t row, uint64_t cosine, uint64_t gradient,
                                     int radius) const;

 private:
  void Collect(int band, uint16_t key, int64_t row, uint64_t cosine, uint64_t gradient, int radius,
               std::vector<PictureCandidate>* near) const;

  const std::vector<PictureScan>& scans_;
  const std::vector<int64_t>& rows_;
  const bool compare_all_;
  std::array<std::unordered_map<uint16_t, std::vector<int64_t>>, 8> buckets_;
};

}  // namespace bottega
