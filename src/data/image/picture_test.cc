#include "data/image/picture.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "base/error.h"
#include "base/json.h"
#include "base/test_folders.h"
#include "data/image/exif.h"
#include "data/image/jpeg.h"
#include "data/image/test_picture.h"

namespace bottega {
namespace {

std::string FromBase64(const std::string& text) {
  const std::string digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  uint32_t value = 0;
  int bits = 0;
  for (const char c : text) {
    if (c == '=') break;
    value = value << 6 | static_cast<uint32_t>(digits.find(c));
    if ((bits += 6) >= 8) out += static_cast<char>(value >> (bits -= 8) & 255);
  }
  return out;
}

int LargestDifference(const std::vector<uint8_t>& ours, const Json& theirs) {
  if (ours.size() != theirs.size()) return 256;
  int largest = 0;
  for (size_t i = 0; i < ours.size(); ++i) {
    largest = std::max(largest, std::abs(ours[i] - theirs[i].get<int>()));
  }
  return largest;
}

const Json& Reference() {
  static const Json reference = ReadJson(TestReference("pictures.json"));
  return reference;
}

// A photograph-like picture: smooth, with some edges.
Picture Scene(int width, int height) {
  return Resize(Formula(width / 16, height / 16), width, height);
}

double MeanDifference(const Picture& a, const Picture& b) {
  double sum = 0;
  for (size_t i = 0; i < a.rgb.size(); ++i) sum += std::abs(a.rgb[i] - b.rgb[i]);
  return sum / static_cast<double>(a.rgb.size());
}

template <class Call>
Error ErrorOf(Call call) {
  try {
    call();
  } catch (const Error& error) {
    return error;
  }
  return Error(ErrorKind::kInternal, "no error");
}

TEST(Picture, EveryKindOfFileReadsAsPillowReadsIt) {
  int files = 0;
  for (const Json& file : Reference()["files"]) {
    SCOPED_TRACE(file["name"].get<std::string>());
    const std::string bytes = FromBase64(file["base64"]);
    const Picture picture = DecodePicture(bytes, {}, "x");
    const PictureInfo info = ReadPictureInfo(bytes, "x");
    EXPECT_EQ(picture.width, file["width"]);
    EXPECT_EQ(picture.height, file["height"]);
    EXPECT_EQ(info.width, picture.width);
    EXPECT_EQ(info.height, picture.height);
    EXPECT_FALSE(picture.truncated);
    EXPECT_LE(LargestDifference(picture.rgb, file["rgb"]), file["tolerance"].get<int>());
    ++files;
  }
  EXPECT_EQ(files, 25);
}

TEST(Picture, ResizeIsWithinOneLevelOfPillow) {
  int cases = 0;
  for (const Json& item : Reference()["resizes"]) {
    SCOPED_TRACE(item["from"].dump() + item["to"].dump());
    const Json& box = item["box"];
    const Picture from = Formula(item["from"][0], item["from"][1]);
    const Picture to = ResizeCrop(from,
                                  {box[0], box[1], box[2].get<double>() - box[0].get<double>(),
                                   box[3].get<double>() - box[1].get<double>()},
                                  item["to"][0], item["to"][1]);
    EXPECT_LE(LargestDifference(to.rgb, item["rgb"]), 1);
    ++cases;
  }
  EXPECT_EQ(cases, 8);
}

TEST(Picture, ResizeKeepsEvenAreasEven) {
  Picture even{.width = 301, .height = 199};
  even.rgb.assign(size_t{3} * 301 * 199, 201);
  for (const int side : {1, 7, 64, 500}) {
    for (const uint8_t value : Resize(even, side, side).rgb) ASSERT_EQ(value, 201);
  }
}

TEST(Picture, CropOfAJpegEqualsCropOfItsPixelsAtFullScale) {
  const std::string bytes = EncodeJpeg(Scene(400, 304), 92);
  const Picture whole = DecodePicture(bytes, {}, "x");
  for (const CropBox box : {CropBox{0, 0, 400, 304}, CropBox{133, 77, 150, 120},
                            CropBox{280, 200, 120, 104}, CropBox{17.5, 3.25, 90.5, 200}}) {
    const Picture fast = DecodeCrop(bytes, [&](int, int) { return box; }, 160, 160, "x");
    EXPECT_EQ(fast.rgb, ResizeCrop(whole, box, 160, 160).rgb) << box.left;
  }
}

TEST(Picture, ScaledCropStaysNearTheFullDecode) {
  const std::string bytes = EncodeJpeg(Resize(Formula(20, 16), 800, 640), 92);
  const CropBox box{31, 47, 700, 560};
  const Picture fast = DecodeCrop(bytes, [&](int, int) { return box; }, 80, 64, "x");
  const Picture slow = ResizeCrop(DecodePicture(bytes, {}, "x"), box, 80, 64);
  EXPECT_LT(MeanDifference(fast, slow), 1.5);
}

TEST(Picture, CropOfATurnedJpegIsCutFromThePictureAsMeant) {
  int files = 0;
  for (const Json& file : Reference()["files"]) {
    if (!file["name"].get<std::string>().starts_with("jpeg orientation")) continue;
    const std::string bytes = FromBase64(file["base64"]);
    const Picture whole = DecodePicture(bytes, {}, "x");
    const CropBox box{1, 0, 3, 4};
    const Picture part = DecodeCrop(bytes, [&](int, int) { return box; }, 3, 4, "x");
    EXPECT_EQ(part.rgb, ResizeCrop(whole, box, 3, 4).rgb) << file["name"];
    ++files;
  }
  EXPECT_EQ(files, 8);
}

TEST(Picture, MinSideDecodesAJpegAtASmallerScale) {
  const std::string bytes = EncodeJpeg(Scene(400, 304), 90);
  EXPECT_EQ(DecodePicture(bytes, {.min_side = 304}, "x").height, 304);
  EXPECT_EQ(DecodePicture(bytes, {.min_side = 100}, "x").height, 152);
  EXPECT_EQ(DecodePicture(bytes, {.min_side = 20}, "x").height, 38);
}

TEST(Picture, HugeJpegIsScaledAndHugePngRefused) {
  const Picture scene = Scene(640, 480);
  const DecodeOptions options{.max_pixels = 100'000};
  EXPECT_EQ(DecodePicture(EncodeJpeg(scene, 80), options, "x").width, 320);
  const Error error = ErrorOf([&] { DecodePicture(EncodePng(scene), options, "big.png"); });
  EXPECT_EQ(error.kind(), ErrorKind::kData);
  EXPECT_EQ(error.place().file, "big.png");
}

TEST(Picture, TruncatedFilesGiveWhatIsThere) {
  const Picture scene = Scene(160, 160);
  constexpr int kCertainRows = 32;
  for (const std::string& bytes : {EncodeJpeg(scene, 90), EncodePng(scene)}) {
    const Picture part =
        DecodePicture(std::string_view(bytes).substr(0, bytes.size() / 2), {}, "x");
    const Picture whole = DecodePicture(bytes, {}, "x");
    EXPECT_TRUE(part.truncated);
    EXPECT_FALSE(whole.truncated);
    EXPECT_EQ(part.rgb.size(), whole.rgb.size());
    EXPECT_TRUE(
        std::equal(part.rgb.begin(), part.rgb.begin() + 160 * 3 * kCertainRows, whole.rgb.begin()));
    EXPECT_NEAR(part.rgb.back(), 128, 1);
  }
}

TEST(Picture, WhatIsNoPictureIsAnErrorWithItsFile) {
  for (const std::string& bytes :
       {std::string(), std::string("GIF89a"), std::string("\xFF\xD8\xFF"),
        std::string("\x89PNG\r\n\x1A\n"), std::string("RIFF1234WEBPVP8 ")}) {
    for (const bool whole : {true, false}) {
      const Error error = ErrorOf([&] {
        if (whole) DecodePicture(bytes, {}, "a.jpg");
        ReadPictureInfo(bytes, "a.jpg");
      });
      EXPECT_EQ(error.kind(), ErrorKind::kData) << bytes;
      EXPECT_EQ(error.place().file, "a.jpg");
    }
  }
}

TEST(Picture, PngRoundTripIsExact) {
  const Picture picture = Formula(33, 17);
  EXPECT_EQ(DecodePicture(EncodePng(picture), {}, "x").rgb, picture.rgb);
}

TEST(Exif, DamagedBlocksMeanUpright) {
  const std::string good("II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0", 22);
  EXPECT_EQ(ExifOrientation(good), 6);
  for (size_t n = 0; n < good.size(); ++n) ExifOrientation(std::string_view(good).substr(0, n));
  EXPECT_EQ(ExifOrientation("II*"), 1);
  EXPECT_EQ(ExifOrientation(""), 1);
}

}  // namespace
}  // namespace bottega
