#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "base/files.h"
#include "base/progress.h"
#include "data/io/folder.h"
#include "feed/augmentations_specs.h"
#include "feed/feed.h"

namespace bottega {
namespace {

constexpr int64_t kPictures = 13;
constexpr int kSide = 16;

// Cell "n" is a drawing of 24 x 20 pixels; "bad" is damaged, "fault" a fault of ours.
class Drawings : public PictureSource {
 public:
  Picture Load(const std::string& cell, const DecodeOptions&) const override {
    if (cell == "bad") throw Error(ErrorKind::kData, "damaged", {.file = cell});
    if (cell == "fault") throw Error(ErrorKind::kInternal, "a fault of ours");
    const int n = std::stoi(cell);
    Picture picture{.width = 24, .height = 20};
    for (int i = 0; i < 24 * 20 * 3; ++i) {
      picture.rgb.push_back(static_cast<uint8_t>((i / 3 * 5 + i % 3 * 90 + n * 31) % 256));
    }
    return picture;
  }
};

Json AllAugmentations(const std::string& but = "") {
  Json list = Json::array();
  for (const Spec* spec : AugmentationSpecs()) {
    if (spec->name == but) continue;
    Json settings = {{"name", spec->name}};
    for (const Param& param : spec->params) settings[param.name] = param.fallback;
    list.push_back(settings);
  }
  return list;
}

PictureFeedOptions Training() {
  return {.batch = 4,
          .picture_size = kSide,
          .training = true,
          .seed = 7,
          .augment = AllAugmentations(),
          .workers = 1};
}

std::vector<std::string> GoodCells() {
  std::vector<std::string> cells;
  for (int64_t i = 0; i < kPictures; ++i) cells.push_back(std::to_string(i));
  return cells;
}

// Record number of position i: 50 + i.
std::unique_ptr<Feed> MakeFeed(const PictureFeedOptions& options,
                               const std::vector<std::string>& cells = GoodCells(),
                               std::shared_ptr<const PictureSource> source = nullptr) {
  auto columns = std::make_shared<FeedColumns>();
  std::vector<int64_t> positions;
  for (size_t i = 0; i < cells.size(); ++i) {
    columns->rows.push_back(50 + static_cast<int64_t>(i));
    columns->labels.push_back(static_cast<int32_t>(i % 2));
    positions.push_back(static_cast<int64_t>(i));
  }
  if (!source) source = std::make_shared<Drawings>();
  return MakePictureFeed(source, std::make_shared<const std::vector<std::string>>(cells), columns,
                         positions, options);
}

using Pixels = std::map<int64_t, std::vector<float>>;  // by record number

std::vector<float> PixelsOf(const Batch& batch, int64_t i) {
  const at::Tensor picture = batch.pictures[i].contiguous();
  const float* data = picture.data_ptr<float>();
  return {data, data + picture.numel()};
}

Pixels Epoch(Feed* feed, int64_t epoch, const std::vector<int64_t>& order, int64_t from_batch = 0) {
  feed->StartEpoch(epoch, order, from_batch);
  Pixels pixels;
  Batch batch;
  while (feed->Next(&batch)) {
    for (int64_t i = 0; i < batch.size(); ++i) {
      pixels[batch.rows[static_cast<size_t>(i)]] = PixelsOf(batch, i);
    }
  }
  return pixels;
}

class PictureFeedTest : public testing::Test {
 protected:
  void SetUp() override { SetQuiet(true); }
  void TearDown() override { SetQuiet(false); }
};

TEST_F(PictureFeedTest, PixelsDependOnSeedEpochAndRowAlone) {
  const Pixels expected = Epoch(MakeFeed(Training()).get(), 2, SequentialOrder(kPictures));
  ASSERT_EQ(expected.size(), size_t{kPictures});
  for (const int workers : {1, 3}) {
    for (const int64_t batch : {1, 5, 32}) {
      PictureFeedOptions options = Training();
      options.workers = workers;
      options.batch = batch;
      options.prefetch = workers;
      const auto feed = MakeFeed(options);
      EXPECT_EQ(Epoch(feed.get(), 2, SequentialOrder(kPictures)), expected);
      EXPECT_EQ(Epoch(feed.get(), 2, ShuffledOrder(kPictures, 1, 0)), expected);
      for (const auto& [row, pixels] : Epoch(feed.get(), 2, SequentialOrder(kPictures), 1)) {
        EXPECT_EQ(pixels, expected.at(row));
      }
    }
  }
}

TEST_F(PictureFeedTest, EpochsAndSeedsDiffer) {
  const auto feed = MakeFeed(Training());
  const Pixels first = Epoch(feed.get(), 0, SequentialOrder(kPictures));
  const Pixels second = Epoch(feed.get(), 1, SequentialOrder(kPictures));
  EXPECT_EQ(Epoch(feed.get(), 0, SequentialOrder(kPictures)), first);
  PictureFeedOptions options = Training();
  options.seed = 8;
  const Pixels other = Epoch(MakeFeed(options).get(), 0, SequentialOrder(kPictures));
  for (const auto& [row, pixels] : first) {
    EXPECT_NE(pixels, second.at(row)) << row;
    EXPECT_NE(pixels, other.at(row)) << row;
  }
}

TEST_F(PictureFeedTest, KeepingPicturesChangesNothing) {
  for (const bool crop : {false, true}) {
    PictureFeedOptions options = Training();
    if (!crop) options.augment = AllAugmentations("crop");
    const auto kept = MakeFeed(options);
    options.cache_bytes = 0;
    const auto decoded = MakeFeed(options);
    for (const int64_t epoch : {0, 1, 1}) {
      EXPECT_EQ(Epoch(kept.get(), epoch, SequentialOrder(kPictures)),
                Epoch(decoded.get(), epoch, SequentialOrder(kPictures)));
    }
  }
}

TEST_F(PictureFeedTest, WithoutTrainingTheMiddleSquareIsNormalized) {
  PictureFeedOptions options = Training();
  options.training = false;
  options.mean = {0.1f, 0.2f, 0.3f};
  options.deviation = {0.5f, 0.25f, 1.0f};
  const Pixels planes = Epoch(MakeFeed(options).get(), 0, SequentialOrder(kPictures));
  for (int64_t n = 0; n < kPictures; ++n) {
    const Picture picture =
        ResizeCrop(Drawings().Load(std::to_string(n), {}), {2, 0, 20, 20}, kSide, kSide);
    const std::vector<float>& pixels = planes.at(50 + n);
    for (size_t i = 0; i < kSide * kSide; ++i) {
      for (size_t c = 0; c < 3; ++c) {
        ASSERT_NEAR(pixels[c * kSide * kSide + i],
                    (picture.rgb[3 * i + c] / 255.0f - options.mean[c]) / options.deviation[c],
                    1e-5);
      }
    }
  }
  options.channels_last = true;
  const auto feed = MakeFeed(options);
  feed->StartEpoch(0, SequentialOrder(kPictures));
  Batch batch;
  ASSERT_TRUE(feed->Next(&batch));
  EXPECT_TRUE(batch.pictures.is_contiguous(at::MemoryFormat::ChannelsLast));
  EXPECT_EQ(batch.pictures.sizes(), (std::vector<int64_t>{4, 3, kSide, kSide}));
  EXPECT_EQ(Epoch(feed.get(), 0, SequentialOrder(kPictures)), planes);
}

TEST_F(PictureFeedTest, BatchesKeepWhatTheyHold) {
  PictureFeedOptions options = Training();
  options.workers = 3;
  const auto feed = MakeFeed(options);
  feed->StartEpoch(0, SequentialOrder(kPictures));
  Batch first;
  ASSERT_TRUE(feed->Next(&first));
  EXPECT_EQ(first.rows, (std::vector<int64_t>{50, 51, 52, 53}));
  const at::Tensor copy = first.pictures.clone();
  for (int64_t epoch = 0; epoch < 5; ++epoch) Epoch(feed.get(), epoch, SequentialOrder(kPictures));
  EXPECT_TRUE(first.pictures.equal(copy));
}

TEST_F(PictureFeedTest, CountsBatches) {
  PictureFeedOptions options = Training();
  options.smallest_batch = 2;
  const auto feed = MakeFeed(options);
  EXPECT_EQ(feed->rows(), kPictures);
  EXPECT_EQ(feed->Batches(kPictures), 3);
  EXPECT_EQ(feed->Batches(14), 4);
  EXPECT_EQ(Epoch(feed.get(), 0, SequentialOrder(kPictures)).size(), 12u);
}

TEST_F(PictureFeedTest, DamagedPicturesAreGrayAndWeighNothing) {
  std::vector<std::string> cells = GoodCells();
  cells[2] = cells[11] = "bad";
  PictureFeedOptions options = Training();
  options.workers = 3;
  const auto feed = MakeFeed(options, cells);
  EXPECT_TRUE(feed->Failed().empty());
  for (int64_t epoch = 0; epoch < 2; ++epoch) {
    feed->StartEpoch(epoch, SequentialOrder(kPictures));
    Batch batch;
    int64_t weightless = 0;
    while (feed->Next(&batch)) {
      for (int64_t i = 0; i < batch.size(); ++i) {
        const int64_t row = batch.rows[static_cast<size_t>(i)];
        const bool bad = row == 52 || row == 61;
        const float weight = batch.weights.defined() ? batch.weights[i].item<float>() : 1;
        EXPECT_EQ(weight, bad ? 0 : 1);
        EXPECT_EQ(batch.labels[i].item<int64_t>(), (row - 50) % 2);
        const std::vector<float> pixels = PixelsOf(batch, i);
        const auto zeros = std::ranges::count(pixels, 0.0f);
        EXPECT_EQ(zeros == static_cast<int64_t>(pixels.size()), bad) << row;
        weightless += weight == 0;
      }
    }
    EXPECT_EQ(weightless, 2);
    const auto failed = feed->Failed();
    ASSERT_EQ(failed.size(), 2u);
    EXPECT_TRUE(failed.contains(52) && failed.contains(61));
  }
}

TEST_F(PictureFeedTest, AFaultOfOursReachesNext) {
  std::vector<std::string> cells = GoodCells();
  cells[9] = "fault";
  PictureFeedOptions options = Training();
  options.workers = 2;
  const auto feed = MakeFeed(options, cells);
  feed->StartEpoch(0, SequentialOrder(kPictures));
  const auto all = [&] {
    Batch batch;
    while (feed->Next(&batch)) {
    }
  };
  EXPECT_THROW(all(), Error);
  Batch batch;
  EXPECT_FALSE(feed->Next(&batch));
  EXPECT_EQ(Epoch(feed.get(), 0, SequentialOrder(9)).size(), 9u);
}

TEST_F(PictureFeedTest, EndsEarly) {
  PictureFeedOptions options = Training();
  options.workers = 4;
  for (int i = 0; i < 20; ++i) {
    const auto feed = MakeFeed(options);
    feed->StartEpoch(0, SequentialOrder(kPictures));
    Batch batch;
    if (i % 2) EXPECT_TRUE(feed->Next(&batch));
  }
}

TEST_F(PictureFeedTest, FilesOfAFolder) {
  const TemporaryFolder folder;
  const Picture drawing = Drawings().Load("3", {});
  WriteFileAtomic(folder.path() / "a" / "0.jpg", EncodeJpeg(drawing, 95));
  WriteFileAtomic(folder.path() / "b" / "0.png", EncodePng(drawing));
  const Dataset data = ReadPictureFolder(folder.path(), Json::object());
  WriteFileAtomic(folder.path() / "a" / "0.jpg", "damaged since");
  PictureFeedOptions options = Training();
  options.training = false;
  options.mean = {0, 0, 0};
  options.deviation = {1, 1, 1};
  const auto feed = MakeFeed(options, {"a/0.jpg", "b/0.png", "b/gone.png"}, OpenPictures(data));
  const Pixels pixels = Epoch(feed.get(), 0, SequentialOrder(3));
  const auto failed = feed->Failed();
  ASSERT_EQ(failed.size(), 2u);
  EXPECT_EQ(failed.at(50), "this is no JPEG, PNG or WebP picture");
  EXPECT_TRUE(failed.contains(52));
  const Picture part = ResizeCrop(drawing, {2, 0, 20, 20}, kSide, kSide);
  for (size_t i = 0; i < kSide * kSide; ++i) {
    ASSERT_NEAR(pixels.at(51)[i], part.rgb[3 * i] / 255.0f, 1e-5);
  }
}

}  // namespace
}  // namespace bottega
