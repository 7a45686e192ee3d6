#include "profile/picture_index.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace bottega {
namespace {

constexpr size_t kCandidates = 12;
constexpr size_t kFullBucket = 2'000;

uint16_t BandOf(uint64_t cosine, uint64_t gradient, int band) {
  return static_cast<uint16_t>((band < 4 ? cosine : gradient) >> (band % 4 * 16));
}

void KeepNearest(std::vector<PictureCandidate>* candidates) {
  const auto key = [](const PictureCandidate& c) { return std::pair(c.distance, c.other); };
  std::ranges::sort(*candidates, {}, key);
  const auto repeated = std::ranges::unique(*candidates, {}, &PictureCandidate::other);
  candidates->erase(repeated.begin(), repeated.end());
  if (candidates->size() > kCandidates) candidates->resize(kCandidates);
}

int Distance(const PictureScan& scan, uint64_t cosine, uint64_t gradient) {
  return std::min(std::popcount(scan.cosine ^ cosine), std::popcount(scan.gradient ^ gradient));
}

}  // namespace

PictureIndex::PictureIndex(const std::vector<PictureScan>& scans, const std::vector<int64_t>& rows,
                           int64_t compare_all)
    : scans_(scans), rows_(rows), compare_all_(static_cast<int64_t>(rows.size()) <= compare_all) {
  if (compare_all_) return;
  for (const int64_t row : rows) {
    const PictureScan& scan = scans[static_cast<size_t>(row)];
    for (int band = 0; band < 8; ++band) {
      buckets_[static_cast<size_t>(band)][BandOf(scan.cosine, scan.gradient, band)].push_back(row);
    }
  }
}

std::vector<PictureCandidate> PictureIndex::Near(int64_t row, uint64_t cosine, uint64_t gradient,
                                                 int radius) const {
  std::vector<PictureCandidate> near;
  if (compare_all_) {
    for (auto at = std::ranges::upper_bound(rows_, row); at != rows_.end(); ++at) {
      const int distance = Distance(scans_[static_cast<size_t>(*at)], cosine, gradient);
      if (distance <= radius) near.push_back({*at, distance});
    }
    KeepNearest(&near);
    return near;
  }
  for (int band = 0; band < 8; ++band) {
    const uint16_t key = BandOf(cosine, gradient, band);
    Collect(band, key, row, cosine, gradient, radius, &near);
    for (int bit = 0; bit < 16; ++bit) {
      Collect(band, static_cast<uint16_t>(key ^ (1 << bit)), row, cosine, gradient, radius, &near);
    }
    if (near.size() > 4096) KeepNearest(&near);
  }
  KeepNearest(&near);
  return near;
}

void PictureIndex::Collect(int band, uint16_t key, int64_t row, uint64_t cosine, uint64_t gradient,
                           int radius, std::vector<PictureCandidate>* near) const {
  const auto at = buckets_[static_cast<size_t>(band)].find(key);
  if (at == buckets_[static_cast<size_t>(band)].end()) return;
  // A band that thousands share (plain sky) tells nothing: its other bands have to.
  if (at->second.size() > kFullBucket) return;
  for (const int64_t other : at->second) {
    if (other <= row) continue;
    const int distance = Distance(scans_[static_cast<size_t>(other)], cosine, gradient);
    if (distance <= radius) near->push_back({other, distance});
  }
}

}  // namespace bottega
