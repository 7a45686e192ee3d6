// Rates per source of rows: missing cells, reading errors, duplicates, labels, groups, rows whose
// label the other columns contradict.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "audit/check.h"

namespace bottega {

struct RateKey {
  std::string kind;    // "missing", "error", "duplicate", "label", "group", "misfit"
  std::string column;  // the column that the rate is of; "" for whole rows
  std::string value;   // the label or group
  auto operator<=>(const RateKey&) const = default;
};

struct Rate {
  std::vector<double> hits, rows;  // per source
};

struct SourceRates {
  std::vector<std::string> sources;
  std::map<RateKey, Rate> rates;
};

// Of the rows of `context.data` by `code` (a source per row, -1 none): into sources
// `first` ... first + count - 1 of `out`. `source_column` (-1: none) is no rate itself.
void AddRates(const AuditContext& context, const std::vector<int32_t>& code, size_t first,
              size_t count, int source_column, SourceRates* out);

// Rows of a source whose out-of-fold label by the other columns is another one ("misfit").
void AddMisfits(const AuditContext& context, const std::vector<int32_t>& code, int source_column,
                SourceRates* out);

// One source that stands out in one rate.
struct Departure {
  RateKey key;
  struct Source {
    size_t source = 0;
    double p = 1, h = 0;  // against the sources that do not stand out
  };
  std::vector<Source> sources;  // furthest first
  std::vector<bool> usual;      // per source: among those that they are compared with
};

// Rates in which single sources differ from the rest by at least `effect` (Cohen's h), with a share
// of at most `q` false discoveries over all sources and rates. Sources with fewer than `least` rows
// are left out. Of one rate the furthest source is taken first and no longer counts as the rest.
// Of errors, duplicates and misfits only higher rates count. A label or group that a source lacks
// has a rate of 0 there.
std::vector<Departure> FindDepartures(SourceRates rates, double least, double effect, double q);

}  // namespace bottega
