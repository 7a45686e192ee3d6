#include "data/image/picture.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "data/image/exif.h"
#include "data/image/jpeg.h"
#include "data/image/png.h"
#include "data/image/resample.h"
#include "data/image/webp.h"

namespace bottega {

namespace {

enum class Format { kJpeg, kPng, kWebp };

Format FormatOf(std::string_view bytes, const std::string& file) {
  if (bytes.starts_with("\xFF\xD8\xFF")) return Format::kJpeg;
  if (bytes.starts_with("\x89PNG\r\n\x1A\n")) return Format::kPng;
  if (bytes.starts_with("RIFF") && bytes.size() >= 12 && bytes.substr(8, 4) == "WEBP") {
    return Format::kWebp;
  }
  throw Error(ErrorKind::kData,
              bytes.empty() ? "the file is empty" : "this is no JPEG, PNG or WebP picture",
              {.file = file});
}

JpegHeader JpegHeaderOf(std::string_view bytes, const std::string& file) {
  const auto header = ReadJpegHeader(bytes);
  if (!header) throw Error(ErrorKind::kData, "the JPEG ends before its size", {.file = file});
  return *header;
}

// Size as stored.
PictureInfo StoredInfo(std::string_view bytes, const std::string& file) {
  switch (FormatOf(bytes, file)) {
    case Format::kPng:
      return ReadPngInfo(bytes, file);
    case Format::kWebp:
      return ReadWebpInfo(bytes, file);
    case Format::kJpeg:
      break;
  }
  const JpegHeader header = JpegHeaderOf(bytes, file);
  PictureInfo info;
  info.format = "jpeg";
  info.width = header.width;
  info.height = header.height;
  info.channels = header.components;
  info.orientation = header.orientation;
  return info;
}

void RefuseAbove(int64_t max_pixels, int64_t width, int64_t height, const std::string& file) {
  if (width * height <= max_pixels) return;
  throw Error(ErrorKind::kData,
              "the picture has " + FormatCount(width * height) + " pixels, more than the " +
                  FormatCount(max_pixels) + " that are decoded",
              {.file = file});
}

Picture DecodeWholeJpeg(std::string_view bytes, const PictureInfo& info,
                        const DecodeOptions& options, const std::string& file) {
  int denominator = 1;
  const int side = std::min(info.width, info.height);
  if (options.min_side > 0) {
    while (denominator < 8 && ScaledSide(side, denominator * 2) >= options.min_side) {
      denominator *= 2;
    }
  }
  const auto pixels = [&](int d) {
    return int64_t{ScaledSide(info.width, d)} * ScaledSide(info.height, d);
  };
  while (denominator < 8 && pixels(denominator) > options.max_pixels) denominator *= 2;
  RefuseAbove(options.max_pixels, ScaledSide(info.width, denominator),
              ScaledSide(info.height, denominator), file);
  JpegPixels decoded;
  const int width = ScaledSide(info.width, denominator);
  const int height = ScaledSide(info.height, denominator);
  DecodeJpegRegion(bytes, denominator, {0, 0, width, height}, &decoded, file);
  Picture picture;
  picture.width = decoded.region.width;
  picture.height = decoded.region.height;
  picture.truncated = decoded.truncated;
  picture.rgb = std::move(decoded.rgb);
  return picture;
}

PictureInfo Oriented(PictureInfo info) {
  if (info.orientation >= 5) std::swap(info.width, info.height);
  return info;
}

// Largest scale-down that leaves at least the output's pixels.
int CropDenominator(const CropBox& box, int out_width, int out_height) {
  int denominator = 1;
  while (denominator < 8 && box.width >= 2.0 * denominator * out_width &&
         box.height >= 2.0 * denominator * out_height) {
    denominator *= 2;
  }
  return denominator;
}

// Everything as stored.
Picture CropJpeg(std::string_view bytes, const CropBox& box, int out_width, int out_height,
                 const std::string& file) {
  const int denominator = CropDenominator(box, out_width, out_height);
  CropBox scaled = {box.left / denominator, box.top / denominator, box.width / denominator,
                    box.height / denominator};
  const double margin_x = FilterRadius(scaled.width, out_width) + 1;
  const double margin_y = FilterRadius(scaled.height, out_height) + 1;
  PixelRegion wanted;
  wanted.left = std::max(0, static_cast<int>(std::floor(scaled.left - margin_x)));
  wanted.top = std::max(0, static_cast<int>(std::floor(scaled.top - margin_y)));
  wanted.width = static_cast<int>(std::ceil(scaled.left + scaled.width + margin_x)) - wanted.left;
  wanted.height = static_cast<int>(std::ceil(scaled.top + scaled.height + margin_y)) - wanted.top;
  thread_local JpegPixels decoded;
  DecodeJpegRegion(bytes, denominator, wanted, &decoded, file);
  scaled.left -= decoded.region.left;
  scaled.top -= decoded.region.top;
  Picture picture;
  picture.width = out_width;
  picture.height = out_height;
  picture.truncated = decoded.truncated;
  picture.rgb.resize(static_cast<size_t>(out_width) * static_cast<size_t>(out_height) * 3);
  Resample({decoded.rgb.data(), decoded.region.width, decoded.region.height,
            3 * static_cast<ptrdiff_t>(decoded.region.width)},
           scaled, out_width, out_height, picture.rgb.data());
  // A huge region is a huge buffer; a thread keeps only an ordinary one.
  constexpr size_t kKeptBytes = 16 << 20;
  if (decoded.rgb.size() > kKeptBytes) decoded = {};
  return picture;
}

}  // namespace

PictureInfo ReadPictureInfo(std::string_view bytes, const std::string& file) {
  return Oriented(StoredInfo(bytes, file));
}

Picture DecodePicture(std::string_view bytes, const DecodeOptions& options,
                      const std::string& file) {
  const PictureInfo info = StoredInfo(bytes, file);
  Picture picture;
  if (info.format == "jpeg") {
    picture = DecodeWholeJpeg(bytes, info, options, file);
  } else {
    RefuseAbove(options.max_pixels, info.width, info.height, file);
    picture = info.format == "png" ? DecodePng(bytes, file) : DecodeWebp(bytes, file);
  }
  return ApplyOrientation(std::move(picture), info.orientation);
}

Picture DecodeCrop(std::string_view bytes, const ChooseCrop& choose, int out_width, int out_height,
                   const std::string& file) {
  if (FormatOf(bytes, file) != Format::kJpeg) {
    const Picture whole = DecodePicture(bytes, {}, file);
    Picture part = ResizeCrop(whole, choose(whole.width, whole.height), out_width, out_height);
    part.truncated = whole.truncated;
    return part;
  }
  const JpegHeader header = JpegHeaderOf(bytes, file);
  const bool swap = header.orientation >= 5;
  const int width = swap ? header.height : header.width;
  const int height = swap ? header.width : header.height;
  const CropBox box = StoredBox(choose(width, height), width, height, header.orientation);
  Picture part =
      CropJpeg(bytes, box, swap ? out_height : out_width, swap ? out_width : out_height, file);
  return ApplyOrientation(std::move(part), header.orientation);
}

Picture ResizeCrop(const Picture& picture, const CropBox& box, int width, int height) {
  Picture out;
  out.width = width;
  out.height = height;
  out.truncated = picture.truncated;
  out.rgb.resize(static_cast<size_t>(width) * static_cast<size_t>(height) * 3);
  Resample({picture.rgb.data(), picture.width, picture.height,
            3 * static_cast<ptrdiff_t>(picture.width)},
           box, width, height, out.rgb.data());
  return out;
}

Picture Resize(const Picture& picture, int width, int height) {
  const CropBox whole = {0, 0, static_cast<double>(picture.width),
                         static_cast<double>(picture.height)};
  return ResizeCrop(picture, whole, width, height);
}

Picture PictureSource::LoadCrop(const std::string& cell, const ChooseCrop& choose, int out_width,
                                int out_height) const {
  const Picture whole = Load(cell, {});
  return ResizeCrop(whole, choose(whole.width, whole.height), out_width, out_height);
}

PictureInfo PictureSource::Info(const std::string& cell) const {
  const Picture picture = Load(cell, {});
  PictureInfo info;
  info.width = picture.width;
  info.height = picture.height;
  info.channels = 3;
  return info;
}

}  // namespace bottega
