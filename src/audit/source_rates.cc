#include "audit/source_rates.h"

#include <algorithm>
#include <cmath>

#include "audit/groups.h"
#include "audit/nuisance.h"
#include "audit/probe.h"
#include "base/interrupt.h"
#include "profile/share_tests.h"

namespace bottega {
namespace {

constexpr size_t kMostValues = 100;

// Adds to the rates of some sources.
class Counter {
 public:
  Counter(const std::vector<int32_t>& code, size_t first, size_t count, SourceRates* out)
      : code_(code), first_(first), count_(count), out_(out) {}

  // hit(i): 1, 0, or -1 where row i does not count.
  template <class Hit>
  void Count(const RateKey& key, const Hit& hit) {
    std::vector<double> hits(count_), rows(count_);
    for (size_t i = 0; i < code_.size(); ++i) {
      if (code_[i] < 0) continue;
      const int is = hit(i);
      if (is < 0) continue;
      rows[static_cast<size_t>(code_[i])] += 1;
      hits[static_cast<size_t>(code_[i])] += is;
    }
    Put(key, hits, rows);
  }

  // The share of each code.
  void CountCodes(const std::string& kind, const std::string& column,
                  const std::vector<std::string>& names, const std::vector<int32_t>& codes) {
    if (names.size() > kMostValues) return;
    const Contingency table =
        CountPairs(code_, static_cast<int64_t>(count_), codes, static_cast<int64_t>(names.size()));
    std::vector<double> rows(count_);
    for (size_t s = 0; s < count_; ++s) {
      for (size_t v = 0; v < names.size(); ++v) {
        rows[s] += table.at(static_cast<int64_t>(s), static_cast<int64_t>(v));
      }
    }
    for (size_t v = 0; v < names.size(); ++v) {
      std::vector<double> hits(count_);
      for (size_t s = 0; s < count_; ++s) {
        hits[s] = table.at(static_cast<int64_t>(s), static_cast<int64_t>(v));
      }
      Put({kind, column, names[v]}, hits, rows);
    }
  }

 private:
  void Put(const RateKey& key, const std::vector<double>& hits, const std::vector<double>& rows) {
    Rate& rate = out_->rates[key];
    rate.hits.resize(out_->sources.size());
    rate.rows.resize(out_->sources.size());
    std::ranges::copy(hits, rate.hits.begin() + static_cast<std::ptrdiff_t>(first_));
    std::ranges::copy(rows, rate.rows.begin() + static_cast<std::ptrdiff_t>(first_));
  }

