#include "learn/off_topic.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/random.h"
#include "base/threads.h"
#include "learn/neighbors.h"
#include "profile/quantiles.h"
#include "profile/tail.h"
#include "profile/text_words.h"

namespace bottega {
namespace {

constexpr double kNone = std::numeric_limits<double>::infinity();
constexpr size_t kFewestItems = 50;
constexpr int64_t kReferences = 2000;

// Words of each text as dense numbers.
struct Vocabulary {
  TextSets texts;              // member: index of the word
  std::vector<double> number;  // of texts per word
};

Vocabulary VocabularyOf(const std::vector<std::string>& texts) {
  Vocabulary out{ShinglesOf(texts, 1)};
  std::vector<uint32_t> words = out.texts.member;
  std::ranges::sort(words);
  const auto repeated = std::ranges::unique(words);
  words.erase(repeated.begin(), repeated.end());
  out.number.assign(words.size(), 0);
  ParallelFor(
      static_cast<int64_t>(out.texts.member.size()), 1 << 16, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; ++i) {
          uint32_t& word = out.texts.member[static_cast<size_t>(i)];
          word = static_cast<uint32_t>(std::ranges::lower_bound(words, word) - words.begin());
        }
      });
  for (const uint32_t word : out.texts.member) out.number[word] += 1;
  return out;
}

// The mean of a word's value over each text, as deviations: those of texts of that many words.
// `value(text, word)` is NaN for words without say; texts with fewer than `fewest` others are NaN.
template <class Value>
std::vector<double> MeanPlace(const Vocabulary& words, int64_t fewest, Value value) {
  const int64_t n = words.texts.size();
  std::vector<double> mean(static_cast<size_t>(n), std::nan("")), count(mean.size());
  std::vector<double> inner(mean.size());
  ParallelFor(n, 2048, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) {
      double sum = 0, squares = 0, used = 0;
      for (const uint32_t* w = words.texts.first(i); w < words.texts.last(i); ++w) {
        const double v = value(i, *w);
        if (std::isnan(v)) continue;
        sum += v;
        squares += v * v;
        used += 1;
      }
      if (used < static_cast<double>(fewest)) continue;
      const size_t at = static_cast<size_t>(i);
      count[at] = used;
      mean[at] = sum / used;
      inner[at] = std::max(0.0, squares / used - mean[at] * mean[at]);
    }
  });
  std::vector<double> means, inners;
  for (size_t i = 0; i < mean.size(); ++i) {
    if (std::isnan(mean[i])) continue;
    means.push_back(mean[i]);
    inners.push_back(inner[i]);
  }
  if (means.size() < kFewestItems) return {};
  std::ranges::sort(means);
  std::ranges::sort(inners);
  const double middle = Quantile(means, 0.5), word_variance = Quantile(inners, 0.5);
  // What is left of the spread of means when that of drawing a text's words is taken out.
  double drawn = 0;
  for (const double c : count) drawn += c > 0 ? word_variance / c : 0;
  drawn /= static_cast<double>(means.size());
  const double spread = (Quantile(means, 0.75) - Quantile(means, 0.25)) / 1.349;
  const double between = std::max(0.25 * spread * spread, spread * spread - drawn);
  for (size_t i = 0; i < mean.size(); ++i) {
    mean[i] = (mean[i] - middle) / std::sqrt(between + word_variance / std::max(1.0, count[i]));
  }
  return mean;
}

// Lowers `out` to the number of items expected to have so high a score.
void Lower(const std::vector<double>& scores, double tests, Foreignness* out) {
  std::vector<double> sorted;
  for (const double s : scores) {
    if (!std::isnan(s)) sorted.push_back(s);
  }
  if (sorted.size() < kFewestItems) return;
  std::ranges::sort(sorted);
  const Tail tail = TailOf(sorted);
  if (tail.scale <= 0) return;
  const double n = static_cast<double>(sorted.size());
  for (size_t i = 0; i < scores.size(); ++i) {
    if (!std::isnan(scores[i])) {
      (*out)[i] = std::min((*out)[i], tests * n * tail.Beyond(scores[i]));
    }
  }
}

}  // namespace

Foreignness ForeignTexts(const std::vector<std::string>& texts) {
  Foreignness out(texts.size(), kNone);
  if (texts.size() < kFewestItems) return out;
  const Vocabulary words = VocabularyOf(texts);
  const double n = static_cast<double>(texts.size());
  std::vector<double> usual = MeanPlace(words, kFewestTopicWords, [&](int64_t, uint32_t w) {
    return std::log((words.number[w] - 0.5) / n);
  });
  if (usual.empty()) return out;
  // Per word, how usual the texts with it are, and how many of them are judged.
  std::vector<double> sum(words.number.size()), judged(words.number.size());
  for (int64_t i = 0; i < words.texts.size(); ++i) {
    const double place = usual[static_cast<size_t>(i)];
    if (std::isnan(place)) continue;
    for (const uint32_t* w = words.texts.first(i); w < words.texts.last(i); ++w) {
      sum[*w] += std::clamp(place, -8.0, 8.0);
      judged[*w] += 1;
    }
  }
  std::vector<double> company = MeanPlace(words, 3, [&](int64_t i, uint32_t w) {
    const double own = usual[static_cast<size_t>(i)];
    // Words of every third text are of no topic.
    if (std::isnan(own) || judged[w] < 2 || judged[w] * 3 > n) return std::nan("");
    return (sum[w] - std::clamp(own, -8.0, 8.0)) / (judged[w] - 1);
  });
  for (double& place : usual) place = -place;
  for (double& place : company) place = -place;
  Lower(usual, 2, &out);
  Lower(company, 2, &out);
  return out;
}

Foreignness ForeignRows(const Matrix& features, double company, uint64_t seed) {
  Foreignness out(static_cast<size_t>(features.rows), kNone);
  if (features.rows < static_cast<int64_t>(kFewestItems)) return out;
  const std::vector<int64_t> order = Permutation(features.rows, seed, Purpose::kSample, 31);
  const int64_t count = std::min(features.rows, kReferences);
  Matrix reference(count, features.columns);
  std::vector<int64_t> group(static_cast<size_t>(count)), own(out.size());
  for (int64_t i = 0; i < count; ++i) {
    group[static_cast<size_t>(i)] = order[static_cast<size_t>(i)];
    std::copy_n(features.row(order[static_cast<size_t>(i)]), features.columns, reference.row(i));
  }
  std::iota(own.begin(), own.end(), 0);
  const int k = std::max(3, static_cast<int>(company * static_cast<double>(count)));
  const Neighbors near = NearestNeighbors(reference, features, k, group, own);
  std::vector<double> distance(out.size());
  for (size_t i = 0; i < distance.size(); ++i) {
    const float far = near.distance[i * static_cast<size_t>(k) + static_cast<size_t>(k) - 1];
    distance[i] = std::log(1e-6 + static_cast<double>(far));
  }
  Lower(distance, 1, &out);
  return out;
}

}  // namespace bottega
