#include "clean/steps/impute_rows.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/random.h"
#include "learn/cholesky.h"

namespace bottega {

namespace {

constexpr double kTolerance = 1e-3;
constexpr size_t kMostFitted = 20'000;

// Row-major, standardized; NaN where a value is missing.
struct Grid {
  size_t rows = 0, columns = 0;
  std::vector<double> cells;

  double* Row(size_t i) { return &cells[i * columns]; }
  const double* Row(size_t i) const { return &cells[i * columns]; }
};

struct Scaling {
  std::vector<std::string> names;
  std::vector<double> mean, deviation;

  Grid GridOf(const Frame& frame) const;
  void PutBack(const Grid& grid, Frame* frame) const;
  Json ToJson() const { return {{"columns", names}, {"mean", mean}, {"deviation", deviation}}; }
};

NumberSeries& SeriesOf(Frame* frame, const std::string& name) {
  const int index = frame->FindNumber(name);
  if (index < 0) throw Error(ErrorKind::kInternal, "no number series '" + name + "'");
  return frame->numbers[static_cast<size_t>(index)];
}

Scaling ScalingOf(const Frame& frame, const std::vector<std::string>& names) {
  Scaling scaling{.names = names};
  for (const std::string& name : names) {
    const std::vector<double> known =
        frame.numbers[static_cast<size_t>(frame.FindNumber(name))].Known();
    const auto n = static_cast<double>(std::max<size_t>(1, known.size()));
    const double mean = std::accumulate(known.begin(), known.end(), 0.0) / n;
    double squares = 0;
    for (const double x : known) squares += (x - mean) * (x - mean);
    scaling.mean.push_back(mean);
    scaling.deviation.push_back(squares > 0 ? std::sqrt(squares / n) : 1);
  }
  return scaling;
}

Grid Scaling::GridOf(const Frame& frame) const {
  Grid grid{.rows = static_cast<size_t>(frame.rows), .columns = names.size()};
  grid.cells.resize(grid.rows * grid.columns);
  for (size_t j = 0; j < grid.columns; ++j) {
    const auto& values = frame.numbers[static_cast<size_t>(frame.FindNumber(names[j]))].values;
    for (size_t i = 0; i < grid.rows; ++i) {
      grid.cells[i * grid.columns + j] = (values[i] - mean[j]) / deviation[j];
    }
  }
  return grid;
}

void Scaling::PutBack(const Grid& grid, Frame* frame) const {
  for (size_t j = 0; j < grid.columns; ++j) {
    std::vector<double>& values = SeriesOf(frame, names[j]).values;
    for (size_t i = 0; i < grid.rows; ++i) {
      if (std::isnan(values[i])) {
        values[i] = grid.cells[i * grid.columns + j] * deviation[j] + mean[j];
      }
    }
  }
}

Scaling ScalingFrom(const Json& state) {
  Scaling scaling{StateTexts(state, "columns"), StateNumbers(state, "mean"),
                  StateNumbers(state, "deviation")};
  const size_t n = scaling.names.size();
  const bool positive = std::ranges::all_of(scaling.deviation, [](double d) { return d > 0; });
  if (scaling.mean.size() != n || scaling.deviation.size() != n || !positive) {
    throw Error(ErrorKind::kData, "the state of a fitted step is damaged: 'deviation'");
  }
  return scaling;
}

bool HasGap(const double* row, size_t columns) {
  return std::any_of(row, row + columns, [](double x) { return std::isnan(x); });
}

// Positions of at most `most` rows, drawn by record number, rising.
std::vector<size_t> SampleOf(const Frame& frame, size_t most) {
  return DonorsOf(frame.training, static_cast<size_t>(frame.rows), most);
}

Grid Rows(const Grid& grid, const std::vector<size_t>& wanted) {
  Grid part{.rows = wanted.size(), .columns = grid.columns};
  for (const size_t i : wanted) {
    part.cells.insert(part.cells.end(), grid.Row(i), grid.Row(i) + grid.columns);
  }
  return part;
}

class NearestRows : public RowImputer {
 public:
  NearestRows(Scaling scaling, Grid donors, size_t neighbors)
      : scaling_(std::move(scaling)), donors_(std::move(donors)), neighbors_(neighbors) {}

  void Fill(Frame* frame) const override {
    Grid grid = scaling_.GridOf(*frame);
    std::vector<std::pair<double, size_t>> near;
    for (size_t i = 0; i < grid.rows; ++i) {
      if (!HasGap(grid.Row(i), grid.columns)) continue;
      const std::vector<double> distance = Distances(grid.Row(i));
      const std::vector<double> row(grid.Row(i), grid.Row(i) + grid.columns);
      for (size_t j = 0; j < grid.columns; ++j) {
        if (std::isnan(row[j])) grid.Row(i)[j] = MeanOfNearest(distance, j, &near);
      }
    }
    scaling_.PutBack(grid, frame);
  }

