// Approximate functional dependencies between columns: zip -> city holds when rows with equal zip
// have equal city, but for a few that are wrong.
//
// Rows that disagree alone with a clear majority of their group count as noise and are set aside
// (at most `noise` of the rows). On the rest the strength is
//   mu+ = max(0, 1 - (1 - pdep(X -> Y)) / (1 - pdep(Y)) * (n - 1) / (n - |X|)),
//   pdep(X -> Y) = sum over x of sum over y of n_xy^2 / (n n_x),   pdep(Y) = sum of (n_y / n)^2:
// Piatetsky-Shapiro & Matheus, "Measuring data dependencies in large databases", KDD workshop 1993;
// recommended among fourteen measures by Parciak et al., "Measuring approximate functional
// dependencies: a comparative study", ICDE 2024. It is 0 where X tells of Y what chance would.
// A dependency must also explain several times as many rows as it does with Y shuffled.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "profile/cells.h"

namespace bottega {

struct Dependency {
  std::vector<size_t> from;  // one column or, rarely, several: indices into the given columns
  size_t to = 0;
  int64_t groups = 0;      // values of `from` that at least two rows with a known `to` have
  int64_t rows = 0;        // the rows in them
  int64_t violations = 0;  // rows that differ from the most frequent `to` of their group
  int64_t noise = 0;       // of them, those that stand alone against a clear majority
  double mixed = 0;        // share of groups of three and more rows that truly hold several values
  double strength = 0;     // mu+ without the noise, 0 to 1
};

struct DependencyOptions {
  double strength = 0.9;  // larger: fewer and surer dependencies
  double noise = 0.12;    // larger: finds dependencies in dirtier columns, and more by chance
  int64_t support = 20;   // rows in groups that a dependency must have
  int64_t columns = 64;   // that are looked at, those with the fewest different values first
};

// Those between single columns, where (X, Z) -> Y explains what X -> Y does not, that one instead.
// At most eight, the strongest, for each `to`. Looks at about 100,000 rows of a longer table for
// whether a pair depends. Same result whatever the number of threads. Time: columns^2 x those rows,
// most pairs given up early, and n for each dependency that is found.
std::vector<Dependency> FindDependencies(const std::vector<const CellColumn*>& columns,
                                         const DependencyOptions& options = {});

// Numbers of a dependency that somebody states; `from` is not empty.
Dependency MeasureDependency(const std::vector<const CellColumn*>& columns,
                             const std::vector<size_t>& from, size_t to);

// A cell that breaks dependencies, with the value that it most probably should have.
struct DependencyViolation {
  int64_t position = 0;
  size_t column = 0;
  int32_t before = -1, after = -1;  // codes of the column; before -1: missing
  double confidence = 0;
  size_t dependency = 0;           // of those that speak against the cell, the surest
  int64_t group = 0, agree = 0;    // other rows of its group with a known value; those with `after`
  int against = 0, in_favour = 0;  // dependencies
};

// Cells that are wrong with a probability of at least `least`, by column and position. For a group
// of n rows, c of them with the cell's value, the odds that it holds one value with noise at the
// dependency's rate e are (1 - mixed) / mixed * C(n, c) e^c (1 - e)^(n - c) * (n + 1); log odds of
// all dependencies of a column are added up, those that support the cell with a minus. Missing
// cells are given where at least two rows, and 90 % of the group, agree.
std::vector<DependencyViolation> FindViolations(const std::vector<const CellColumn*>& columns,
                                                const std::vector<Dependency>& dependencies,
                                                double least = 0.5);

}  // namespace bottega
