#include "profile/whole_table.h"

#include <gtest/gtest.h>

#include <string>

#include "base/files.h"
#include "data/io/row_sample.h"

namespace bottega {
namespace {

std::string Rows(int64_t n, int64_t repeat_every) {
  std::string csv = "id,city,amount,note\n";
  for (int64_t i = 0; i < n; ++i) {
    const int64_t k = repeat_every > 0 && i % repeat_every == repeat_every - 1 ? i - 1 : i;
    csv += std::to_string(i) + (k % 3 == 0 ? ",Roma," : ",Milano,") + std::to_string(k) + "," +
           (k % 4 == 0 ? "" : "\"two\nlines, of " + std::to_string(k) + "\"") + "\n";
  }
  return csv;
}

std::vector<Column> Columns() {
  return {{.name = "id", .type = FeatureType::kIdentifier},
          {.name = "city", .type = FeatureType::kCategory},
          {.name = "amount", .type = FeatureType::kNumber},
          {.name = "note", .type = FeatureType::kText}};
}

struct Pass {
  WholeTable whole;
  RawTable sample;
};

Pass Read(const std::filesystem::path& file, int64_t sample) {
  const std::unique_ptr<TableStream> stream = OpenTableStream(file, Json::object());
  Pass pass{WholeTable(Columns(), std::vector<NumberStyle>(4)), {}};
  RowSample rows(sample, 7);
  while (const std::optional<RawBatch> batch = stream->Next()) {
    pass.whole.Add(*batch);
    rows.Add(*batch);
  }
  pass.sample = rows.Finish(*stream, file.string());
  return pass;
}

TEST(WholeTableTest, CountsEveryRowOfAFileReadInPieces) {
  TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "big.csv";
  constexpr int64_t kRows = 1'600'000;  // more than one piece
  WriteFileAtomic(file, Rows(kRows, 1000));
  const Pass pass = Read(file, 5'000);
  ASSERT_EQ(pass.whole.rows(), kRows);
  const std::vector<WholeColumn>& columns = pass.whole.columns();
  EXPECT_NEAR(columns[0].distinct.Estimate(), kRows, kRows * 0.03);
  ASSERT_TRUE(columns[1].top.exact());
  ASSERT_EQ(columns[1].top.Values().size(), 2u);
  EXPECT_EQ(columns[1].top.Values()[0].value, "Milano");
  EXPECT_EQ(columns[1].top.Values()[0].count + columns[1].top.Values()[1].count, kRows);
  EXPECT_NEAR(columns[2].numbers.Quantile(0.5), kRows / 2.0, kRows * 0.01);
  EXPECT_EQ(columns[2].numbers.min(), 0);
  EXPECT_NEAR(columns[3].missing, kRows / 4, kRows / 1000 + 1);
  const WholeTable::Repeats repeats = pass.whole.RepeatedRows();
  EXPECT_FALSE(repeats.estimated);
  EXPECT_EQ(repeats.count, kRows / 1000);
  ASSERT_EQ(repeats.examples.size(), 100u);
  EXPECT_EQ(repeats.examples[0].first, 998);
  EXPECT_EQ(repeats.examples[0].row, 999);
}

TEST(WholeTableTest, SampleIsUniformWithItsRecordNumbers) {
  TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "big.csv";
  constexpr int64_t kRows = 200'000;
  WriteFileAtomic(file, Rows(kRows, 0));
  const Pass pass = Read(file, 10'000);
  ASSERT_EQ(pass.sample.rows.size(), 10'000u);
  double sum = 0;
  for (size_t i = 0; i < pass.sample.rows.size(); ++i) {
    sum += static_cast<double>(pass.sample.rows[i]);
    if (i > 0) {
      ASSERT_LT(pass.sample.rows[i - 1], pass.sample.rows[i]);
    }
  }
  // Mean of a uniform sample: deviation n / sqrt(12 k) = 577; five of them.
  EXPECT_NEAR(sum / 10'000, kRows / 2.0, 2'900);
  EXPECT_EQ(pass.sample.names, (std::vector<std::string>{"id", "city", "amount", "note"}));
}

}  // namespace
}  // namespace bottega