 private:
  // Squared, to each donor; NaN where no column is in common.
  std::vector<double> Distances(const double* row) const {
    std::vector<double> distance(donors_.rows);
    for (size_t d = 0; d < donors_.rows; ++d) {
      const double* donor = donors_.Row(d);
      double sum = 0;
      size_t common = 0;
      for (size_t j = 0; j < donors_.columns; ++j) {
        const double away = row[j] - donor[j];
        if (std::isnan(away)) continue;
        sum += away * away;
        ++common;
      }
      distance[d] = common == 0
                        ? std::nan("")
                        : sum * static_cast<double>(donors_.columns) / static_cast<double>(common);
    }
    return distance;
  }

  double MeanOfNearest(const std::vector<double>& distance, size_t column,
                       std::vector<std::pair<double, size_t>>* near) const {
    near->clear();
    for (size_t d = 0; d < donors_.rows; ++d) {
      if (!std::isnan(distance[d]) && !std::isnan(donors_.Row(d)[column])) {
        near->emplace_back(distance[d], d);
      }
    }
    if (near->empty()) return 0;  // the mean
    const size_t k = std::min(neighbors_, near->size());
    std::partial_sort(near->begin(), near->begin() + static_cast<int64_t>(k), near->end());
    double sum = 0;
    for (size_t n = 0; n < k; ++n) sum += donors_.Row((*near)[n].second)[column];
    return sum / static_cast<double>(k);
  }

  Scaling scaling_;
  Grid donors_;
  size_t neighbors_;
};

Json KnnState(const Frame& train, const Scaling& scaling, const RowImputation& settings) {
  const Grid all = scaling.GridOf(train);
  const Grid donors = Rows(all, SampleOf(train, static_cast<size_t>(settings.donors)));
  Json rows = Json::array();
  for (size_t i = 0; i < donors.rows; ++i) {
    Json row = Json::array();
    for (size_t j = 0; j < donors.columns; ++j) {
      const double x = donors.Row(i)[j];
      row.push_back(std::isnan(x) ? Json() : Json(x));
    }
    rows.push_back(std::move(row));
  }
  Json state = scaling.ToJson();
  state["neighbors"] = settings.neighbors;
  state["donors"] = std::move(rows);
  return state;
}

// One regression: what fills the gaps of a column, in the order in which they are run.
struct Regression {
  size_t column = 0;
  double intercept = 0;
  std::vector<double> weights;  // per column; its own is 0
};

double Predict(const Regression& fit, const double* row) {
  double sum = fit.intercept;
  for (size_t j = 0; j < fit.weights.size(); ++j) sum += fit.weights[j] * row[j];
  return sum;
}

// Ridge of a column on all others, over the rows where it is known.
Regression Regress(const Grid& grid, const std::vector<bool>& gap, size_t column, double penalty) {
  const size_t d = grid.columns;
  std::vector<double> mean(d), gram((d - 1) * (d - 1)), moments(d - 1);
  double known = 0;
  for (size_t i = 0; i < grid.rows; ++i) {
    if (gap[i * d + column]) continue;
    ++known;
    for (size_t j = 0; j < d; ++j) mean[j] += grid.Row(i)[j];
  }
  for (double& m : mean) m /= std::max(1.0, known);
  const auto other = [&](size_t k) { return k < column ? k : k + 1; };
  for (size_t i = 0; i < grid.rows; ++i) {
    if (gap[i * d + column]) continue;
    const double* row = grid.Row(i);
    for (size_t a = 0; a + 1 < d; ++a) {
      const double x = row[other(a)] - mean[other(a)];
      moments[a] += x * (row[column] - mean[column]);
      for (size_t b = a; b + 1 < d; ++b) {
        gram[a * (d - 1) + b] += x * (row[other(b)] - mean[other(b)]);
      }
    }
  }
  for (size_t a = 0; a + 1 < d; ++a) gram[a * (d - 1) + a] += penalty;
  SolveCholesky(&gram, static_cast<int64_t>(d - 1), &moments, 1);
  Regression fit{.column = column, .intercept = mean[column], .weights = std::vector<double>(d)};
  for (size_t a = 0; a + 1 < d; ++a) {
    fit.weights[other(a)] = moments[a];
    fit.intercept -= moments[a] * mean[other(a)];
  }
  return fit;
}

// Gaps to the mean; which cells they were.
std::vector<bool> StartGaps(Grid* grid) {
  std::vector<bool> gap(grid->cells.size());
  for (size_t k = 0; k < gap.size(); ++k) {
    if (!std::isnan(grid->cells[k])) continue;
    gap[k] = true;
    grid->cells[k] = 0;
  }
  return gap;
}

void Run(const Regression& fit, const std::vector<bool>& gap, Grid* grid) {
  for (size_t i = 0; i < grid->rows; ++i) {
    if (gap[i * grid->columns + fit.column]) grid->Row(i)[fit.column] = Predict(fit, grid->Row(i));
  }
}

class Regressions : public RowImputer {
 public:
  Regressions(Scaling scaling, std::vector<Regression> fits)
      : scaling_(std::move(scaling)), fits_(std::move(fits)) {}

