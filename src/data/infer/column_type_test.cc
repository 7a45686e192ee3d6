#include "data/infer/column_type.h"

#include <arrow/array.h>
#include <arrow/chunked_array.h>
#include <gtest/gtest.h>

#include <functional>

#include "data/arrow_support.h"
#include "data/infer/dates.h"
#include "data/infer/names.h"
#include "data/infer/roles.h"
#include "data/infer/sensitive.h"

namespace bottega {
namespace {

// n cells: the given ones over and over.
ColumnLook Look(const std::vector<std::string>& cells, size_t n = 60) {
  std::vector<std::string> all;
  for (size_t i = 0; i < n; ++i) all.push_back(cells[i % cells.size()]);
  return LookAt(arrow::ChunkedArray(TextArray(all)));
}

ColumnLook Each(size_t n, const std::function<std::string(size_t)>& cell) {
  std::vector<std::string> all;
  for (size_t i = 0; i < n; ++i) all.push_back(cell(i));
  return LookAt(arrow::ChunkedArray(TextArray(all)));
}

FeatureType TypeOf(const std::string& name, const ColumnLook& look) {
  return InferType(name, look, {}).type;
}

TEST(ColumnTypeTest, NumbersAndWhatOnlyLooksLikeThem) {
  EXPECT_EQ(TypeOf("x", Look({"1.5", "2", "7", "-3e2"})), FeatureType::kNumber);
  EXPECT_EQ(TypeOf("x", Look({"0", "1"})), FeatureType::kBinary);
  EXPECT_EQ(TypeOf("x", Look({"007", "012", "123"})), FeatureType::kCategory);
  EXPECT_EQ(TypeOf("zip code", Look({"8001", "3011", "1204"})), FeatureType::kCategory);
  EXPECT_EQ(TypeOf("n", Each(50, [](size_t i) { return std::to_string(i + 1); })),
            FeatureType::kIdentifier);
  EXPECT_EQ(TypeOf("userId", Each(50, [](size_t i) { return std::to_string(i * i); })),
            FeatureType::kIdentifier);
  EXPECT_EQ(TypeOf("area", Each(50, [](size_t i) { return std::to_string(i * i); })),
            FeatureType::kNumber);
  EXPECT_EQ(TypeOf("score", Look({"1", "2", "3", "4", "empty"}, 500)), FeatureType::kNumber);
  // Tickets: three quarters of numbers, the others all different.
  EXPECT_NE(
      TypeOf(
          "ticket",
          Each(200, [](size_t i) { return (i % 4 ? "" : "PC ") + std::to_string(i * 31 + 1000); })),
      FeatureType::kNumber);
}

TEST(ColumnTypeTest, StylesOfNumbers) {
  const TypeGuess comma = InferType("x", Look({"3,14", "2,5", "10"}), {});
  EXPECT_EQ(comma.type, FeatureType::kNumber);
  EXPECT_EQ(*ParseStyledNumber("3,14", comma.style), 3.14);
  const TypeGuess thousands = InferType("x", Look({"1,234", "12,000,000", "7"}), {});
  EXPECT_EQ(*ParseStyledNumber("12,000,000", thousands.style), 12e6);
  const TypeGuess money = InferType("x", Look({"$1,200", "$ 7.5", "-$3"}), {});
  EXPECT_EQ(*ParseStyledNumber("-$3", money.style), -3);
  EXPECT_EQ(ParseNumberStyle(NumberStyleText(money.style)), money.style);
}

TEST(ColumnTypeTest, DatesTextsCategoriesIdentifiers) {
  EXPECT_EQ(InferType("d", Look({"2024-01-31", "2023-12-01"}), {}).date_format, "%Y-%m-%d");
  EXPECT_EQ(InferType("d", Look({"31/01/2024", "01/02/2024"}), {}).date_format, "%d/%m/%Y");
  EXPECT_EQ(InferType("d", Look({"5 Jan 2024 10:30"}), {}).type, FeatureType::kDate);
  EXPECT_EQ(TypeOf("w", Look({"red", "green", "blue"})), FeatureType::kCategory);
  EXPECT_EQ(TypeOf("w", Look({"red", "green"})), FeatureType::kBinary);
  const auto sentence = [](size_t i) { return "this is sentence number " + std::to_string(i); };
  EXPECT_EQ(TypeOf("review", Each(60, sentence)), FeatureType::kText);
  EXPECT_EQ(TypeOf("name", Each(60, sentence)), FeatureType::kIdentifier);
  EXPECT_EQ(TypeOf("code", Each(60, [](size_t i) { return "A" + std::to_string(i); })),
            FeatureType::kIdentifier);
}

TEST(DatesTest, ReadsWhatStrptimeReads) {
  EXPECT_EQ(*ParseDate("1970-01-02", "%Y-%m-%d"), 86'400'000'000);
  EXPECT_EQ(*ParseDate("2024-02-29T12:00:00.5Z", "%Y-%m-%dT%H:%M:%S.%f%z"), 1709208000500000);
  EXPECT_EQ(*ParseDate("1970-01-01T01:00:00+01:00", "%Y-%m-%dT%H:%M:%S%z"), 0);
  EXPECT_EQ(*ParseDate("January 5, 1970", "%b %d, %Y"), 4 * 86'400'000'000);
  EXPECT_FALSE(ParseDate("2023-02-29", "%Y-%m-%d"));
  EXPECT_FALSE(ParseDate("2023-02-28x", "%Y-%m-%d"));
}

TEST(SensitiveTest, ByNameInSeveralLanguagesAndByValues) {
  const ColumnLook any = Look({"p", "q", "r"});
  EXPECT_EQ(GuessSensitive("Geschlecht", any).attribute, "sex");
  EXPECT_EQ(GuessSensitive("estado_civil", any).attribute, "marital status");
  EXPECT_EQ(GuessSensitive("personAge", any).attribute, "age");
  EXPECT_EQ(GuessSensitive("native-country", any).attribute, "nationality");
  EXPECT_EQ(GuessSensitive("page", any).attribute, "");
  EXPECT_EQ(GuessSensitive("c9", Look({"White", "Black", "Other"})).attribute, "ethnicity");
  EXPECT_EQ(GuessSensitive("c10", Look({" Male", " Female"})).attribute, "sex");
  EXPECT_EQ(GuessSensitive("shape", Look({"m", "q", "z"})).attribute, "");
}

TEST(RolesTest, TaskAndPositiveClass) {
  EXPECT_EQ(GuessTask("y", FeatureType::kNumber, Look({"0", "1", "2"})).task, "classification");
  EXPECT_EQ(GuessTask("quality", FeatureType::kNumber, Look({"3", "4", "5"})).task, "regression");
  EXPECT_EQ(GuessTask("price", FeatureType::kNumber, Look({"3.5", "4", "5"})).task, "regression");
  EXPECT_EQ(GuessPositive(Look({"a", "b", "b"})), "a");
  EXPECT_EQ(GuessPositive(Look({"yes", "no"})), "yes");
}

TEST(RolesTest, TargetsByNameOrNumber) {
  const std::vector<Column> columns = {{.name = "age"}, {.name = "income"}, {.name = "city"}};
  EXPECT_EQ(FindTarget(columns, "income", "f.csv"), 1);
  EXPECT_EQ(FindTarget(columns, "-1", "f.csv"), 2);
  EXPECT_EQ(FindTarget(columns, "1", "f.csv"), 0);
  EXPECT_THROW(FindTarget(columns, "4", "f.csv"), Error);
}

}  // namespace
}  // namespace bottega
