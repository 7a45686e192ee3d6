#include "profile/spelling.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <unordered_map>
#include <unordered_set>

#include "base/text.h"

namespace bottega {
namespace {

icu::UnicodeString CaseFold(std::string_view text) {
  icu::UnicodeString wide =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int>(text.size())));
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCCasefoldInstance(status);
  return U_SUCCESS(status) ? nfkc->normalize(wide, status) : wide;
}

bool IsSeparator(UChar32 c) {
  return u_isUWhiteSpace(c) || c == '-' || c == '_' || c == '.' || c == ',' || c == '/' ||
         c == '\'' || c == '"' || c == ':' || c == ';' || c == '(' || c == ')' || c == 0x2019;
}

// Case folded; runs of separators become one space, except between digits, and a sign that stands
// alone at either end ("A-") stays.
std::string Normal(std::string_view text) {
  const icu::UnicodeString wide = CaseFold(text);
  icu::UnicodeString out;
  const auto letter = [&](int32_t i) {
    return i >= 0 && i < wide.length() && u_isalnum(wide.char32At(i));
  };
  const auto digit = [&](int32_t i) {
    return i >= 0 && i < wide.length() && u_isdigit(wide.char32At(i));
  };
  bool gap = false;
  for (int32_t i = 0; i < wide.length(); i = wide.moveIndex32(i, 1)) {
    const UChar32 c = wide.char32At(i);
    const bool sign = c == '-' && (!letter(i - 1) || !letter(i + 1));
    if (IsSeparator(c) && !sign && !(digit(i - 1) && digit(i + 1))) {
      gap = true;
      continue;
    }
    if (gap && !out.isEmpty()) out.append(static_cast<UChar32>(' '));
    gap = false;
    out.append(c);
  }
  std::string utf8;
  out.toUTF8String(utf8);
  return utf8;
}

std::string Without(std::string_view text, char unwanted) {
  std::string out;
  for (const char c : text) {
    if (c != unwanted) out += c;
  }
  return out;
}

// Digits and signs, in order: what a slip of letters may not touch.
std::string Fixed(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || c == ' ' || static_cast<unsigned char>(c) >= 0x80;
    if (!letter) out += c;
  }
  return out;
}

std::string WhyDifferent(const std::string& a, const std::string& b) {
  const auto lower = [](const std::string& text) {
    std::string out;
    CaseFold(text).toUTF8String(out);
    return out;
  };
  if (lower(a) == lower(b)) return "case";
  const auto tight = [&](const std::string& text) { return Without(lower(text), ' '); };
  return tight(a) == tight(b) ? "spaces" : "punctuation";
}

// One set of values that are equal once normalized.
struct Form {
  std::string normal, tight, fixed;
  std::vector<std::string> words;
  std::vector<size_t> members;  // indices of values, most frequent first
  int64_t count = 0;
  std::array<uint8_t, 32> letters{};  // counts by byte modulo 32, for a cheap lower bound
};

int LetterBound(const Form& a, const Form& b) {
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

std::vector<Form> FormsOf(const std::vector<std::string>& values,
                          const std::vector<int64_t>& counts) {
  std::unordered_map<std::string, size_t> seen;
  std::vector<Form> forms;
  for (size_t i = 0; i < values.size(); ++i) {
    std::string normal = Normal(values[i]);
    if (normal.empty()) normal = values[i];
    const auto [at, added] = seen.emplace(normal, forms.size());
    if (added) {
      Form form{.normal = normal, .tight = Without(normal, ' '), .fixed = Fixed(normal)};
      form.words = Split(normal, ' ');
      for (const char c : form.tight) {
        uint8_t& n = form.letters[static_cast<unsigned char>(c) % 32];
        if (n < 255) ++n;
      }
      forms.push_back(std::move(form));
    }
    forms[at->second].members.push_back(i);
    forms[at->second].count += counts[i];
  }
  for (Form& form : forms) {
    std::ranges::sort(form.members, [&](size_t a, size_t b) {
      return std::pair(-counts[a], values[a]) < std::pair(-counts[b], values[b]);
    });
  }
  return forms;
}

class SlipFinder {
 public:
  SlipFinder(const std::vector<Form>& forms, double ratio) : forms_(forms), ratio_(ratio) {
    for (const Form& form : forms_) {
      for (const std::string& word : form.words) word_rows_[word] += form.count;
    }
  }

  // Index of the frequent form that form `i` is a slip of, and the letters that differ; -1: none.
  std::pair<int64_t, int> TargetOf(size_t i, const std::vector<size_t>& candidates) const;

 private:
  bool IsSlip(const Form& rare, const Form& frequent, int limit, int* distance) const;
  bool WordsAreSlips(const Form& rare, const Form& frequent) const;

  const std::vector<Form>& forms_;
  const double ratio_;
  std::unordered_map<std::string, int64_t> word_rows_;
};

bool SlipFinder::WordsAreSlips(const Form& rare, const Form& frequent) const {
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

bool SlipFinder::IsSlip(const Form& rare, const Form& frequent, int limit, int* distance) const {
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
  const Form& rare = forms_[i];
  const int limit = SlipLimit(rare.tight.size());
  int64_t best = -1;
  int best_distance = limit + 1;
  if (limit == 0) return {-1, 0};
  for (const size_t j : candidates) {
    const Form& frequent = forms_[j];
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
std::vector<std::vector<size_t>> CandidatesOf(const std::vector<Form>& forms) {
  std::vector<std::vector<size_t>> out(forms.size());
  std::unordered_map<std::string, std::vector<size_t>> blocks;
  const auto keys = [](const Form& form) {
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
std::vector<std::pair<int64_t, int>> SlipsOf(const std::vector<Form>& forms, double ratio) {
  const SlipFinder finder(forms, ratio);
  std::vector<std::pair<int64_t, int>> target(forms.size(), {-1, 0});
  std::vector<size_t> all(forms.size());
  std::iota(all.begin(), all.end(), 0);
  const bool few = forms.size() <= kCompareAll;
  const auto candidates = few ? std::vector<std::vector<size_t>>() : CandidatesOf(forms);
  for (size_t i = 0; i < forms.size(); ++i) {
    target[i] = finder.TargetOf(i, few ? all : candidates[i]);
  }
  return target;
}

}  // namespace

std::vector<SpellingCluster> FindSpellingClusters(const std::vector<std::string>& values,
                                                  const std::vector<int64_t>& counts, double ratio,
                                                  int64_t most_values) {
  if (static_cast<int64_t>(values.size()) > most_values) return {};
  const std::vector<Form> forms = FormsOf(values, counts);
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

}  // namespace bottega
