#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <mutex>
#include <unordered_map>

#include "base/interrupt.h"
#include "base/threads.h"
#include "profile/duplicates.h"
#include "profile/picture_scan.h"

namespace bottega {
namespace {

using Scans = std::vector<PictureScan>;

constexpr int64_t kCompareAll = 30'000;  // up to here every pair of hashes is compared
constexpr int kRadius = 14;              // bits in which either hash may differ
constexpr size_t kCandidates = 12;       // nearest ones that are verified, per picture

struct Candidate {
  int64_t other = 0;
  int distance = 0;  // bits of the nearer hash
};

int HashDistance(const PictureScan& a, const PictureScan& b) {
  return std::min(std::popcount(a.cosine ^ b.cosine), std::popcount(a.gradient ^ b.gradient));
}

void KeepNearest(std::vector<Candidate>* candidates) {
  const auto key = [](const Candidate& c) { return std::pair(c.distance, c.other); };
  std::ranges::sort(*candidates, {}, key);
  const auto repeated = std::ranges::unique(*candidates, {}, &Candidate::other);
  candidates->erase(repeated.begin(), repeated.end());
  if (candidates->size() > kCandidates) candidates->resize(kCandidates);
}

// Multi-index hashing (Norouzi, Punjani & Fleet, CVPR 2012): each hash in four bands of 16 bits;
// two hashes that differ in at most 7 bits have a band that differs in at most one.
class BandIndex {
 public:
  explicit BandIndex(const Scans& scans, const std::vector<int64_t>& rows) : scans_(scans) {
    for (const int64_t row : rows) {
      for (int band = 0; band < 8; ++band) {
        buckets_[static_cast<size_t>(band)][BandOf(scans[static_cast<size_t>(row)], band)]
            .push_back(row);
      }
    }
  }

  std::vector<Candidate> Near(int64_t row) const {
    std::vector<Candidate> near;
    const PictureScan& scan = scans_[static_cast<size_t>(row)];
    for (int band = 0; band < 8; ++band) {
      const uint16_t key = BandOf(scan, band);
      Collect(band, key, row, &near);
      for (int bit = 0; bit < 16; ++bit) {
        Collect(band, static_cast<uint16_t>(key ^ (1 << bit)), row, &near);
      }
      if (near.size() > 4096) KeepNearest(&near);
    }
    KeepNearest(&near);
    return near;
  }

 private:
  static constexpr size_t kFullBucket = 2'000;

  static uint16_t BandOf(const PictureScan& scan, int band) {
    return static_cast<uint16_t>((band < 4 ? scan.cosine : scan.gradient) >> (band % 4 * 16));
  }
  void Collect(int band, uint16_t key, int64_t row, std::vector<Candidate>* near) const {
    const auto at = buckets_[static_cast<size_t>(band)].find(key);
    if (at == buckets_[static_cast<size_t>(band)].end()) return;
    // A band that thousands share (plain sky) tells nothing: its other bands have to.
    if (at->second.size() > kFullBucket) return;
    for (const int64_t other : at->second) {
      if (other <= row) continue;
      const int distance =
          HashDistance(scans_[static_cast<size_t>(row)], scans_[static_cast<size_t>(other)]);
      if (distance <= kRadius) near->push_back({other, distance});
    }
  }

  const Scans& scans_;
  std::array<std::unordered_map<uint16_t, std::vector<int64_t>>, 8> buckets_;
};

std::vector<Candidate> NearByScan(const Scans& scans, const std::vector<int64_t>& rows, size_t i) {
  std::vector<Candidate> near;
  const PictureScan& scan = scans[static_cast<size_t>(rows[i])];
  for (size_t j = i + 1; j < rows.size(); ++j) {
    const int distance = HashDistance(scan, scans[static_cast<size_t>(rows[j])]);
    if (distance <= kRadius) near.push_back({rows[j], distance});
  }
  KeepNearest(&near);
  return near;
}

// Root mean square difference of the 8 x 8 colours after removing each channel's mean, 0 to 255.
double ColorDifference(const ColorLayout& a, const ColorLayout& b) {
  double total = 0;
  for (size_t channel = 0; channel < 3; ++channel) {
    double mean = 0, squares = 0;
    for (size_t i = channel; i < a.size(); i += 3) {
      const double d = static_cast<double>(a[i]) - b[i];
      mean += d;
      squares += d * d;
    }
    total += squares / 64 - mean / 64 * (mean / 64) * 0.75;
  }
  return std::sqrt(total / 3);
}

void LinkSameContent(const Scans& scans, Duplicates* out) {
  std::unordered_map<uint64_t, std::vector<int64_t>> seen;
  for (size_t i = 0; i < scans.size(); ++i) {
    if (scans[i].content[0] == 0 && scans[i].content[1] == 0) continue;
    std::vector<int64_t>& firsts = seen[scans[i].content[0]];
    const auto same = std::ranges::find_if(firsts, [&](int64_t first) {
      return scans[static_cast<size_t>(first)].content[1] == scans[i].content[1];
    });
    if (same == firsts.end()) {
      firsts.push_back(static_cast<int64_t>(i));
    } else {
      out->pairs.push_back({*same, static_cast<int64_t>(i), 1, true, 0});
    }
  }
}

std::vector<DuplicatePair> FindNear(const Scans& scans, const std::vector<int64_t>& rows,
                                    double most) {
  std::vector<DuplicatePair> pairs;
  std::mutex mutex;
  const int64_t n = static_cast<int64_t>(rows.size());
  const BandIndex index(scans, n > kCompareAll ? rows : std::vector<int64_t>());
  ParallelFor(n, 64, [&](int64_t begin, int64_t end) {
    ThrowIfInterrupted();
    std::vector<DuplicatePair> found;
    for (int64_t i = begin; i < end; ++i) {
      const int64_t row = rows[static_cast<size_t>(i)];
      const PictureScan& scan = scans[static_cast<size_t>(row)];
      const std::vector<Candidate> near =
          n > kCompareAll ? index.Near(row) : NearByScan(scans, rows, static_cast<size_t>(i));
      for (const Candidate& candidate : near) {
        const PictureScan& other = scans[static_cast<size_t>(candidate.other)];
        if (ColorDifference(scan.layout, other.layout) > 24) continue;
        const double difference = PictureDifference(scan.gray, other.gray);
        if (difference <= most) {
          found.push_back({row, candidate.other, 1 - difference, false, 0});
        }
      }
    }
    const std::lock_guard lock(mutex);
    pairs.insert(pairs.end(), found.begin(), found.end());
  });
  return pairs;
}

}  // namespace

Duplicates FindDuplicatePictures(const Dataset& data, const DuplicateOptions& options) {
  Duplicates out;
  const auto scans = ScanPictures(data);
  LinkSameContent(*scans, &out);
  if (options.near_pictures) {
    const std::vector<int64_t> same = GroupsOf(data.size(), out.pairs);
    std::vector<int64_t> rows;
    for (int64_t i = 0; i < data.size(); ++i) {
      const PictureScan& scan = (*scans)[static_cast<size_t>(i)];
      if (scan.readable && same[static_cast<size_t>(i)] == i) rows.push_back(i);
    }
    for (const DuplicatePair& pair : FindNear(*scans, rows, options.picture_difference)) {
      out.pairs.push_back(pair);
    }
  }
  std::ranges::sort(out.pairs, {},
                    [](const DuplicatePair& p) { return std::pair(p.first, p.second); });
  out.group = GroupsOf(data.size(), out.pairs);
  return out;
}

}  // namespace bottega