  void Fill(Frame* frame) const override {
    Grid grid = scaling_.GridOf(*frame);
    const std::vector<bool> gap = StartGaps(&grid);
    for (const Regression& fit : fits_) Run(fit, gap, &grid);
    scaling_.PutBack(grid, frame);
  }

 private:
  Scaling scaling_;
  std::vector<Regression> fits_;
};

// Columns, the one with the fewest gaps first.
std::vector<size_t> OrderOf(const std::vector<bool>& gap, const Grid& grid) {
  std::vector<int64_t> gaps(grid.columns);
  for (size_t k = 0; k < gap.size(); ++k) gaps[k % grid.columns] += gap[k];
  std::vector<size_t> order(grid.columns);
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, {}, [&](size_t j) { return gaps[j]; });
  return order;
}

Json IterativeState(const Frame& train, const Scaling& scaling, const RowImputation& settings) {
  Grid grid = Rows(scaling.GridOf(train), SampleOf(train, kMostFitted));
  const std::vector<bool> gap = StartGaps(&grid);
  double largest = 0;
  for (size_t k = 0; k < gap.size(); ++k) largest = std::max(largest, std::abs(grid.cells[k]));
  Json rounds = Json::array();
  for (int64_t round = 0; round < settings.rounds && grid.columns > 1; ++round) {
    const std::vector<double> before = grid.cells;
    for (const size_t column : OrderOf(gap, grid)) {
      const Regression fit = Regress(grid, gap, column, settings.penalty);
      Run(fit, gap, &grid);
      rounds.push_back(
          {{"column", column}, {"intercept", fit.intercept}, {"weights", fit.weights}});
    }
    double moved = 0;
    for (size_t k = 0; k < gap.size(); ++k) {
      moved = std::max(moved, std::abs(grid.cells[k] - before[k]));
    }
    if (moved < kTolerance * largest) break;
  }
  Json state = scaling.ToJson();
  state["regressions"] = std::move(rounds);
  return state;
}

std::shared_ptr<const RowImputer> LoadKnn(const Json& state) {
  Scaling scaling = ScalingFrom(state);
  Grid donors{.columns = scaling.names.size()};
  for (const Json& row : StateList(state, "donors")) {
    if (!row.is_array() || row.size() != donors.columns) {
      throw Error(ErrorKind::kData, "the state of a fitted step is damaged: 'donors'");
    }
    for (const Json& cell : row) {
      if (!cell.is_null() && !cell.is_number()) {
        throw Error(ErrorKind::kData, "the state of a fitted step is damaged: 'donors'");
      }
      donors.cells.push_back(cell.is_null() ? std::nan("") : cell.get<double>());
    }
    ++donors.rows;
  }
  const double neighbors = StateNumber(state, "neighbors");
  if (!(neighbors >= 1)) throw Error(ErrorKind::kData, "the state has fewer than 1 neighbor");
  return std::make_shared<NearestRows>(std::move(scaling), std::move(donors),
                                       static_cast<size_t>(neighbors));
}

std::shared_ptr<const RowImputer> LoadIterative(const Json& state) {
  Scaling scaling = ScalingFrom(state);
  std::vector<Regression> fits;
  for (const Json& item : StateList(state, "regressions")) {
    const double column = StateNumber(item, "column");
    fits.push_back({static_cast<size_t>(column), StateNumber(item, "intercept"),
                    StateNumbers(item, "weights")});
    const size_t width = scaling.names.size();
    if (!(column >= 0) || fits.back().column >= width || fits.back().weights.size() != width) {
      throw Error(ErrorKind::kData, "the state of a fitted step is damaged: 'regressions'");
    }
  }
  return std::make_shared<Regressions>(std::move(scaling), std::move(fits));
}

}  // namespace

Json FitRowImputation(const Frame& train, const std::vector<std::string>& columns,
                      const RowImputation& settings) {
  const Scaling scaling = ScalingOf(train, columns);
  return settings.method == "knn" ? KnnState(train, scaling, settings)
                                  : IterativeState(train, scaling, settings);
}

std::vector<size_t> DonorsOf(const std::vector<int64_t>& training, size_t count, size_t most) {
  std::vector<size_t> rows(count);
  std::iota(rows.begin(), rows.end(), 0);
  if (rows.size() <= most) return rows;
  std::vector<std::pair<double, size_t>> drawn;
  for (const size_t i : rows) {
    const int64_t record = training.empty() ? static_cast<int64_t>(i) : training[i];
    drawn.emplace_back(Random(0, Purpose::kSample, 0, record).Uniform(), i);
  }
  std::ranges::sort(drawn);
  rows.clear();
  for (size_t k = 0; k < most; ++k) rows.push_back(drawn[k].second);
  std::ranges::sort(rows);
  return rows;
}

std::shared_ptr<const RowImputer> LoadRowImputation(const Json& state) {
  return state.is_object() && state.contains("donors") ? LoadKnn(state) : LoadIterative(state);
}

}  // namespace bottega