  const std::vector<int32_t>& code_;
  const size_t first_, count_;
  SourceRates* out_;
};

void CountDuplicates(const AuditContext& context, Counter* counter) {
  std::vector<uint8_t> repeats(static_cast<size_t>(context.data.size()));
  for (const DuplicatePair& pair : context.shared.ExactDuplicatesOfData().pairs) {
    if (pair.exact) repeats[static_cast<size_t>(pair.second)] = 1;
  }
  counter->Count({"duplicate", "", ""}, [&](size_t i) { return static_cast<int>(repeats[i]); });
}

void CountReadingErrors(const Dataset& data, Counter* counter) {
  std::vector<int64_t> rows;
  for (const ReadIssue& issue : data.issues) {
    if (issue.place.row >= 0) rows.push_back(issue.place.row);
  }
  std::ranges::sort(rows);
  counter->Count({"error", "", ""}, [&](size_t i) {
    return static_cast<int>(std::ranges::binary_search(rows, data.rows[i]));
  });
}

struct Sums {
  double hits = 0, rows = 0;
};

Sums RestOf(const Rate& rate, const std::vector<bool>& usual, size_t source) {
  Sums sums;
  for (size_t s = 0; s < rate.rows.size(); ++s) {
    if (s == source || !usual[s]) continue;
    sums.hits += rate.hits[s];
    sums.rows += rate.rows[s];
  }
  return sums;
}

Departure::Source Compare(const Rate& rate, const std::vector<bool>& usual, size_t source) {
  const Sums rest = RestOf(rate, usual, source);
  if (rest.rows <= 0 || rate.rows[source] <= 0) return {source, 1, 0};
  return {source, SharesDifferP(rate.hits[source], rate.rows[source], rest.hits, rest.rows),
          CohenH(rate.hits[source] / rate.rows[source], rest.hits / rest.rows)};
}

// Fewer errors than elsewhere are no defect; fewer gaps, labels or people of a kind can be.
bool IsTwoSided(const RateKey& key) {
  return key.kind == "missing" || key.kind == "label" || key.kind == "group";
}

std::vector<bool> Comparable(const Rate& rate, double least) {
  std::vector<bool> usual;
  for (const double rows : rate.rows) usual.push_back(rows >= least);
  return usual;
}

// A label or group that a source does not have at all was looked for in all its rows.
void FillRows(SourceRates* rates) {
  std::map<std::pair<std::string, std::string>, std::vector<double>> most;
  for (const auto& [key, rate] : rates->rates) {
    std::vector<double>& rows = most[{key.kind, key.column}];
    rows.resize(rate.rows.size());
    for (size_t s = 0; s < rows.size(); ++s) rows[s] = std::max(rows[s], rate.rows[s]);
  }
  for (auto& [key, rate] : rates->rates) rate.rows = most[{key.kind, key.column}];
}

// The largest probability that is still rejected at `q` over all rates and sources.
double LimitFor(const SourceRates& rates, double least, double q) {
  std::vector<double> p;
  for (const auto& [key, rate] : rates.rates) {
    const std::vector<bool> usual = Comparable(rate, least);
    if (std::ranges::count(usual, true) < 2) continue;
    for (size_t s = 0; s < usual.size(); ++s) {
      if (usual[s]) p.push_back(Compare(rate, usual, s).p);
    }
  }
  const std::vector<double> adjusted = AdjustForDiscoveries(p);
  double limit = -1;
  for (size_t i = 0; i < p.size(); ++i) {
    if (adjusted[i] <= q) limit = std::max(limit, p[i]);
  }
  return limit;
}

}  // namespace

void AddRates(const AuditContext& context, const std::vector<int32_t>& code, size_t first,
              size_t count, int source_column, SourceRates* out) {
  const Dataset& data = context.data;
  Counter counter(code, first, count, out);
  const int target = TargetIndex(data);
  for (size_t c = 0; c < data.columns.size(); ++c) {
    ThrowIfInterrupted();
    const int column = static_cast<int>(c);
    const Column& described = data.columns[c];
    if (column == source_column || described.role == Role::kPart) continue;
    const std::vector<int32_t>& cells = context.shared.CellsOfColumn(column).code;
    counter.Count({"missing", described.name, ""},
                  [&](size_t i) { return static_cast<int>(cells[i] < 0); });
    if (described.sensitive && column != target) {
      const ValueGroups& groups = context.shared.GroupsOfColumn(column);
      if (source_column < 0 && !groups.range.empty()) continue;  // of this file alone
      counter.CountCodes("group", described.name, groups.names, groups.code);
    }
  }
  CountReadingErrors(data, &counter);
  CountDuplicates(context, &counter);
  if (target < 0 || (source_column < 0 && !IsClassTarget(data))) return;
  const TargetClasses classes = ClassesOfTarget(context);
  counter.CountCodes("label", data.columns[static_cast<size_t>(target)].name, classes.names,
                     classes.code);
}

void AddMisfits(const AuditContext& context, const std::vector<int32_t>& code, int source_column,
                SourceRates* out) {
  if (!IsClassTarget(context.data) || context.data.HasPictures()) return;
  const Codes& classes = context.shared.CodesOfColumn(TargetIndex(context.data));
  const size_t k = classes.values.size();
  if (k < 2 || k > 50 || context.data.size() < 200) return;
  std::vector<ProbeTarget> targets(k, ProbeTarget(classes.code.size()));
  for (size_t c = 0; c < k; ++c) {
    for (size_t i = 0; i < classes.code.size(); ++i) {
      targets[c][i] = classes.code[i] < 0
                          ? std::nanf("")
                          : static_cast<float>(classes.code[i] == static_cast<int32_t>(c));
    }
  }
  const Residuals residuals = ProbeResiduals(context, targets, {source_column});
  if (residuals.features == 0) return;
  std::vector<int8_t> misfit(classes.code.size(), -1);
  for (size_t r = 0; r < residuals.positions.size(); ++r) {
    const size_t i = static_cast<size_t>(residuals.positions[r]);
    const float* left = residuals.left.row(static_cast<int64_t>(r));
    int32_t best = 0;
    double most = -1e9;
    for (size_t c = 0; c < k; ++c) {
      const double score = static_cast<float>(classes.code[i] == static_cast<int32_t>(c)) - left[c];
      if (score > most) {
        most = score;
        best = static_cast<int32_t>(c);
      }
    }
    misfit[i] = static_cast<int8_t>(best != classes.code[i]);
  }
  Counter counter(code, 0, out->sources.size(), out);
  counter.Count({"misfit", context.data.TargetColumn()->name, ""},
                [&](size_t i) { return static_cast<int>(misfit[i]); });
}

std::vector<Departure> FindDepartures(SourceRates rates, double least, double effect, double q) {
  FillRows(&rates);
  const double limit = LimitFor(rates, least, q);
  std::vector<Departure> out;
  for (const auto& [key, rate] : rates.rates) {
    Departure found{key, {}, Comparable(rate, least)};
    while (std::ranges::count(found.usual, true) > 1) {
      Departure::Source furthest;
      for (size_t s = 0; s < found.usual.size(); ++s) {
        if (!found.usual[s]) continue;
        const Departure::Source one = Compare(rate, found.usual, s);
        if (one.h < 0 && !IsTwoSided(key)) continue;
        if (one.p <= limit && std::abs(one.h) > std::abs(furthest.h)) furthest = one;
      }
      if (std::abs(furthest.h) < effect) break;
      found.usual[furthest.source] = false;
      found.sources.push_back(furthest);
    }
    if (!found.sources.empty()) out.push_back(std::move(found));
  }
  return out;
}

}  // namespace bottega
