#include "profile/derived_columns.h"

#include <gmock/gmock.h>

#include <cmath>
#include <functional>

#include "base/json.h"
#include "base/random.h"
#include "base/test_folders.h"
#include "profile/column_copies.h"
#include "profile/trimmed_fit.h"

namespace bottega {
namespace {

using testing::ElementsAre;
using testing::Pair;

constexpr int64_t kRows = 600;

// Columns by name; the cells live as long as this.
class Columns {
 public:
  Columns& Number(const std::string& name, const std::function<double(int64_t)>& value,
                  FeatureType type = FeatureType::kNumber) {
    CellColumn cells{.type = type};
    std::map<double, int32_t> seen;
    for (int64_t i = 0; i < kRows; ++i) {
      const auto [at, added] = seen.emplace(value(i), static_cast<int32_t>(seen.size()));
      if (added) cells.number.push_back(at->first);
      Count(at->second, &cells);
    }
    return Add(name, std::move(cells));
  }
  Columns& Text(const std::string& name, const std::function<std::string(int64_t)>& value) {
    CellColumn cells{.type = FeatureType::kCategory};
    std::map<std::string, int32_t> seen;
    for (int64_t i = 0; i < kRows; ++i) {
      const auto [at, added] = seen.emplace(value(i), static_cast<int32_t>(seen.size()));
      if (added) cells.text.push_back(at->first);
      Count(at->second, &cells);
    }
    return Add(name, std::move(cells));
  }
  // "formula" of the derivation of each column, by name.
  std::map<std::string, std::string> Formulas() const {
    std::vector<DeriveColumn> columns;
    for (size_t i = 0; i < cells_.size(); ++i) columns.push_back({cells_[i].get(), names_[i]});
    std::map<std::string, std::string> out;
    for (const Derivation& d : FindDerivations(columns, {})) out[names_[d.column]] = d.formula;
    return out;
  }
  const CellColumn& at(size_t i) const { return *cells_[i]; }

