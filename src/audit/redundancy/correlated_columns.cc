#include <algorithm>
#include <cmath>
#include <optional>
#include <unordered_map>

#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/groups.h"
#include "base/interrupt.h"
#include "base/text.h"
#include "base/threads.h"
#include "profile/association.h"
#include "profile/coarse_codes.h"
#include "profile/sorted_values.h"

namespace bottega {
namespace {

const Spec& CorrelatedColumnsSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "correlated_columns",
      .one_line = "pairs of features that go together strongly",
      .text =
          "Two numbers or dates by Spearman's rank correlation, every other pair by Cramer's V "
          "with "
          "Bergsma's correction (numbers cut into ten parts of equal size, at most 20 categories "
          "kept apart), over rows in which both are filled. The strongest 20 pairs are one finding "
          "each, all others one together. Rows are looked at up to a number that keeps the work "
          "bounded: 20,000 spread over the table, where the error of a correlation of 0.5 is "
          "0.006, fewer from 140 columns on; of more than 1,000 columns the first are looked at. "
          "Columns that are the same one to one are left to duplicate_columns. Severity: info.",
      .params = {{.name = "strength",
                  .type = ParamType::kFloat,
                  .what = "least correlation or Cramer's V",
                  .fallback = 0.5,
                  .min = 0.1,
                  .max = 1,
                  .larger = "tells only pairs of which one is nearly of no use beside the other"}},
      .synonyms = {"high_correlation", "multicollinearity", "collinear", "related_columns"},
      .source =
          "Bergsma, A bias-correction for Cramer's V and Tschuprow's T, J. Korean Statistical "
          "Society 42(3), 2013",
  };
  return spec;
}

constexpr int64_t kFewestRows = 100;
constexpr int64_t kMostRows = 20'000;
constexpr int64_t kMostWork = 200'000'000;  // cells of all pairs
constexpr size_t kMostColumns = 1'000;
constexpr size_t kMostPairs = 20;
constexpr int64_t kParts = 10, kMostCategories = 20;
constexpr double kSame = 0.9999;

// A column in the rows that are looked at.
struct Compared {
  int column = 0;
  CoarseCodes codes;
  std::vector<int32_t> value;  // code of the cell
  std::vector<double> rank;    // of a number; NaN where it is missing
};

struct Pair {
  size_t a = 0, b = 0;
  Estimate strength;  // not negative
  bool ranks = false, falling = false;
};

// Middle ranks by code.
std::vector<double> RanksOf(const CellColumn& cells) {
  const SortedValues sorted(cells);
  std::vector<double> rank(sorted.code.size());
  for (size_t i = 0; i < sorted.code.size(); ++i) {
    rank[static_cast<size_t>(sorted.code[i])] =
        static_cast<double>(sorted.below[i]) + static_cast<double>(sorted.count[i] - 1) / 2;
  }
  return rank;
}

Compared ComparedOf(const CellColumn& cells, int column, const std::vector<int64_t>& rows) {
  const CoarseCodes coarse = CoarseCodesOf(cells, kParts, kParts, kMostCategories);
  Compared out{.column = column, .codes = {.size = coarse.size}};
  for (const int64_t row : rows) {
    out.codes.code.push_back(coarse.code[static_cast<size_t>(row)]);
    out.value.push_back(cells.code[static_cast<size_t>(row)]);
  }
  if (!cells.is_number()) return out;
  const std::vector<double> rank = RanksOf(cells);
  for (const int64_t row : rows) {
    const int32_t code = cells.code[static_cast<size_t>(row)];
    out.rank.push_back(code < 0 ? std::nan("") : rank[static_cast<size_t>(code)]);
  }
  return out;
}

std::vector<int> ColumnsToCompare(const AuditContext& context) {
  std::vector<int> columns;
  for (const int column : FeatureColumns(context.data)) {
    const FeatureType type = context.data.columns[static_cast<size_t>(column)].type;
    const bool number = type == FeatureType::kNumber || type == FeatureType::kDate;
    if (!number && !HasCategories(context, column)) continue;
    if (context.shared.CellsOfColumn(column).distinct() < 2) continue;
    columns.push_back(column);
    if (columns.size() == kMostColumns) break;
  }
  return columns;
}

