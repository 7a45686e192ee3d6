#include "profile/spelling.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <numeric>
#include <unordered_map>

#include "base/text.h"
#include "profile/spelling_form.h"
#include "profile/spelling_words.h"

namespace bottega {
namespace {

int LetterBound(const SpellingForm& a, const SpellingForm& b) {
  int more = 0, less = 0;
  for (size_t i = 0; i < 32; ++i) {
    const int d = a.letters[i] - b.letters[i];
    (d > 0 ? more : less) += std::abs(d);
  }
  return std::max(more, less);
}

int SlipLimit(size_t letters) {
  if (letters < 5) return 0;
  return letters < 12 ? 1 : 1 + static_cast<int>(letters / 12);
}

class SlipFinder {
 public:
  SlipFinder(const std::vector<SpellingForm>& forms, double ratio) : forms_(forms), ratio_(ratio) {
    for (const SpellingForm& form : forms_) {
      for (const std::string& word : form.words) word_rows_[word] += form.count;
    }
  }

  // Index of the frequent form that form `i` is a slip of, and the letters that differ; -1: none.
  std::pair<int64_t, int> TargetOf(size_t i, const std::vector<size_t>& candidates) const;

 private:
  bool IsSlip(const SpellingForm& rare, const SpellingForm& frequent, int limit,
              int* distance) const;
  bool WordsAreSlips(const SpellingForm& rare, const SpellingForm& frequent) const;

