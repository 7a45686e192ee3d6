#include "profile/dependencies.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "base/random.h"

namespace bottega {
namespace {

CellColumn Coded(const std::vector<int>& code) {
  CellColumn column;
  for (const int c : code) {
    column.code.push_back(c);
    if (c < 0) {
      ++column.missing;
      continue;
    }
    while (column.distinct() <= c) {
      column.count.push_back(0);
      column.text.push_back("v" + std::to_string(column.distinct() - 1));
    }
    ++column.count[static_cast<size_t>(c)];
  }
  return column;
}

int Draw(int64_t stream, int64_t row, int64_t limit) {
  return static_cast<int>(Random(3, Purpose::kSample, stream, row).Below(limit));
}

struct Table {
  std::vector<std::vector<int>> codes;
  std::vector<CellColumn> columns;
  std::vector<const CellColumn*> views;

  void Finish() {
    for (const std::vector<int>& code : codes) columns.push_back(Coded(code));
    for (const CellColumn& column : columns) views.push_back(&column);
  }
};

// zip (60 values) -> city (20) -> state (5, unevenly), a colour and a number beside them; 30
// cities wrong.
Table Cities(int rows = 2000, int wrong = 30) {
  Table table{.codes = std::vector<std::vector<int>>(5)};
  for (int i = 0; i < rows; ++i) {
    const int zip = Draw(1, i, 60);
    table.codes[0].push_back(zip);
    table.codes[1].push_back(zip % 20);
    table.codes[2].push_back(std::max(0, zip % 20 - 15));
    table.codes[3].push_back(Draw(2, i, 4));
    table.codes[4].push_back(Draw(3, i, 500));
  }
  for (int k = 0; k < wrong; ++k) {
    int& city = table.codes[1][static_cast<size_t>(k) * 61 % static_cast<size_t>(rows)];
    city = (city + 1 + k % 18) % 20;
  }
  table.Finish();
  return table;
}

std::set<std::pair<size_t, size_t>> Pairs(const std::vector<Dependency>& dependencies) {
  std::set<std::pair<size_t, size_t>> out;
  for (const Dependency& one : dependencies) out.emplace(one.from[0], one.to);
  return out;
}

TEST(DependenciesTest, FindsWhatDependsAndNothingElse) {
  const Table table = Cities();
  const std::vector<Dependency> found = FindDependencies(table.views);
  EXPECT_EQ(Pairs(found), (std::set<std::pair<size_t, size_t>>{{0, 1}, {0, 2}, {1, 2}}));
  for (const Dependency& one : found) {
    EXPECT_GT(one.strength, 0.95);
    EXPECT_EQ(one.rows, 2000);
  }
  const Dependency& city = *std::ranges::find(found, size_t{1}, &Dependency::to);
  EXPECT_EQ(city.violations, 30);
  EXPECT_EQ(city.groups, 60);
}

TEST(DependenciesTest, ViolationsAreFoundWithTheValueThatIsRight) {
  const Table clean = Cities(2000, 0), table = Cities();
  const auto found = FindViolations(table.views, FindDependencies(table.views));
  int city = 0;
  for (const DependencyViolation& one : found) {
    if (one.column != 1) continue;
    ++city;
    const auto row = static_cast<size_t>(one.position);
    EXPECT_NE(table.codes[1][row], clean.codes[1][row]);
    EXPECT_EQ(one.after, clean.codes[1][row]);
    EXPECT_EQ(one.before, table.codes[1][row]);
    EXPECT_GE(one.agree, 10);
  }
  EXPECT_EQ(city, 30);
  // Wrong cities break city -> state, too, but zip -> state speaks for the state as it is.
  EXPECT_EQ(found.size(), 30u);
  EXPECT_TRUE(FindViolations(clean.views, FindDependencies(clean.views)).empty());
}

TEST(DependenciesTest, ChanceIsNoDependency) {
  for (const int limit : {2, 5, 40, 300}) {
    Table table{.codes = std::vector<std::vector<int>>(6)};
    for (int i = 0; i < 600; ++i) {
      table.codes[0].push_back(Draw(1, i, limit));
      table.codes[1].push_back(Draw(2, i, 250));      // groups of two and three
      table.codes[2].push_back(Draw(3, i, 50) == 0);  // nearly constant
      table.codes[3].push_back(Draw(4, i, 20) == 0);
      table.codes[4].push_back(std::min(2, Draw(5, i, 30)) % 2);
      table.codes[5].push_back(i);  // an identifier
    }
    table.Finish();
    EXPECT_TRUE(FindDependencies(table.views).empty()) << limit;
  }
}

TEST(DependenciesTest, SlipsInANearlyConstantColumnAreNoise) {
  // 40 hospitals, 38 in one state, 2 in another; slips in 20 of 800 cells.
  Table table{.codes = std::vector<std::vector<int>>(2)};
  for (int i = 0; i < 800; ++i) {
    table.codes[0].push_back(i % 40);
    table.codes[1].push_back(i % 40 < 2);
  }
  for (int k = 0; k < 20; ++k) table.codes[1][static_cast<size_t>(k * 39)] = 2 + k % 2;
  table.Finish();
  const auto dependencies = FindDependencies(table.views);
  ASSERT_EQ(dependencies.size(), 1u);
  const auto found = FindViolations(table.views, dependencies);
  EXPECT_EQ(found.size(), 20u);
  for (const DependencyViolation& one : found) EXPECT_EQ(one.after, one.position % 40 < 2);
}

TEST(DependenciesTest, ASecondColumnMayExplainWhatSeemsBroken) {
  // The name of a rate depends on measure and state; few rows are of the second state.
  Table table{.codes = std::vector<std::vector<int>>(3)};
  for (int i = 0; i < 1000; ++i) {
    const int measure = i % 25;
    const int state = i / 25 < 3;
    table.codes[0].push_back(measure);
    table.codes[1].push_back(state);
    table.codes[2].push_back(measure + 25 * state);
  }
  table.codes[2][900] = 50;  // one slip
  table.Finish();
  const auto found = FindViolations(table.views, FindDependencies(table.views));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].position, 900);
  EXPECT_EQ(found[0].after, 0);
}

