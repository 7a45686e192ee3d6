#include "metric/warnings.h"

#include <algorithm>

#include "base/text.h"

namespace bottega {

namespace {

constexpr size_t kMostNamed = 5;

std::string Rows(int64_t n) { return FormatCount(n) + (n == 1 ? " row" : " rows"); }

std::string Named(const std::vector<std::string>& names) {
  std::vector<std::string> shown(
      names.begin(), names.begin() + static_cast<int64_t>(std::min(kMostNamed, names.size())));
  std::string text = Join(shown, ", ");
  if (names.size() > kMostNamed) {
    text += " and " + FormatCount(static_cast<int64_t>(names.size() - kMostNamed)) + " more";
  }
  return text;
}

std::vector<int64_t> RowsPerClass(const Predictions& p, const Tallier& tallier) {
  std::vector<int64_t> count(p.classes.size(), 0);
  for (const int64_t at : tallier.positions()) {
    ++count[static_cast<size_t>(p.label[static_cast<size_t>(at)])];
  }
  return count;
}

void AddClassWarnings(const Predictions& p, const Tallier& tallier, int64_t few_rows,
                      std::vector<std::string>* warnings) {
  std::vector<std::string> absent, rare;
  const std::vector<int64_t> count = RowsPerClass(p, tallier);
  for (size_t c = 0; c < count.size(); ++c) {
    if (count[c] == 0) absent.push_back(p.classes[c]);
    if (count[c] > 0 && count[c] < few_rows / 10) {
      rare.push_back(p.classes[c] + " (" + Rows(count[c]) + ")");
    }
  }
  if (count.size() - absent.size() == 1) {
    warnings->push_back(
        "only one class occurs here: recall of the others and ROC AUC are undefined");
  } else if (!absent.empty()) {
    warnings->push_back("classes without a row here: " + Named(absent));
  }
  if (!rare.empty()) {
    warnings->push_back("classes with very few rows, whose own scores say little: " + Named(rare));
  }
}

bool ConstantScores(const Predictions& p) {
  const size_t width = p.classes.size();
  for (size_t i = width; i < p.probability.size(); ++i) {
    if (p.probability[i] != p.probability[i - width]) return false;
  }
  return p.size() > 1 && !p.probability.empty();
}

}  // namespace

std::vector<std::string> PartWarnings(const Predictions& p, const Tallier& tallier,
                                      const Tally& tally, int64_t few_rows) {
  std::vector<std::string> warnings;
  if (tallier.size() < few_rows) {
    warnings.push_back("only " + Rows(tallier.size()) + ": read the intervals, not the values");
  }
  const int64_t unknown = p.size() - tallier.size();
  if (unknown > 0) warnings.push_back(Rows(unknown) + " without a known target left out");
  if (tallier.bad_weights() > 0) {
    warnings.push_back(Rows(tallier.bad_weights()) +
                       " with a negative or missing weight counted as weight 0");
  }
  if (tallier.size() > 0 && tally.weight <= 0) {
    warnings.push_back("every weight is 0: nothing can be computed");
  }
  if (tallier.bad_scores() > 0) {
    warnings.push_back(Rows(tallier.bad_scores()) +
                       " whose score is not a number: the model is broken for them");
  }
  if (tally.classes > 0) {
    AddClassWarnings(p, tallier, few_rows, &warnings);
    if (ConstantScores(p)) warnings.push_back("every row gets the same score");
  }
  return warnings;
}

}  // namespace bottega
