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

// Means of a word's value over the texts, and what they are made of; NaN where not judged.
struct Means {
  std::vector<double> mean, count, variance;  // per text: mean, words with say, their variance
};

// `value(text, word)` is NaN for words without say; texts with fewer than `fewest` others are NaN.
template <class Value>
Means MeansOf(const Vocabulary& words, int64_t fewest, Value value) {
  const size_t n = static_cast<size_t>(words.texts.size());
  Means out{std::vector<double>(n, std::nan("")), std::vector<double>(n), std::vector<double>(n)};
  ParallelFor(words.texts.size(), 2048, [&](int64_t begin, int64_t end) {
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
      out.count[at] = used;
      out.mean[at] = sum / used;
      out.variance[at] = std::max(0.0, squares / used - out.mean[at] * out.mean[at]);
    }
  });
  return out;
}

// The means as deviations: those of texts of that many words. Empty where too few are judged.
std::vector<double> Standardized(Means means) {
  std::vector<double> sorted, variances;
  for (size_t i = 0; i < means.mean.size(); ++i) {
    if (std::isnan(means.mean[i])) continue;
    sorted.push_back(means.mean[i]);
    variances.push_back(means.variance[i]);
  }
  if (sorted.size() < kFewestItems) return {};
  std::ranges::sort(sorted);
  std::ranges::sort(variances);
  const double middle = Quantile(sorted, 0.5), of_words = Quantile(variances, 0.5);
  // What is left of the spread of means when that of drawing a text's words is taken out.
  double drawn = 0;
  for (const double count : means.count) drawn += count > 0 ? of_words / count : 0;
  drawn /= static_cast<double>(sorted.size());
  const double spread = (Quantile(sorted, 0.75) - Quantile(sorted, 0.25)) / 1.349;
  const double between = std::max(0.25 * spread * spread, spread * spread - drawn);
  for (size_t i = 0; i < means.mean.size(); ++i) {
    if (std::isnan(means.mean[i])) continue;
    const double deviation = std::sqrt(between + of_words / std::max(1.0, means.count[i]));
    means.mean[i] = deviation > 0 ? (means.mean[i] - middle) / deviation : 0;
  }
  return std::move(means.mean);
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
  std::vector<double> usual =
      Standardized(MeansOf(words, kFewestTopicWords, [&](int64_t, uint32_t w) {
        return std::log((words.number[w] - 0.5) / n);
      }));
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
  std::vector<double> company = Standardized(MeansOf(words, 3, [&](int64_t i, uint32_t w) {
    const double own = usual[static_cast<size_t>(i)];
    // Words of every third text are of no topic.
    if (std::isnan(own) || judged[w] < 2 || judged[w] * 3 > n) return std::nan("");
    return (sum[w] - std::clamp(own, -8.0, 8.0)) / (judged[w] - 1);
  }));
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