TEST(DependenciesTest, MissingCellsAreFilledWhereTheGroupAgrees) {
  Table table = Cities(2000, 0);
  table.codes[1][7] = -1;
  Table with{.codes = table.codes};
  with.Finish();
  const auto found = FindViolations(with.views, FindDependencies(with.views));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].before, -1);
  EXPECT_EQ(found[0].after, table.codes[0][7] % 20);
}

TEST(DependenciesTest, NumbersAsThePaperDefinesThem) {
  // pdep(X -> Y) = (2 + 4/3 + 1/3 + ... )/n by hand: groups {a,a}, {b,b,b}, {b,a}.
  Table table{.codes = {{0, 0, 1, 1, 1, 2, 2}, {0, 0, 1, 1, 1, 1, 0}}};
  table.Finish();
  const Dependency one = MeasureDependency(table.views, {0}, 1);
  const double within = (2.0 + 3.0 + 1.0) / 7, apart = (9.0 + 16.0) / 49;
  EXPECT_NEAR(one.strength, 1 - (1 - within) / (1 - apart) * 6 / 4, 1e-12);
  EXPECT_EQ(one.violations, 1);
  EXPECT_EQ(one.groups, 3);
}

TEST(DependenciesTest, EmptyAndTinyTables) {
  EXPECT_TRUE(FindDependencies({}).empty());
  const CellColumn none = Coded({}), missing = Coded({-1, -1}), one = Coded({0});
  EXPECT_TRUE(FindDependencies({&none, &none}).empty());
  EXPECT_TRUE(FindDependencies({&missing, &missing}).empty());
  EXPECT_TRUE(FindDependencies({&one, &one}).empty());
  EXPECT_EQ(MeasureDependency({&missing, &missing}, {0}, 1).rows, 0);
}

}  // namespace
}  // namespace bottega