 private:
  static void Count(int32_t code, CellColumn* cells) {
    cells->code.push_back(code);
    cells->count.resize(std::max<size_t>(cells->count.size(), static_cast<size_t>(code) + 1));
    ++cells->count[static_cast<size_t>(code)];
  }
  Columns& Add(const std::string& name, CellColumn cells) {
    names_.push_back(name);
    cells_.push_back(std::make_unique<CellColumn>(std::move(cells)));
    return *this;
  }
  std::vector<std::string> names_;
  std::vector<std::unique_ptr<CellColumn>> cells_;
};

double Draw(int64_t stream, int64_t i, double low, double high, double unit) {
  const double x = Random(5, Purpose::kSample, stream, i).Uniform(low, high);
  return std::round(x / unit) * unit;
}

TEST(DerivedColumnsTest, SumsProductsAndUnits) {
  Columns columns;
  const auto price = [](int64_t i) { return Draw(1, i, 1, 50, 0.01); };
  const auto quantity = [](int64_t i) { return Draw(2, i, 1, 30, 1); };
  const auto inches = [](int64_t i) { return Draw(3, i, 55, 80, 0.1); };
  columns.Number("price", price).Number("quantity", quantity).Number("inches", inches);
  columns.Number("amount",
                 [&](int64_t i) { return std::round(100 * price(i) * quantity(i)) / 100; });
  columns.Number("cm", [&](int64_t i) { return std::round(25.4 * inches(i)) / 10; });
  columns.Number("sum", [&](int64_t i) { return price(i) + quantity(i) + inches(i); });
  EXPECT_THAT(columns.Formulas(), ElementsAre(Pair("amount", "amount = price * quantity"),
                                              Pair("cm", "cm = 2.54 * inches"),
                                              Pair("sum", "sum = price + quantity + inches")));
}

TEST(DerivedColumnsTest, AFewMistakesAndGapsAreForgiven) {
  Columns columns;
  const auto a = [](int64_t i) { return Draw(1, i, 0, 100, 1); };
  const auto b = [](int64_t i) { return i % 11 == 0 ? std::nan("") : Draw(2, i, 0, 100, 1); };
  columns.Number("a", a).Number("b", [&](int64_t i) { return std::isnan(b(i)) ? -1 : b(i); });
  columns.Number("total", [&](int64_t i) {
    return i % 100 == 3 ? 7777 : a(i) + (std::isnan(b(i)) ? -1 : b(i));
  });
  EXPECT_EQ(columns.Formulas().at("total"), "total = a + b");
}

TEST(DerivedColumnsTest, NoiseIsNoDerivation) {
  Columns columns;
  const auto a = [](int64_t i) { return Draw(1, i, 0, 100, 0.1); };
  columns.Number("a", a).Number("near", [&](int64_t i) { return a(i) + Draw(2, i, -3, 3, 0.1); });
  columns.Number("other", [](int64_t i) { return Draw(3, i, 0, 5, 1); });
  columns.Text("kind", [](int64_t i) { return Draw(4, i, 0, 1, 1) > 0 ? "x" : "y"; });
  EXPECT_TRUE(columns.Formulas().empty());
}

TEST(DerivedColumnsTest, StepsFunctionsAndDateParts) {
  Columns columns;
  const auto age = [](int64_t i) { return Draw(1, i, 18, 90, 0.01); };
  const auto day = [](int64_t i) { return Draw(2, i, 15'000, 18'000, 1); };
  const auto city = [](int64_t i) { return static_cast<int>(Draw(3, i, 0, 19, 1)); };
  columns.Number("age", age).Number("day", day, FeatureType::kDate);
  columns.Text("city", [&](int64_t i) { return "city" + std::to_string(city(i)); });
  columns.Text("group", [&](int64_t i) {
    return age(i) < 30 ? "young" : age(i) < 60 ? "adult" : "old";
  });
  columns.Text("country", [&](int64_t i) { return "land" + std::to_string(city(i) % 5); });
  columns.Number("weekday", [&](int64_t i) { return std::fmod(day(i) + 4, 7); });
  columns.Number("root", [&](int64_t i) { return std::sqrt(age(i)) + std::sin(age(i) / 9); });
  const auto found = columns.Formulas();
  EXPECT_EQ(found.size(), 4u);
  EXPECT_EQ(found.at("group"), "group follows from limits of age");
  EXPECT_EQ(found.at("country"), "each city has one country");
  EXPECT_EQ(found.at("weekday"), "weekday = the weekday of day");
  EXPECT_EQ(found.at("root"), "root is a smooth function of age");
}

TEST(DerivedColumnsTest, PartsAndJoinsOfTexts) {
  Columns columns;
  const auto number = [](int64_t stream, int64_t i, int most) {
    return std::to_string(static_cast<int>(Draw(stream, i, 0, most, 1)));
  };
  const auto first = [&](int64_t i) { return "Anna" + number(1, i, 9); };
  const auto last = [&](int64_t i) { return "Rossi" + number(2, i, 9); };
  columns.Text("first", first).Text("last", last);
  columns.Text("who", [&](int64_t i) { return first(i) + " " + last(i); });
  columns.Text("code", [&](int64_t i) { return "K" + number(3, i, 7) + "-" + number(4, i, 9999); });
  columns.Text("line", [&](int64_t i) { return "K" + number(3, i, 7); });
  const auto found = columns.Formulas();
  EXPECT_EQ(found.size(), 2u);
  EXPECT_EQ(found.at("who"), "who = first + last");
  EXPECT_EQ(found.at("line"), "line = the start of code");
}

TEST(TrimmedFitTest, LeastSquaresAgreesWithNumpy) {
  const Json reference = ReadJson(TestReference("redundancy.json"));
  const std::vector<double> a = reference["a"], b = reference["b"], y = reference["y"];
  std::vector<size_t> rows(y.size());
  for (size_t i = 0; i < rows.size(); ++i) rows[i] = i;
  const LinearFit fit = LeastSquares({&a, &b}, y, rows);
  ASSERT_TRUE(fit.solved);
  EXPECT_NEAR(fit.slope[0], reference["solution"][0].get<double>(), 1e-9);
  EXPECT_NEAR(fit.slope[1], reference["solution"][1].get<double>(), 1e-9);
  EXPECT_NEAR(fit.constant, reference["solution"][2].get<double>(), 1e-9);
  EXPECT_FALSE(LeastSquares({&a, &a}, y, rows).solved);
}

TEST(TrimmedFitTest, ForeignRowsDoNotMoveIt) {
  std::vector<double> x, y;
  std::vector<size_t> rows;
  for (size_t i = 0; i < 100; ++i) {
    x.push_back(static_cast<double>(i));
    y.push_back(i % 12 == 5 ? 1e4 : 3 * x[i] + 2);
    rows.push_back(i);
  }
  const LinearFit fit = TrimmedLeastSquares({&x}, y, rows);
  EXPECT_NEAR(fit.slope[0], 3, 1e-9);
  EXPECT_NEAR(fit.constant, 2, 1e-7);
}

TEST(ColumnCopiesTest, SameSpelledAndRecoded) {
  Columns columns;
  const auto kind = [](int64_t i) { return static_cast<int>(Draw(1, i, 0, 4, 1)); };
  const std::vector<std::string> names = {"red", "green", "blue", "black", "white"};
  columns.Text("name", [&](int64_t i) { return names[static_cast<size_t>(kind(i))]; });
  columns.Text("upper", [&](int64_t i) {
    return i == 9 ? "x" : kind(i) == 2 ? " BLUE" : names[static_cast<size_t>(kind(i))];
  });
  columns.Number("code", [&](int64_t i) { return 7 * kind(i) % 5; });
  columns.Text("free", [](int64_t i) { return Draw(2, i, 0, 4, 1) > 2 ? "p" : "q"; });
  const auto copies =
      FindColumnCopies({&columns.at(0), &columns.at(1), &columns.at(2), &columns.at(3)}, 0.01);
  ASSERT_EQ(copies.size(), 2u);
  EXPECT_EQ(copies[0].kind, CopyKind::kSpelling);
  EXPECT_EQ(copies[0].differ, 1);
  EXPECT_EQ(copies[1].kind, CopyKind::kRecoded);
  EXPECT_EQ(copies[1].first, 0u);
}

TEST(ColumnCopiesTest, DifferentValuesInEveryRowProveNothing) {
  Columns columns;
  columns.Number("a", [](int64_t i) { return Draw(1, i, 0, 1, 1e-9); });
  columns.Number("b", [](int64_t i) { return Draw(2, i, 0, 1, 1e-9); });
  EXPECT_TRUE(FindColumnCopies({&columns.at(0), &columns.at(1)}, 0.01).empty());
}

}  // namespace
}  // namespace bottega
