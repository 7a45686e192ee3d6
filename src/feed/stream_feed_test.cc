#include "feed/stream_feed.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "base/error.h"

namespace bottega {
namespace {

// Row r has the number r / 10, the code r % 7 and the label r % 3.
std::filesystem::path WriteRows(const std::filesystem::path& folder, int64_t rows) {
  Features features{.rows = rows, .number_names = {"x"}, .code_names = {"c"}, .cardinality = {7}};
  FeedColumns columns;
  std::vector<int64_t> all;
  for (int64_t r = 0; r < rows; ++r) {
    features.numbers.push_back(static_cast<float>(r) / 10);
    features.codes.push_back(static_cast<int32_t>(r % 7));
    columns.rows.push_back(1000 + r);
    columns.labels.push_back(static_cast<int32_t>(r % 3));
    all.push_back(r);
  }
  RowFileWriter writer(folder / "rows", {.numbers = 1, .codes = 1, .classification = true});
  const std::vector<int64_t> first(all.begin(), all.begin() + rows / 2);
  writer.Add(features, columns, first);
  writer.Add(features, columns, {all.begin() + rows / 2, all.end()});
  EXPECT_EQ(writer.rows(), rows);
  writer.Finish();
  return folder / "rows";
}

constexpr StreamFeedOptions kSmall = {
    .batch = 10, .seed = 3, .window_rows = 64, .block_rows = 16, .class_weights = {}};

std::vector<int64_t> RowsOf(Feed& feed, int64_t epoch, int64_t from_batch = 0) {
  feed.StartEpoch(epoch, {}, from_batch);
  std::vector<int64_t> rows;
  Batch batch;
  while (feed.Next(&batch)) rows.insert(rows.end(), batch.rows.begin(), batch.rows.end());
  return rows;
}

TEST(StreamFeed, VisitsEveryRowOnceInAnOrderOfTheEpoch) {
  const TemporaryFolder folder;
  const auto feed =
      MakeStreamFeed(std::make_shared<RowFile>(WriteRows(folder.path(), 333)), kSmall);
  std::vector<int64_t> rows = RowsOf(*feed, 1);
  EXPECT_EQ(rows, RowsOf(*feed, 1));
  EXPECT_NE(rows, RowsOf(*feed, 2));
  EXPECT_FALSE(std::ranges::is_sorted(rows));
  std::ranges::sort(rows);
  ASSERT_EQ(rows.size(), 333u);
  for (size_t i = 0; i < rows.size(); ++i) EXPECT_EQ(rows[i], 1000 + static_cast<int64_t>(i));
}

TEST(StreamFeed, ResumesAtAnyBatch) {
  const TemporaryFolder folder;
  const auto feed =
      MakeStreamFeed(std::make_shared<RowFile>(WriteRows(folder.path(), 333)), kSmall);
  const std::vector<int64_t> whole = RowsOf(*feed, 4);
  for (const int64_t from : {0, 1, 6, 7, 20, 33}) {
    const std::vector<int64_t> rest(whole.begin() + from * 10, whole.end());
    EXPECT_EQ(RowsOf(*feed, 4, from), rest) << from;
  }
}

TEST(StreamFeed, GivesWhatWasWritten) {
  const TemporaryFolder folder;
  StreamFeedOptions options = kSmall;
  options.class_weights = {1, 2, 3};
  const auto feed =
      MakeStreamFeed(std::make_shared<RowFile>(WriteRows(folder.path(), 100)), options);
  feed->StartEpoch(1, {});
  Batch batch;
  int64_t seen = 0;
  while (feed->Next(&batch)) {
    for (int64_t i = 0; i < batch.size(); ++i, ++seen) {
      const int64_t r = batch.rows[static_cast<size_t>(i)] - 1000;
      EXPECT_FLOAT_EQ(batch.numbers[i][0].item<float>(), static_cast<float>(r) / 10);
      EXPECT_EQ(batch.codes[i][0].item<int64_t>(), r % 7);
      EXPECT_EQ(batch.labels[i].item<int64_t>(), r % 3);
      EXPECT_EQ(batch.weights[i].item<float>(), static_cast<float>(1 + r % 3));
    }
  }
  EXPECT_EQ(seen, 100);
}

TEST(StreamFeed, LeavesASmallLastBatchOut) {
  const TemporaryFolder folder;
  StreamFeedOptions options = kSmall;
  options.smallest_batch = 2;
  const auto feed =
      MakeStreamFeed(std::make_shared<RowFile>(WriteRows(folder.path(), 101)), options);
  EXPECT_EQ(feed->Batches(101), 10);
  EXPECT_EQ(RowsOf(*feed, 1).size(), 100u);
}

TEST(RowFile, RefusesWhatIsCutOrForeign) {
  const TemporaryFolder folder;
  const auto path = WriteRows(folder.path(), 50);
  std::filesystem::resize_file(path, std::filesystem::file_size(path) - 4);
  EXPECT_THROW(RowFile{path}, Error);
  WriteFileAtomic(folder.path() / "other", "something else altogether, long enough for a header");
  EXPECT_THROW(RowFile{folder.path() / "other"}, Error);
  EXPECT_THROW(RowFile{folder.path() / "none"}, Error);
}

}  // namespace
}  // namespace bottega