  const std::vector<SpellingForm>& forms_;
  const double ratio_;
  std::unordered_map<std::string, int64_t> word_rows_;
};

bool SlipFinder::WordsAreSlips(const SpellingForm& rare, const SpellingForm& frequent) const {
  if (rare.words.size() != frequent.words.size()) return true;  // a lost or added space
  for (size_t w = 0; w < rare.words.size(); ++w) {
    const std::string& a = rare.words[w];
    const std::string& b = frequent.words[w];
    if (a == b) continue;
    const bool short_word = std::min(a.size(), b.size()) < 4;
    if (short_word && rare.tight.size() < 20) return false;
    const int limit = std::max(1, static_cast<int>(b.size() / 4));
    if (EditDistance(a, b, limit) > limit) return false;
    // A word that many other rows use is a word, not a slip.
    const auto rows = [&](const std::string& word) { return word_rows_.find(word)->second; };
    if (static_cast<double>(rows(a)) * ratio_ > static_cast<double>(rows(b))) return false;
  }
  return true;
}

bool SlipFinder::IsSlip(const SpellingForm& rare, const SpellingForm& frequent, int limit,
                        int* distance) const {
  if (rare.fixed != frequent.fixed || LetterBound(rare, frequent) > limit) return false;
  *distance = EditDistance(rare.tight, frequent.tight, limit);
  if (*distance > limit) {
    // Two neighbouring letters exchanged are one slip.
    if (limit != 1 || rare.tight.size() != frequent.tight.size()) return false;
    const auto at = std::ranges::mismatch(rare.tight, frequent.tight);
    std::string swapped = rare.tight;
    const size_t i = static_cast<size_t>(at.in1 - rare.tight.begin());
    if (i + 1 >= swapped.size()) return false;
    std::swap(swapped[i], swapped[i + 1]);
    if (swapped != frequent.tight) return false;
    *distance = 1;
    return true;
  }
  return WordsAreSlips(rare, frequent);
}

std::pair<int64_t, int> SlipFinder::TargetOf(size_t i,
                                             const std::vector<size_t>& candidates) const {
  const SpellingForm& rare = forms_[i];
  const int limit = SlipLimit(rare.tight.size());
  int64_t best = -1;
  int best_distance = limit + 1;
  if (limit == 0) return {-1, 0};
  for (const size_t j : candidates) {
    const SpellingForm& frequent = forms_[j];
    if (j == i || static_cast<double>(rare.count) * ratio_ > static_cast<double>(frequent.count)) {
      continue;
    }
    int distance = 0;
    if (!IsSlip(rare, frequent, std::min(limit, SlipLimit(frequent.tight.size())), &distance)) {
      continue;
    }
    const bool better =
        distance < best_distance || (distance == best_distance && best >= 0 &&
                                     frequent.count > forms_[static_cast<size_t>(best)].count);
    if (better) {
      best = static_cast<int64_t>(j);
      best_distance = distance;
    }
  }
  return {best, best_distance};
}

constexpr size_t kCompareAll = 3'000;

// Which forms may be close: all when they are few; else those that share their first, last or
// middle letters or become equal by leaving one letter out.
std::vector<std::vector<size_t>> CandidatesOf(const std::vector<SpellingForm>& forms) {
  std::vector<std::vector<size_t>> out(forms.size());
  std::unordered_map<std::string, std::vector<size_t>> blocks;
  const auto keys = [](const SpellingForm& form) {
    const std::string& t = form.tight;
    std::vector<std::string> keys;
    if (t.size() >= 12) {
      const size_t third = t.size() / 3;
      keys = {"<" + t.substr(0, 6), ">" + t.substr(t.size() - 6), "=" + t.substr(third, 4)};
    }
    if (t.size() <= 24) {
      keys.push_back("-" + t);
      for (size_t i = 0; i < t.size(); ++i) keys.push_back("-" + t.substr(0, i) + t.substr(i + 1));
    }
    return keys;
  };
  for (size_t i = 0; i < forms.size(); ++i) {
    for (const std::string& key : keys(forms[i])) blocks[key].push_back(i);
  }
  for (size_t i = 0; i < forms.size(); ++i) {
    for (const std::string& key : keys(forms[i])) {
      const std::vector<size_t>& block = blocks[key];
      if (block.size() <= 500) out[i].insert(out[i].end(), block.begin(), block.end());
    }
    std::ranges::sort(out[i]);
    const auto repeated = std::ranges::unique(out[i]);
    out[i].erase(repeated.begin(), repeated.end());
  }
  return out;
}

// Per form: what it is a slip of, -1 if nothing.
std::vector<std::pair<int64_t, int>> SlipsOf(const std::vector<SpellingForm>& forms, double ratio) {
  const SlipFinder finder(forms, ratio);
  std::vector<std::pair<int64_t, int>> target(forms.size(), {-1, 0});
  std::vector<size_t> all(forms.size());
  std::iota(all.begin(), all.end(), 0);
  const bool few = forms.size() <= kCompareAll;
  const auto candidates = few ? std::vector<std::vector<size_t>>() : CandidatesOf(forms);
  const std::vector<int64_t> replaced = FindReplacedLetters(forms, ratio);
  const std::vector<int64_t> words = FindSlippedWords(forms);
  for (size_t i = 0; i < forms.size(); ++i) {
    target[i] = finder.TargetOf(i, few ? all : candidates[i]);
    if (target[i].first < 0) target[i] = {replaced[i], 1};
    if (target[i].first < 0) target[i] = {words[i], 1};
  }
  return target;
}

std::vector<SpellingCluster> InOrder(std::map<size_t, SpellingCluster> clusters) {
  std::vector<SpellingCluster> out;
  for (auto& [form, cluster] : clusters) {
    std::ranges::sort(cluster.variants, [](const SpellingVariant& a, const SpellingVariant& b) {
      return std::pair(-a.count, a.text) < std::pair(-b.count, b.text);
    });
    out.push_back(std::move(cluster));
  }
  std::ranges::sort(out, {}, &SpellingCluster::canonical);
  return out;
}

}  // namespace

std::vector<SpellingCluster> FindSpellingClusters(const std::vector<std::string>& values,
                                                  const std::vector<int64_t>& counts, double ratio,
                                                  int64_t most_values) {
  if (static_cast<int64_t>(values.size()) > most_values) return {};
  const std::vector<SpellingForm> forms = FormsOf(values, counts);
  const auto slips = SlipsOf(forms, ratio);
  std::map<size_t, SpellingCluster> clusters;
  const auto cluster_of = [&](size_t form) -> SpellingCluster& {
    SpellingCluster& cluster = clusters[form];
    const size_t first = forms[form].members[0];
    cluster.canonical = values[first];
    cluster.count = counts[first];
    return cluster;
  };
  for (size_t i = 0; i < forms.size(); ++i) {
    // A slip of a slip stays apart: chains would merge different words.
    const bool slip = slips[i].first >= 0 && slips[static_cast<size_t>(slips[i].first)].first < 0;
    if (!slip && forms[i].members.size() < 2) continue;
    SpellingCluster& cluster = cluster_of(slip ? static_cast<size_t>(slips[i].first) : i);
    for (size_t m = slip ? 0 : 1; m < forms[i].members.size(); ++m) {
      const size_t member = forms[i].members[m];
      const std::string why = slip ? "typo" : WhyDifferent(values[member], cluster.canonical);
      const double share =
          static_cast<double>(counts[member]) / static_cast<double>(counts[member] + cluster.count);
      const double sure = slip ? std::max(0.5, 0.95 - 2 * share - 0.02 * slips[i].second) : 0.98;
      cluster.variants.push_back({values[member], counts[member], why, sure});
    }
  }
  return InOrder(std::move(clusters));
}

}  // namespace bottega
