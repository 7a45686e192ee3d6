#include "data/image/region.h"

#include <gtest/gtest.h>
#include <png.h>
#include <webp/encode.h>

#include <cstdio>
#include <cstdlib>
#include <string>
// jpeglib.h wants size_t and FILE first.
#include <jpeglib.h>

#include "base/error.h"
#include "data/image/picture.h"
#include "data/image/test_picture.h"

namespace bottega {
namespace {

// A photograph-like picture: smooth, with some edges.
Picture Scene(int width, int height) { return Resize(Formula(20, 16), width, height); }

std::string Webp(const Picture& picture, bool lossless) {
  uint8_t* bytes = nullptr;
  const int stride = 3 * picture.width;
  const size_t size =
      lossless
          ? WebPEncodeLosslessRGB(picture.rgb.data(), picture.width, picture.height, stride, &bytes)
          : WebPEncodeRGB(picture.rgb.data(), picture.width, picture.height, stride, 90, &bytes);
  std::string out(reinterpret_cast<const char*>(bytes), size);
  WebPFree(bytes);
  return out;
}

std::string InterlacedPng(const Picture& picture) {
  std::string out;
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png_create_info_struct(png);
  const auto append = [](png_structp to, png_bytep from, size_t size) {
    static_cast<std::string*>(png_get_io_ptr(to))->append(reinterpret_cast<char*>(from), size);
  };
  png_set_write_fn(png, &out, append, nullptr);
  png_set_IHDR(png, info, static_cast<png_uint_32>(picture.width),
               static_cast<png_uint_32>(picture.height), 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_ADAM7,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  std::vector<png_bytep> rows;
  for (int y = 0; y < picture.height; ++y) {
    rows.push_back(const_cast<uint8_t*>(picture.rgb.data()) +
                   static_cast<ptrdiff_t>(y) * picture.width * 3);
  }
  png_write_info(png, info);
  png_write_image(png, rows.data());
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  return out;
}

std::string ProgressiveJpeg(const Picture& picture) {
  jpeg_compress_struct info{};
  jpeg_error_mgr errors;
  info.err = jpeg_std_error(&errors);
  jpeg_create_compress(&info);
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&info, &bytes, &size);
  info.image_width = static_cast<JDIMENSION>(picture.width);
  info.image_height = static_cast<JDIMENSION>(picture.height);
  info.input_components = 3;
  info.in_color_space = JCS_RGB;
  jpeg_set_defaults(&info);
  jpeg_simple_progression(&info);
  jpeg_start_compress(&info, TRUE);
  for (int y = 0; y < picture.height; ++y) {
    auto* row =
        const_cast<uint8_t*>(picture.rgb.data()) + static_cast<ptrdiff_t>(y) * picture.width * 3;
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  std::string out(reinterpret_cast<const char*>(bytes), size);
  std::free(bytes);
  return out;
}

double MeanDifference(const Picture& a, const Picture& b) {
  if (a.rgb.size() != b.rgb.size()) return 256;
  double sum = 0;
  for (size_t i = 0; i < a.rgb.size(); ++i) sum += std::abs(a.rgb[i] - b.rgb[i]);
  return sum / static_cast<double>(a.rgb.size());
}

TEST(RowReducer, EachPixelIsTheMeanOfItsBlock) {
  const Picture picture = Formula(11, 9);
  const auto pixel = [&](int x, int y) { return picture.rgb[static_cast<size_t>(y * 11 + x) * 3]; };
  std::vector<uint8_t> out(3 * 2 * 2);
  RowReducer rows(11, 9, 4, {1, 1, 2, 2}, out.data());
  EXPECT_EQ(rows.first_row(), 4);
  EXPECT_EQ(rows.end_row(), 9);
  for (int y = 4; y < 9; ++y) rows.Add(picture.rgb.data() + static_cast<ptrdiff_t>(y) * 33);
  int inner = 0, corner = 0;
  for (int y = 4; y < 8; ++y) {
    for (int x = 4; x < 8; ++x) inner += pixel(x, y);
  }
  for (int x = 8; x < 11; ++x) corner += pixel(x, 8);
  EXPECT_EQ(out[0], (inner + 8) / 16);
  EXPECT_EQ(out[9], (corner + 1) / 3);
}

TEST(Region, CropOfEveryFormatEqualsCropOfItsPixels) {
  const Picture scene = Scene(400, 304);
  for (const std::string& bytes :
       {EncodePng(scene), InterlacedPng(scene), Webp(scene, true), Webp(scene, false)}) {
    const Picture whole = DecodePicture(bytes, {}, "x");
    for (const CropBox box : {CropBox{0, 0, 400, 304}, CropBox{133, 77, 150, 120},
                              CropBox{280, 200, 120, 104}, CropBox{17.5, 3.25, 90.5, 200}}) {
      const Picture part = DecodeCrop(bytes, [&](int, int) { return box; }, 50, 40, "x");
      EXPECT_EQ(part.rgb, ResizeCrop(whole, box, 50, 40).rgb) << bytes.size() << " " << box.left;
    }
  }
}

TEST(Region, LargePicturesAreReducedWhileTheyAreRead) {
  const Picture scene = Scene(2400, 1800);
  const CropBox box{0, 100, 2390, 1690};
  const auto choose = [&](int, int) { return box; };
  const Picture exact = Resize(scene, 300, 225), exact_part = ResizeCrop(scene, box, 239, 169);
  for (const std::string& bytes : {EncodePng(scene), InterlacedPng(scene), Webp(scene, false)}) {
    const Picture small = DecodePicture(bytes, {.min_side = 225}, "x");
    EXPECT_EQ(small.width, 300);
    EXPECT_EQ(small.height, 225);
    // Against the triangle filter, a box is a little sharper.
    EXPECT_LT(MeanDifference(small, exact), 1.5);
    EXPECT_LT(MeanDifference(DecodePicture(bytes, {}, "x"), scene), 1.5);
    EXPECT_LT(MeanDifference(DecodeCrop(bytes, choose, 239, 169, "x"), exact_part), 1.5);
  }
}

TEST(Region, SizesThatAreNoMultipleOfTheScale) {
  const Picture scene = Scene(2403, 1701);
  for (const std::string& bytes : {EncodePng(scene), Webp(scene, false)}) {
    const Picture small = DecodePicture(bytes, {.min_side = 64}, "x");
    EXPECT_EQ(small.width, 301);
    EXPECT_EQ(small.height, 213);
    EXPECT_LT(MeanDifference(small, Resize(scene, 301, 213)), 2.5);
  }
}

TEST(Region, ALargePngThatEndsEarlyIsGrayBelow) {
  std::string bytes = EncodePng(Scene(2400, 1800));
  bytes.resize(bytes.size() / 2);
  const Picture small = DecodePicture(bytes, {.min_side = 100}, "x");
  EXPECT_TRUE(small.truncated);
  EXPECT_EQ(small.rgb.size(), size_t{3} * 300 * 225);
  EXPECT_EQ(small.rgb.back(), 128);
}

TEST(WhyTooLarge, KnowsWhatCanOnlyBeDecodedWhole) {
  const Picture scene = Scene(64, 48);
  const int64_t pixels = int64_t{64} * 48;
  EXPECT_EQ(ReadPictureInfo(EncodePng(scene), "x").whole_bytes, 0);
  EXPECT_EQ(ReadPictureInfo(EncodeJpeg(scene, 90), "x").whole_bytes, 0);
  EXPECT_EQ(ReadPictureInfo(Webp(scene, false), "x").whole_bytes, 0);
  EXPECT_EQ(ReadPictureInfo(InterlacedPng(scene), "x").whole_bytes, 4 * pixels);
  EXPECT_EQ(ReadPictureInfo(Webp(scene, true), "x").whole_bytes, 4 * pixels);
  // Chroma is halved in both directions: one and a half coefficients a pixel.
  EXPECT_EQ(ReadPictureInfo(ProgressiveJpeg(scene), "x").whole_bytes, 3 * pixels);

  PictureInfo info{.format = "png", .width = 9000, .height = 9000};
  EXPECT_EQ(WhyTooLarge(info), "");
  info.whole_bytes = int64_t{4} * 9000 * 9000;
  EXPECT_EQ(WhyTooLarge(info),
            "an interlaced PNG of 81,000,000 pixels can only be decoded whole, which takes 324 MB, "
            "more than the 160 MB there are for it");
  info = {.format = "webp", .width = 10001, .height = 10000};
  EXPECT_EQ(WhyTooLarge(info),
            "the picture has 100,010,000 pixels, more than the 100,000,000 that are decoded");
  info.format = "jpeg";
  EXPECT_EQ(WhyTooLarge(info), "");
}

TEST(WhyTooLarge, WhatItNamesIsRefused) {
  std::string bytes = InterlacedPng(Scene(64, 48));
  bytes[18] = bytes[22] = 0x1F;  // 7,936-odd pixels a side
  EXPECT_THROW(DecodePicture(bytes, {.min_side = 64}, "x"), Error);
  EXPECT_THROW(DecodeCrop(bytes, [](int, int) { return CropBox{0, 0, 9, 9}; }, 3, 3, "x"), Error);
}

}  // namespace
}  // namespace bottega
