#include "audit/review/label_queue.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "audit/groups.h"
#include "audit/label_judgement.h"
#include "audit/run_audit.h"
#include "base/random.h"

namespace bottega {

namespace {

constexpr int64_t kOrderStream = 31, kTwiceStream = 32;
constexpr size_t kFewest = 50;

// By position, of rows without a label: how far the likeliest class is ahead of the next.
std::map<int64_t, double> MarginsOf(const Dataset& data, const Json& section) {
  std::map<int64_t, double> margins;
  if (!IsClassTarget(data)) return margins;
  AuditShared shared(data);
  const Codes& codes = shared.CodesOfColumn(TargetIndex(data));
  const auto labelled = static_cast<size_t>(
      std::ranges::count_if(codes.code, [](int32_t code) { return code >= 0; }));
  if (labelled < kFewest || codes.values.size() < 2) return margins;
  static const Json none = Json::object();
  const AuditContext context{.data = data,
                             .settings = none,
                             .section = section,
                             .recipe = none,
                             .split = nullptr,
                             .shared = shared,
                             .sample = section.at("sample").get<int64_t>(),
                             .seed = section.at("seed").get<uint64_t>()};
  const LabelFeatures features = MakeLabelFeatures(context, WhichRows::kAll);
  if (!features.has_table() && !features.has_text() && !features.has_dense()) return margins;
  constexpr int kNeighbors = 25;
  const LabelJudgement judged = JudgeClasses(context, features, kNeighbors);
  for (size_t i = 0; i < features.positions.size(); ++i) {
    if (judged.label[i] >= 0) continue;
    const float* p = judged.probability.row(static_cast<int64_t>(i));
    std::vector<float> sorted(p, p + judged.probability.columns);
    std::ranges::sort(sorted, std::greater());
    margins[features.positions[i]] = sorted[0] - sorted[1];
  }
  return margins;
}

// By record number: who was asked, and how many labels there are.
struct Asked {
  std::set<std::string> of;
  int labels = 0;
};
std::map<int64_t, Asked> AskedAlready(const Reviews& reviews) {
  std::map<int64_t, Asked> asked;
  for (const Decision& decision : reviews.standing) {
    if (decision.review != "label") continue;
    asked[decision.row].of.insert(decision.reviewer);
    asked[decision.row].labels += decision.decides();
  }
  return asked;
}

bool IsAsked(int64_t row, const std::map<int64_t, Asked>& asked, const LabelQueueOptions& options) {
  const auto known = asked.find(row);
  if (known == asked.end()) return true;
  if (known->second.of.contains(options.reviewer)) return false;
  const bool twice =
      Random(options.seed, Purpose::kSample, kTwiceStream, row).Uniform() < options.twice;
  return known->second.labels < (twice ? 2 : 1);
}

}  // namespace

std::vector<ReviewItem> UnlabelledRows(const Dataset& data, const Json& section,
                                       const Reviews& reviews, const std::vector<int64_t>& group,
                                       const LabelQueueOptions& options) {
  const int target = TargetIndex(data);
  const Codes codes = CodesOf(data, target);
  const std::map<int64_t, Asked> already = AskedAlready(reviews);
  std::vector<ReviewItem> items;
  for (int64_t i = 0; i < data.size(); ++i) {
    const auto at = static_cast<size_t>(i);
    if (codes.code[at] >= 0 || !IsAsked(data.rows[at], already, options)) continue;
    items.push_back({.row = data.rows[at], .position = i, .check = "label"});
  }
  if (items.empty()) return items;
  const std::map<int64_t, double> margins = MarginsOf(data, section);
  for (ReviewItem& item : items) {
    const auto margin = margins.find(item.position);
    item.doubt = margin == margins.end() ? 0 : 1 - margin->second;
  }
  std::ranges::sort(items, {}, [&](const ReviewItem& item) {
    return std::tuple(-item.doubt,
                      Random(options.seed, Purpose::kSample, kOrderStream, item.row).Uniform(),
                      item.row);
  });
  std::map<int64_t, size_t> first;
  std::vector<ReviewItem> asked;
  for (ReviewItem& item : items) {
    const auto copy = group.empty() ? item.position : group[static_cast<size_t>(item.position)];
    const auto [at, fresh] = first.try_emplace(copy, asked.size());
    if (fresh) {
      asked.push_back(std::move(item));
    } else {
      asked[at->second].copies.push_back(item.position);
    }
  }
  return asked;
}

}  // namespace bottega
