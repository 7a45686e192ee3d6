#include "clean/forget/kept_rows.h"

#include <arrow/builder.h>
#include <arrow/table.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"
#include "base/files.h"
#include "base/safetensors_header.h"
#include "data/arrow_support.h"
#include "data/io/parquet.h"
#include "run/row_files.h"

namespace bottega {
namespace {

using ::testing::HasSubstr;

constexpr size_t kFloat = sizeof(float);

// Three rows of two numbers, three targets, and one tensor that is not by row; element i is i.
std::string Weights(std::map<std::string, std::string> metadata = {
                        {kKeptRowsTensors, "numbers target"}, {"format", "pt"}}) {
  SafetensorsHeader header{.tensors = {{.name = "numbers", .dtype = "F32", .shape = {3, 2}},
                                       {.name = "scale", .dtype = "F32", .shape = {3}},
                                       {.name = "target", .dtype = "F32", .shape = {3}}},
                           .metadata = std::move(metadata)};
  std::string bytes = MakeSafetensorsHeader(&header);
  for (const TensorEntry& entry : header.tensors) {
    for (size_t i = 0; i < (entry.end - entry.begin) / kFloat; ++i) {
      const auto value = static_cast<float>(i);
      bytes.append(reinterpret_cast<const char*>(&value), kFloat);
    }
  }
  return bytes;
}

std::vector<float> Values(const std::string& bytes, const std::string& name) {
  const SafetensorsHeader header = ParseSafetensorsHeader(bytes, bytes.size(), "w");
  for (const TensorEntry& entry : header.tensors) {
    if (entry.name != name) continue;
    std::vector<float> values((entry.end - entry.begin) / kFloat);
    bytes.copy(reinterpret_cast<char*>(values.data()), entry.end - entry.begin,
               header.data_start + entry.begin);
    return values;
  }
  return {};
}

TEST(SafetensorsWithout, CutsTheRowsOutOfTheNamedTensorsAlone) {
  const std::string left = SafetensorsWithout(Weights(), {3, {1}}, "w");
  EXPECT_EQ(Values(left, "numbers"), (std::vector<float>{0, 1, 4, 5}));
  EXPECT_EQ(Values(left, "target"), (std::vector<float>{0, 2}));
  EXPECT_EQ(Values(left, "scale"), (std::vector<float>{0, 1, 2}));
  const SafetensorsHeader header = ParseSafetensorsHeader(left, left.size(), "w");
  EXPECT_EQ(header.metadata.at("format"), "pt");
  EXPECT_EQ(header.tensors.size(), 3u);
}

TEST(SafetensorsWithout, CutsTheFirstTheLastAndAllOfThem) {
  EXPECT_EQ(Values(SafetensorsWithout(Weights(), {3, {0, 2}}, "w"), "numbers"),
            (std::vector<float>{2, 3}));
  const std::string none = SafetensorsWithout(Weights(), {3, {0, 1, 2}}, "w");
  EXPECT_TRUE(Values(none, "numbers").empty());
  EXPECT_EQ(SafetensorsWithout(Weights(), {3, {}}, "w"), Weights());
}

// Message and place of the error that cutting gives.
std::string Complaint(const std::string& weights, const KeptList& list) {
  try {
    SafetensorsWithout(weights, list, "model.safetensors");
    return "none";
  } catch (const Error& e) {
    EXPECT_EQ(e.kind(), ErrorKind::kData);
    EXPECT_THAT(e.hint(), HasSubstr("bottega forget --retrain"));
    return e.place().file + ": " + e.message();
  }
}

TEST(SafetensorsWithout, RefusesAListOfAnotherLength) {
  const std::string shorter = Complaint(Weights(), {2, {0}});
  EXPECT_THAT(shorter, HasSubstr("model.safetensors: "));
  EXPECT_THAT(shorter, HasSubstr("has 3 rows, and kept_rows.parquet lists 2"));
  EXPECT_THAT(Complaint(Weights(), {4, {3}}), HasSubstr("lists 4"));
}

TEST(SafetensorsWithout, RefusesWeightsThatDoNotSayWhichTensorsAreByRow) {
  EXPECT_THAT(Complaint(Weights({{"format", "pt"}}), {3, {0}}), HasSubstr("do not say"));
  EXPECT_THAT(Complaint(Weights({{kKeptRowsTensors, "numbers codes"}}), {3, {0}}),
              HasSubstr("no tensor 'codes'"));
}

class KeptListTest : public testing::Test {
 protected:
  KeptList Read(const std::string& column, const std::shared_ptr<arrow::Array>& records) {
    WriteParquet(file_, *MakeTable({{column, records}}));
    return ReadKeptList(file_, {.gone = {0, 40}});
  }
  std::string Fault(const std::string& column, const std::shared_ptr<arrow::Array>& records) {
    try {
      Read(column, records);
      return "none";
    } catch (const Error& e) {
      EXPECT_EQ(e.kind(), ErrorKind::kData);
      EXPECT_EQ(e.place().file, file_.string());
      return e.message();
    }
  }
  const TemporaryFolder folder_;
  const std::filesystem::path file_ = folder_.path() / kKeptRows;
};

TEST_F(KeptListTest, SaysWhichEntriesAreGone) {
  const KeptList list = Read("row", IntegerArray({7, 40, 9, 0}));
  EXPECT_EQ(list.length, 4U);
  EXPECT_EQ(list.gone, (std::vector<size_t>{1, 3}));
}

TEST_F(KeptListTest, RefusesWhatDoesNotSayTheRecordOfEveryEntry) {
  EXPECT_THAT(Fault("record", IntegerArray({0})), HasSubstr("no column 'row'"));
  EXPECT_THAT(Fault("row", NumberArray({0})), HasSubstr("no column 'row'"));
  arrow::Int64Builder builder;
  CheckArrow(builder.Append(7));
  CheckArrow(builder.AppendNull());
  EXPECT_THAT(Fault("row", ArrowValue(builder.Finish())), HasSubstr("'row' is empty"));
}

}  // namespace
}  // namespace bottega