std::vector<int64_t> RowsToCompare(int64_t rows, size_t columns) {
  const auto pairs = static_cast<int64_t>(columns * (columns - 1) / 2);
  const int64_t most = std::clamp<int64_t>(kMostWork / pairs, 1'000, kMostRows);
  std::vector<int64_t> out;
  for (int64_t i = 0; i < std::min(rows, most); ++i) {
    out.push_back(rows <= most ? i : i * rows / most);
  }
  return out;
}

// Pearson's correlation of the ranks in rows with both.
Estimate RankStrength(const std::vector<double>& a, const std::vector<double>& b, double level) {
  double n = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
  const double shift = static_cast<double>(a.size()) / 2;
  for (size_t i = 0; i < a.size(); ++i) {
    if (std::isnan(a[i]) || std::isnan(b[i])) continue;
    const double p = a[i] - shift, q = b[i] - shift;
    n += 1;
    x += p;
    y += q;
    xx += p * p;
    yy += q * q;
    xy += p * q;
  }
  const double spread = (xx - x * x / n) * (yy - y * y / n);
  if (n < static_cast<double>(kFewestRows) || spread <= 0) return {};
  return CorrelationInterval((xy - x * y / n) / std::sqrt(spread), n, level);
}

// Whether each value of one goes with one of the other.
bool IsOneToOne(const std::vector<int32_t>& a, const std::vector<int32_t>& b) {
  std::unordered_map<int32_t, int32_t> forth, back;
  for (size_t i = 0; i < a.size(); ++i) {
    if (a[i] < 0 || b[i] < 0) continue;
    if (forth.emplace(a[i], b[i]).first->second != b[i]) return false;
    if (back.emplace(b[i], a[i]).first->second != a[i]) return false;
  }
  return true;
}

std::optional<Pair> Related(const Compared& a, const Compared& b, double least, double level,
                            uint64_t seed) {
  if (!a.rank.empty() && !b.rank.empty()) {
    Estimate r = RankStrength(a.rank, b.rank, level);
    const bool falling = r.value < 0;
    if (falling) r = {-r.value, -r.high, -r.low};
    if (r.value < least || r.value > kSame) return std::nullopt;
    return Pair{.strength = r, .ranks = true, .falling = falling};
  }
  const Contingency table = CountPairs(a.codes.code, a.codes.size, b.codes.code, b.codes.size);
  if (table.total() < static_cast<double>(kFewestRows) || CramersVCorrected(table) < least ||
      IsOneToOne(a.value, b.value)) {
    return std::nullopt;
  }
  return Pair{.strength = CramersVInterval(table, level, seed, 100)};
}

std::vector<Pair> FindPairs(const AuditContext& context, const std::vector<Compared>& compared) {
  const double least = context.settings.at("strength").get<double>();
  std::vector<std::vector<Pair>> found(compared.size());
  ParallelFor(static_cast<int64_t>(compared.size()), 1, [&](int64_t begin, int64_t) {
    ThrowIfInterrupted();
    const auto b = static_cast<size_t>(begin);
    for (size_t a = 0; a < b; ++a) {
      auto pair = Related(compared[a], compared[b], least, context.level, context.seed);
      if (!pair) continue;
      pair->a = a;
      pair->b = b;
      found[b].push_back(*pair);
    }
  });
  std::vector<Pair> all;
  for (const std::vector<Pair>& pairs : found) all.insert(all.end(), pairs.begin(), pairs.end());
  std::ranges::stable_sort(all, std::greater<>(), [](const Pair& p) { return p.strength.value; });
  return all;
}

class Reporter {
 public:
  Reporter(const AuditContext& context, const std::vector<Compared>& compared, Findings& findings)
      : context_(context), compared_(compared), findings_(findings) {}

  void Add(const Pair& pair) {
    const std::string &a = Name(pair.a), &b = Name(pair.b);
    const Estimate& s = pair.strength;
    Finding& finding = findings_.Add(
        Severity::kInfo, PlaceOfColumn(context_.data, compared_[pair.b].column),
        "'" + a + "' and '" + b + "' go together" + (pair.falling ? ", one falling" : "") + ": " +
            Measure(pair) + " " + FormatNumber(s.value, 2) + " (" + FormatNumber(s.low, 2) +
            " to " + FormatNumber(s.high, 2) + ")",
        "read their importances together; leave one out if it adds nothing: data.roles: {" + b +
            ": ignored}");
    finding.detail = {{"with", a},    {"measure", Measure(pair)}, {"value", s.value},
                      {"low", s.low}, {"high", s.high},           {"falling", pair.falling}};
  }

  void AddOthers(const std::vector<Pair>& pairs, size_t first) {
    Json listed = Json::array();
    for (size_t i = first; i < pairs.size(); ++i) {
      listed.push_back(
          {{"columns", {Name(pairs[i].a), Name(pairs[i].b)}}, {"value", pairs[i].strength.value}});
    }
    const auto count = static_cast<int64_t>(listed.size());
    Finding& finding =
        findings_.Add(Severity::kInfo, {.file = context_.data.source.filename().string()},
                      FormatCount(count) + (count == 1 ? " more pair" : " more pairs") +
                          " of columns go together, with " +
                          FormatNumber(pairs[first].strength.value, 2) + " or less",
                      "read the importances of such columns together");
    finding.key = "others";
    finding.detail = {{"pairs", std::move(listed)}, {"count", count}};
  }

 private:
  const std::string& Name(size_t i) const {
    return context_.data.columns[static_cast<size_t>(compared_[i].column)].name;
  }
  static std::string Measure(const Pair& pair) {
    return pair.ranks ? "Spearman's correlation" : "Cramer's V";
  }

  const AuditContext& context_;
  const std::vector<Compared>& compared_;
  Findings& findings_;
};

void Run(const AuditContext& context, Findings& findings) {
  const std::vector<int> columns = ColumnsToCompare(context);
  if (columns.size() < 2 || context.data.size() < kFewestRows) {
    findings.Skip(columns.size() < 2 ? "there are fewer than two columns to compare"
                                     : "there are fewer than 100 rows");
    return;
  }
  const std::vector<int64_t> rows = RowsToCompare(context.data.size(), columns.size());
  std::vector<Compared> compared(columns.size());
  ParallelFor(static_cast<int64_t>(columns.size()), 1, [&](int64_t i, int64_t) {
    const int column = columns[static_cast<size_t>(i)];
    compared[static_cast<size_t>(i)] =
        ComparedOf(context.shared.CellsOfColumn(column), column, rows);
  });
  const std::vector<Pair> pairs = FindPairs(context, compared);
  Reporter reporter(context, compared, findings);
  for (size_t i = 0; i < std::min(kMostPairs, pairs.size()); ++i) reporter.Add(pairs[i]);
  if (pairs.size() > kMostPairs) reporter.AddOthers(pairs, kMostPairs);
}

}  // namespace

const Check& CorrelatedColumns() {
  static const Check check = {&CorrelatedColumnsSpec, &Run};
  return check;
}

}  // namespace bottega
