#include <algorithm>
#include <cmath>
#include <mutex>
#include <tuple>
#include <unordered_map>

#include "base/interrupt.h"
#include "base/threads.h"
#include "profile/duplicates.h"
#include "profile/picture_index.h"
#include "profile/picture_scan.h"

namespace bottega {
namespace {

using Scans = std::vector<PictureScan>;

constexpr int64_t kCompareAll = 30'000;       // up to here every pair of hashes is compared
constexpr int64_t kCompareAllTurned = 8'000;  // and, seven times as many, those of turned pictures
constexpr int kRadius = 14;                   // bits in which either hash may differ
constexpr int kRadiusTurned = 8;
constexpr int kTurns = 8;  // four quarter turns, each as it is and mirrored

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

class Search {
 public:
  Search(const Scans& scans, const std::vector<int64_t>& rows, double most)
      : scans_(scans),
        most_(most),
        upright_(scans, rows, kCompareAll),
        turned_(scans, rows, kCompareAllTurned) {}

  // Pairs of `row` with later ones.
  void Find(int64_t row, std::vector<DuplicatePair>* found) const {
    for (int turn = 0; turn < kTurns; ++turn) FindTurned(row, turn, found);
  }

 private:
  void FindTurned(int64_t row, int turn, std::vector<DuplicatePair>* found) const {
    const PictureScan& scan = scans_[static_cast<size_t>(row)];
    const GrayThumbnail gray = Turned(scan.gray, turn);
    const ColorLayout layout = Turned(scan.layout, turn);
    const bool upright = turn == 0;
    const std::vector<PictureCandidate> near =
        upright ? upright_.Near(row, scan.cosine, scan.gradient, kRadius)
                : turned_.Near(row, CosineHash(gray), GradientHash(gray), kRadiusTurned);
    for (const PictureCandidate& candidate : near) {
      const PictureScan& other = scans_[static_cast<size_t>(candidate.other)];
      // Symmetric drawings resemble their own mirror image: turned ones have to agree better.
      if (ColorDifference(layout, other.layout) > (upright ? 24 : 12)) continue;
      const double difference = PictureDifference(gray, other.gray);
      if (difference > (upright ? most_ : most_ / 2)) continue;
      found->push_back({row, candidate.other, 1 - difference, false, 0});
    }
  }

  const Scans& scans_;
  const double most_;
  const PictureIndex upright_, turned_;
};

std::vector<DuplicatePair> FindNear(const Scans& scans, const std::vector<int64_t>& rows,
                                    double most) {
  std::vector<DuplicatePair> pairs;
  std::mutex mutex;
  const Search search(scans, rows, most);
  ParallelFor(static_cast<int64_t>(rows.size()), 64, [&](int64_t begin, int64_t end) {
    ThrowIfInterrupted();
    std::vector<DuplicatePair> found;
    for (int64_t i = begin; i < end; ++i) search.Find(rows[static_cast<size_t>(i)], &found);
    const std::lock_guard lock(mutex);
    pairs.insert(pairs.end(), found.begin(), found.end());
  });
  std::ranges::sort(pairs, [](const DuplicatePair& a, const DuplicatePair& b) {
    return std::tuple(a.first, a.second, -a.similarity) <
           std::tuple(b.first, b.second, -b.similarity);
  });
  const auto repeated = std::ranges::unique(
      pairs, {}, [](const DuplicatePair& p) { return std::pair(p.first, p.second); });
  pairs.erase(repeated.begin(), repeated.end());
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
