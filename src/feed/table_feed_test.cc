#include <gtest/gtest.h>

#include <cmath>

#include "feed/feed.h"

namespace bottega {
namespace {

// Row i: numbers 10 i and 10 i + 1, code i; record number 100 + i.
std::shared_ptr<const Features> SevenRows() {
  auto features = std::make_shared<Features>();
  features->rows = 7;
  features->number_names = {"a", "b"};
  features->code_names = {"c"};
  features->cardinality = {8};
  for (int i = 0; i < 7; ++i) {
    features->numbers.push_back(static_cast<float>(10 * i));
    features->numbers.push_back(static_cast<float>(10 * i + 1));
    features->codes.push_back(i);
  }
  return features;
}

FeedColumns Columns() {
  FeedColumns columns;
  for (int64_t i = 0; i < 7; ++i) columns.rows.push_back(100 + i);
  return columns;
}

std::unique_ptr<Feed> MakeFeed(const FeedColumns& columns, const TableFeedOptions& options,
                               std::vector<int64_t> positions = {0, 1, 2, 3, 4, 5, 6}) {
  return MakeTableFeed(SevenRows(), std::make_shared<const FeedColumns>(columns),
                       std::move(positions), options);
}

template <class T>
std::vector<T> Values(const at::Tensor& tensor) {
  const T* data = tensor.data_ptr<T>();
  return {data, data + tensor.numel()};
}

TEST(TableFeedTest, BatchesHoldTheRowsThatTheOrderNames) {
  FeedColumns columns = Columns();
  columns.labels = {0, 1, 2, 0, 1, 2, 0};
  const auto feed = MakeFeed(columns, {.batch = 2}, {6, 4, 2});
  EXPECT_EQ(feed->rows(), 3);
  EXPECT_EQ(feed->Batches(3), 2);
  feed->StartEpoch(0, {2, 0, 1});
  Batch batch;
  ASSERT_TRUE(feed->Next(&batch));
  EXPECT_EQ(batch.rows, (std::vector<int64_t>{102, 106}));
  EXPECT_EQ(batch.numbers.sizes(), (std::vector<int64_t>{2, 2}));
  EXPECT_EQ(Values<float>(batch.numbers), (std::vector<float>{20, 21, 60, 61}));
  EXPECT_EQ(Values<int64_t>(batch.codes), (std::vector<int64_t>{2, 6}));
  EXPECT_EQ(Values<int64_t>(batch.labels), (std::vector<int64_t>{2, 0}));
  EXPECT_FALSE(batch.weights.defined());
  EXPECT_FALSE(batch.pictures.defined());
  EXPECT_FALSE(batch.values.defined());
  ASSERT_TRUE(feed->Next(&batch));
  EXPECT_EQ(batch.rows, (std::vector<int64_t>{104}));
  EXPECT_FALSE(feed->Next(&batch));
  EXPECT_FALSE(feed->Next(&batch));
  EXPECT_TRUE(feed->Failed().empty());
}

TEST(TableFeedTest, ASmallLastBatchIsLeftOut) {
  const auto feed = MakeFeed(Columns(), {.batch = 3, .smallest_batch = 2});
  EXPECT_EQ(feed->Batches(7), 2);
  EXPECT_EQ(feed->Batches(8), 3);
  EXPECT_EQ(feed->Batches(6), 2);
  EXPECT_EQ(feed->Batches(1), 0);
  EXPECT_EQ(feed->Batches(0), 0);
  feed->StartEpoch(0, SequentialOrder(7));
  Batch batch;
  int64_t rows = 0;
  while (feed->Next(&batch)) rows += batch.size();
  EXPECT_EQ(rows, 6);
}

TEST(TableFeedTest, BeginsWhereItIsTold) {
  const auto feed = MakeFeed(Columns(), {.batch = 2});
  feed->StartEpoch(3, ShuffledOrder(7, 1, 3));
  Batch batch;
  std::vector<std::vector<int64_t>> all;
  while (feed->Next(&batch)) all.push_back(batch.rows);
  ASSERT_EQ(all.size(), 4u);
  feed->StartEpoch(3, ShuffledOrder(7, 1, 3), 2);
  for (size_t i = 2; i < 4; ++i) {
    ASSERT_TRUE(feed->Next(&batch));
    EXPECT_EQ(batch.rows, all[i]);
  }
  EXPECT_FALSE(feed->Next(&batch));
  feed->StartEpoch(3, ShuffledOrder(7, 1, 3), 4);
  EXPECT_FALSE(feed->Next(&batch));
}

TEST(TableFeedTest, UnknownTargetsWeighNothing) {
  FeedColumns columns = Columns();
  columns.labels = {0, -1, 2, 0, 1, 2, 0};
  columns.weights = {2, 3, 0.5f, 1, 1, 1, 1};
  Batch batch;
  const auto feed = MakeFeed(columns, {.batch = 3});
  feed->StartEpoch(0, {0, 1, 2});
  ASSERT_TRUE(feed->Next(&batch));
  EXPECT_EQ(Values<int64_t>(batch.labels), (std::vector<int64_t>{0, 0, 2}));
  EXPECT_EQ(Values<float>(batch.weights), (std::vector<float>{2, 0, 0.5f}));

  FeedColumns numbers = Columns();
  numbers.values = {1.5f, std::nanf(""), 3, 4, 5, 6, 7};
  const auto regression = MakeFeed(numbers, {.batch = 3});
  regression->StartEpoch(0, SequentialOrder(6));
  ASSERT_TRUE(regression->Next(&batch));
  EXPECT_EQ(Values<float>(batch.values), (std::vector<float>{1.5f, 0, 3}));
  EXPECT_EQ(Values<float>(batch.weights), (std::vector<float>{1, 0, 1}));
  ASSERT_TRUE(regression->Next(&batch));
  EXPECT_FALSE(batch.weights.defined());
}

TEST(TableFeedTest, RepeatedRowsAndAbsentParts) {
  auto features = std::make_shared<Features>();
  features->rows = 7;
  features->code_names = {"c"};
  features->codes = {0, 1, 2, 3, 4, 5, 6};
  const auto feed =
      MakeTableFeed(features, std::make_shared<const FeedColumns>(Columns()), {3, 5}, {.batch = 9});
  feed->StartEpoch(0, {1, 1, 0, 1});
  Batch batch;
  ASSERT_TRUE(feed->Next(&batch));
  EXPECT_EQ(Values<int64_t>(batch.codes), (std::vector<int64_t>{5, 5, 3, 5}));
  EXPECT_FALSE(batch.numbers.defined());
  EXPECT_FALSE(batch.labels.defined());
}

}  // namespace
}  // namespace bottega
