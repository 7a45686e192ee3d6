#include "audit/review/sample.h"

#include <algorithm>
#include <numeric>
#include <set>

#include "audit/review/review_log.h"
#include "base/error.h"
#include "base/random.h"
#include "base/text.h"
#include "data/values.h"

namespace bottega {

namespace {

using Cell = std::optional<std::string>;

constexpr int64_t kRankStream = 21, kOrderStream = 22, kGoldStream = 23;
constexpr size_t kMostValues = 20;  // of a number, before it is cut into quarters

// A place in a random order that depends on the row and the seed alone.
double RankOf(int64_t row, uint64_t seed, int64_t stream) {
  return Random(seed, Purpose::kSample, stream, row).Uniform();
}

// Per position the stratum's name.
std::vector<std::string> Quarters(const std::vector<double>& numbers) {
  std::vector<double> sorted;
  for (const double x : numbers) {
    if (x == x) sorted.push_back(x);
  }
  std::ranges::sort(sorted);
  std::vector<std::string> names;
  for (const double x : numbers) {
    if (x != x || sorted.empty()) {
      names.emplace_back("missing");
      continue;
    }
    size_t quarter = 0;
    while (quarter < 3 && x > sorted[sorted.size() * (quarter + 1) / 4]) ++quarter;
    const size_t last = std::min(sorted.size() * (quarter + 1) / 4, sorted.size() - 1);
    names.push_back(quarter == 3 ? "above " + NumberText(sorted[sorted.size() * 3 / 4])
                                 : "up to " + NumberText(sorted[last]));
  }
  return names;
}

std::vector<std::string> StrataOf(const Dataset& data, const std::vector<Cell>& labels,
                                  const std::string& column) {
  const Column* target = data.TargetColumn();
  if (column.empty() && target->type != FeatureType::kNumber) {
    std::vector<std::string> names;
    for (const Cell& label : labels) names.push_back(label.value_or(""));
    return names;
  }
  const int c = data.Find(column.empty() ? target->name : column);
  if (c < 0) {
    std::vector<std::string> names;
    for (const Column& known : data.columns) names.push_back(known.name);
    const std::vector<std::string> near = NearestNames(column, names, 1);
    throw Error(ErrorKind::kUsage,
                "--strata: there is no column '" + column + "'" +
                    (near.empty() ? "" : "; did you mean '" + near[0] + "'?"),
                {.file = data.source.string()}, "bottega review --help");
  }
  const Codes codes = CodesOf(data, c);
  const bool number = data.columns[static_cast<size_t>(c)].type == FeatureType::kNumber;
  if (number && codes.values.size() > kMostValues) return Quarters(NumbersOf(data, c));
  std::vector<std::string> names;
  for (const int32_t code : codes.code) {
    names.push_back(code < 0 ? "missing" : codes.values[static_cast<size_t>(code)]);
  }
  return names;
}

// Largest remainders, at least one each.
void Deal(int64_t rows, int64_t all, std::vector<SampleStratum>* strata) {
  std::vector<std::pair<double, size_t>> remainders;
  int64_t dealt = 0;
  for (size_t h = 0; h < strata->size(); ++h) {
    SampleStratum& stratum = (*strata)[h];
    const double share =
        static_cast<double>(rows) * static_cast<double>(stratum.size) / static_cast<double>(all);
    stratum.drawn = std::clamp<int64_t>(static_cast<int64_t>(share), 1, stratum.size);
    dealt += stratum.drawn;
    remainders.emplace_back(static_cast<double>(stratum.drawn) - share, h);
  }
  std::ranges::sort(remainders);
  for (size_t i = 0; dealt < rows && i < remainders.size() * 2; ++i) {
    SampleStratum& stratum = (*strata)[remainders[i % remainders.size()].second];
    if (stratum.drawn == stratum.size) continue;
    ++stratum.drawn;
    ++dealt;
  }
  while (dealt > rows) {  // what the smallest strata were given is taken from the largest
    SampleStratum& largest = *std::ranges::max_element(*strata, {}, &SampleStratum::drawn);
    --largest.drawn;
    --dealt;
  }
}

void AddGold(const Dataset& data, const std::vector<Cell>& labels, const RowFinder& finder,
             const SampleOptions& options, Sample* sample) {
  if (options.gold == 0) return;
  std::set<int64_t> in_sample;
  for (const SampleRow& row : sample->rows) in_sample.insert(row.row);
  std::vector<std::pair<double, int64_t>> candidates;
  for (const auto& [row, truth] : options.truth) {
    if (in_sample.contains(row) || !finder.PositionOf(row)) continue;
    candidates.emplace_back(RankOf(row, options.seed, kGoldStream), row);
  }
  if (static_cast<int64_t>(candidates.size()) < options.gold) {
    throw Error(ErrorKind::kUsage,
                "--gold " + std::to_string(options.gold) + ": the true label is known of " +
                    FormatCount(static_cast<int64_t>(candidates.size())) +
                    " rows outside of the sample",
                {.file = data.source.string()},
                "`bottega review` decides more, or --gold-file names a table of row and label");
  }
  std::ranges::sort(candidates);
  candidates.resize(static_cast<size_t>(options.gold));
  for (const auto& [rank, row] : candidates) {
    const int64_t position = *finder.PositionOf(row);
    sample->rows.push_back({.row = row,
                            .content = finder.contents().Of(position),
                            .label = labels[static_cast<size_t>(position)],
                            .gold = options.truth.at(row)});
  }
}

}  // namespace

int64_t Sample::size() const {
  int64_t all = 0;
  for (const SampleStratum& stratum : strata) all += stratum.size;
  return all;
}

Sample DrawSample(const Dataset& data, const std::vector<Cell>& labels, const RowFinder& finder,
                  const SampleOptions& options) {
  const std::vector<std::string> names = StrataOf(data, labels, options.strata);
  std::map<std::string, std::vector<std::pair<double, int64_t>>> members;  // rank, position
  int64_t all = 0;
  for (int64_t i = 0; i < data.size(); ++i) {
    const auto at = static_cast<size_t>(i);
    if (!labels[at]) continue;
    members[names[at]].emplace_back(RankOf(data.rows[at], options.seed, kRankStream), i);
    ++all;
  }
  Sample sample{.data = finder.sha256(),
                .source = data.source.lexically_normal().string(),
                .strata_of = options.strata.empty() ? data.TargetColumn()->name : options.strata,
                .wanted = options.rows,
                .gold = options.gold,
                .seed = options.seed,
                .accept = options.accept};
  for (const auto& [name, rows] : members) {
    sample.strata.push_back({.name = name, .size = static_cast<int64_t>(rows.size())});
  }
  const int64_t rows = std::min(options.rows, all);
  if (rows < static_cast<int64_t>(members.size())) {
    throw Error(ErrorKind::kUsage,
                "a sample of " + std::to_string(options.rows) + " cannot hold a row of each of " +
                    FormatCount(static_cast<int64_t>(members.size())) + " groups of '" +
                    sample.strata_of + "'",
                {.file = data.source.string()}, "bottega review --help");
  }
  Deal(rows, all, &sample.strata);
  for (const SampleStratum& stratum : sample.strata) {
    auto& candidates = members[stratum.name];
    std::ranges::sort(candidates);
    for (int64_t k = 0; k < stratum.drawn; ++k) {
      const int64_t position = candidates[static_cast<size_t>(k)].second;
      const auto at = static_cast<size_t>(position);
      sample.rows.push_back({.row = data.rows[at],
                             .content = finder.contents().Of(position),
                             .stratum = stratum.name,
                             .label = labels[at]});
    }
  }
  AddGold(data, labels, finder, options, &sample);
  std::ranges::sort(sample.rows, {}, [&](const SampleRow& row) {
    return std::pair(RankOf(row.row, options.seed, kOrderStream), row.row);
  });
  return sample;
}

}  // namespace bottega
