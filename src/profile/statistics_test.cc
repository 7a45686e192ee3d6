#include "profile/statistics.h"

#include <arrow/array.h>
#include <arrow/table.h>
#include <arrow/type.h>
#include <gtest/gtest.h>

#include "data/arrow_support.h"

namespace bottega {
namespace {

std::shared_ptr<arrow::Array> Texts(const std::vector<std::optional<std::string>>& values) {
  return TextArray(values);
}

Dataset Make(std::vector<Column> columns, const arrow::ArrayVector& arrays) {
  arrow::FieldVector fields;
  for (size_t i = 0; i < columns.size(); ++i) {
    fields.push_back(arrow::field(columns[i].name, arrays[i]->type()));
  }
  Dataset data{.columns = std::move(columns)};
  data.rows.resize(static_cast<size_t>(arrays[0]->length()));
  data.table = arrow::Table::Make(arrow::schema(fields), arrays);
  return data;
}

// numpy.quantile([1, 2, 3, 4, 10], [0.25, 0.95]) is [2, 8.8].
TEST(Profile, NumbersAsNumpyHasThem) {
  const double gap = std::nan("");
  const Json profile = ProfileDataset(
      Make({{.name = "x", .type = FeatureType::kNumber}}, {NumberArray({10, 1, 2, gap, 4, 3})}));
  const Json& x = profile.at("columns").at(0);
  EXPECT_EQ(profile.at("rows"), 6);
  EXPECT_EQ(x.at("count"), 5);
  EXPECT_EQ(x.at("missing"), 1);
  EXPECT_DOUBLE_EQ(x.at("mean").get<double>(), 4);
  EXPECT_EQ(x.at("min"), 1);
  EXPECT_EQ(x.at("max"), 10);
  EXPECT_NEAR(x.at("quantiles").at("0.25").get<double>(), 2, 1e-12);
  EXPECT_NEAR(x.at("quantiles").at("0.95").get<double>(), 8.8, 1e-12);
  int64_t counted = 0;
  for (const Json& count : x.at("histogram").at("counts")) counted += count.get<int64_t>();
  EXPECT_EQ(counted, 5);
}

TEST(Profile, KeepsNoValueThatMayNameAPerson) {
  const Json profile = ProfileDataset(
      Make({{.name = "id", .type = FeatureType::kIdentifier},
            {.name = "remark", .type = FeatureType::kText},
            {.name = "paid", .type = FeatureType::kBinary, .role = Role::kTarget}},
           {Texts({"A1", "A2", "A3", "A4"}), Texts({"none", "none", "asks for Ann", "none"}),
            Texts({"yes", "no", "yes", "no"})}));
  const std::string text = profile.dump();
  EXPECT_EQ(text.find("A1"), std::string::npos);
  EXPECT_EQ(text.find("Ann"), std::string::npos);
  EXPECT_EQ(profile.at("columns").at(1).at("top").at(0).at("value"), "none");
  EXPECT_EQ(profile.at("columns").at(1).at("top").size(), 1u);
  EXPECT_EQ(profile.at("classes").at("yes"), 2);
}

}  // namespace
}  // namespace bottega
