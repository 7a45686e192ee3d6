#include "audit/completeness/stand_ins.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>

#include "base/text.h"
#include "data/infer/names.h"
#include "data/values.h"
#include "profile/cells.h"

namespace bottega {
namespace {

// Whether the first digits can be those of a code: cheaper than to write the number.
bool MayBeCode(double value) {
  static constexpr double powers[] = {1e-4, 1e-3, 1e-2, 1e-1, 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,
                                      1e6,  1e7,  1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  const double size = std::abs(value);
  if (size < powers[0] || size >= 1e15) return size != 0;
  const double first = size / *(std::ranges::upper_bound(powers, size) - 1);  // 1 to 10
  return size == 1 || first > 8.99 || (first > 7.76 && first < 7.79) ||
         (first > 8.87 && first < 8.9);
}

// 9, 99, 999 ... and 99.9; 8s, 7s and 98, 998 stand for refused answers.
bool IsCode(double value) {
  if (!MayBeCode(value)) return false;
  const std::string digits = NumberText(std::abs(value));
  if (digits == "1" || digits == "9") return value < 0;
  std::string plain = Replace(digits, ".", "");
  if (plain.size() < 2) return false;
  if (plain.size() > 2 && plain.back() == '8' && plain[0] == '9') plain.back() = '9';
  const bool one = plain.find_first_not_of(plain[0]) == plain.npos;
  return one && (plain[0] == '9' || (plain.size() > 2 && (plain[0] == '8' || plain[0] == '7')));
}

// What lies around one end of the column, codes there left out.
struct Edge {
  double gap = 0;    // from the nearest other value, in multiples of the others' range
  double spike = 1;  // rows, in multiples of the typical value near it
};

Edge EdgeOf(const SortedValues& sorted, size_t at, const std::vector<bool>& is_code) {
  constexpr size_t kNear = 15;
  std::vector<size_t> others;
  for (size_t i = 0; i < sorted.value.size(); ++i) {
    if (!is_code[i]) others.push_back(i);
  }
  if (others.size() < 3) return {};
  const bool top = at > others.back();
  if (!top && at > others.front()) return {};
  // Outliers must not hide the gap: the range is that of the middle 98 %.
  const double low = sorted.value[others[others.size() / 100]];
  const double high = sorted.value[others[others.size() - 1 - others.size() / 100]];
  const double nearest = sorted.value[top ? others.back() : others.front()];
  std::vector<int64_t> counts;
  for (size_t k = 0; k < std::min(kNear, others.size()); ++k) {
    counts.push_back(sorted.count[top ? others[others.size() - 1 - k] : others[k]]);
  }
  std::ranges::nth_element(counts, counts.begin() + static_cast<int64_t>(counts.size() / 2));
  return {std::abs(sorted.value[at] - nearest) / std::max(high - low, 1e-300),
          static_cast<double>(sorted.count[at]) /
              static_cast<double>(std::max<int64_t>(1, counts[counts.size() / 2]))};
}

std::string AtEdge(const Edge& edge, double value, int64_t count) {
  return "it is repeated " + FormatCount(count) + " times, " + FormatNumber(edge.gap, 2) +
         " times the range of all others " + (value < 0 ? "below" : "away from") + " them";
}

}  // namespace

void FindNumberCodes(const SortedValues& sorted, std::vector<StandIn>* found) {
  const size_t n = sorted.value.size();
  std::vector<bool> is_code(n);
  for (size_t i = 0; i < n; ++i) is_code[i] = IsCode(sorted.value[i]);
  int64_t negative = 0;
  for (const double value : sorted.value) negative += value < 0;
  for (size_t i = 0; i < n; ++i) {
    const int64_t count = sorted.count[i];
    if (!is_code[i] || count < 2 || count * 10 > sorted.rows * 9) continue;
    const double value = sorted.value[i];
    const Edge edge = EdgeOf(sorted, i, is_code);
    if (edge.gap == 0) continue;
    StandIn stand_in{sorted.code[i], 0, AtEdge(edge, value, count)};
    if (edge.gap >= 1 || (edge.gap >= 0.3 && edge.spike >= 4)) {
      stand_in.confidence = count >= 3 ? 0.95 : 0.85;
    } else if (value < 0 && negative == 1 && n > 10 && count >= 3 && count * 1000 >= sorted.rows) {
      stand_in.confidence = 0.85;
      stand_in.evidence = "it is the only negative number, " + FormatCount(count) + " times";
    } else if (edge.gap >= 0.04 && edge.spike >= 10 && count >= 5) {
      stand_in.confidence = 0.75;
      stand_in.evidence = "it is " + FormatNumber(edge.spike, 2) +
                          " times as frequent as the values next to it, at the edge of the column";
    }
    if (stand_in.confidence > 0) found->push_back(stand_in);
  }
}

// 0 where everything else stays clear of it.
void FindImpossibleZero(const SortedValues& sorted, const std::string& name,
                        std::vector<StandIn>* found) {
  const auto at =
      static_cast<size_t>(std::ranges::lower_bound(sorted.value, 0.0) - sorted.value.begin());
  if (at >= sorted.value.size() || sorted.value[at] != 0 || at > 0) return;
  const size_t n = sorted.value.size();
  const int64_t zeros = sorted.count[0];
  if (n < 12 || zeros < 2 || zeros * 2 > sorted.rows) return;
  if (NameHas(name, {"count", "number", "num", "children", "visits", "gain", "loss", "debt",
                     "balance", "amount", "sales", "rain", "snow", "precipitation"})) {
    return;
  }
  const double next = sorted.value[1],
               median = sorted.At(0.5 + 0.5 * double(zeros) / double(sorted.rows));
  const double low =
      sorted.At((double(zeros) + 0.02 * double(sorted.rows - zeros)) / double(sorted.rows));
  std::vector<double> steps;
  for (size_t i = 2; i < std::min<size_t>(n, 40); ++i) {
    steps.push_back(sorted.value[i] - sorted.value[i - 1]);
  }
  std::ranges::sort(steps);
  const double step = steps[steps.size() / 2];
  if (next < 0.1 * median || low < 0.25 * median || next < 5 * step) return;
  found->push_back({sorted.code[0], 0.75,
                    "all other numbers are " + FormatNumber(next) + " or more, 98 % of them " +
                        FormatNumber(low) + " or more"});
}

void FindRoundDates(const SortedValues& sorted, std::vector<StandIn>* found) {
  static const std::set<std::string> round = {
      "0001-01-01", "1753-01-01", "1800-01-01", "1899-12-30", "1899-12-31", "1900-01-01",
      "1901-01-01", "1970-01-01", "1980-01-01", "2099-01-01", "2099-12-31", "2100-01-01",
      "2199-12-31", "2999-01-01", "2999-12-31", "3000-01-01", "9999-12-31", "9999-01-01"};
  std::vector<bool> is_code(sorted.value.size());
  for (size_t i = 0; i < is_code.size(); ++i) is_code[i] = round.contains(DayText(sorted.value[i]));
  for (size_t i = 0; i < is_code.size(); ++i) {
    if (!is_code[i]) continue;
    const Edge edge = EdgeOf(sorted, i, is_code);
    const int64_t count = sorted.count[i];
    StandIn stand_in{sorted.code[i], 0, AtEdge(edge, 0, count)};
    if (edge.gap >= 0.5 || (edge.gap >= 0.1 && count >= 3)) {
      stand_in.confidence = count >= 2 ? 0.95 : 0.7;
    } else if (edge.gap > 0 && edge.spike >= 10 && count >= 5) {
      stand_in.confidence = 0.8;
    }
    if (stand_in.confidence > 0) found->push_back(stand_in);
  }
}

bool IsMissingWord(const std::string& value) {
  static const std::set<std::string> words = {"na",
                                              "n a",
                                              "nan",
                                              "null",
                                              "none",
                                              "nil",
                                              "unknown",
                                              "missing",
                                              "empty",
                                              "void",
                                              "unk",
                                              "not available",
                                              "not known",
                                              "not given",
                                              "unknwon",
                                              "no data",
                                              "tbd",
                                              "unspecified",
                                              "blank",
                                              "not specified",
                                              "undefined",
                                              "not applicable",
                                              "not recorded",
                                              "not stated",
                                              "not reported",
                                              "no answer",
                                              "no response",
                                              "no value",
                                              "refused",
                                              "unbekannt",
                                              "keine angabe",
                                              "k a",
                                              "inconnu",
                                              "desconocido",
                                              "sconosciuto",
                                              "onbekend",
                                              "desconhecido",
                                              "nicht bekannt",
                                              "dont know",
                                              "don t know",
                                              "to be determined",
                                              "invalid",
                                              "error",
                                              "ref"};
  if (value.size() > 20) return false;
  const std::string folded = FoldText(value);
  // Other signs mean something: '+', '<', '%'.
  if (folded.empty()) return !value.empty() && value.find_first_not_of("-._?*/# ") == value.npos;
  return words.contains(folded);
}

bool IsOneDigit(const std::string& value) {
  std::string digits;
  for (const char c : value) {
    if (IsDigit(c)) {
      digits += c;
    } else if (std::string_view("-. ()/+").find(c) == std::string_view::npos) {
      return false;
    }
  }
  return digits.size() >= 5 && digits.find_first_not_of(digits[0]) == digits.npos;
}

}  // namespace bottega
