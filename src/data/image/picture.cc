#include "data/image/picture.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/byte_budget.h"
#include "base/error.h"
#include "base/text.h"
#include "data/image/exif.h"
#include "data/image/jpeg.h"
#include "data/image/png.h"
#include "data/image/resample.h"
#include "data/image/webp.h"

namespace bottega {

namespace {

// A PNG or WebP, or a part of one, up to this size is decoded at scale 1: exact, and small enough.
constexpr int64_t kExactPixels = 4'000'000;

PictureInfo JpegInfo(std::string_view bytes, const std::string& file) {
  const auto header = ReadJpegHeader(bytes);
  if (!header) throw Error(ErrorKind::kData, "the JPEG ends before its size", {.file = file});
  PictureInfo info;
  info.format = "jpeg";
  info.width = header->width;
  info.height = header->height;
  info.channels = header->components;
  info.orientation = header->orientation;
  info.whole_bytes = header->coefficient_bytes;
  return info;
}

// Size as stored.
PictureInfo StoredInfo(std::string_view bytes, const std::string& file) {
  if (bytes.starts_with("\xFF\xD8\xFF")) return JpegInfo(bytes, file);
  if (bytes.starts_with("\x89PNG\r\n\x1A\n")) return ReadPngInfo(bytes, file);
  if (bytes.starts_with("RIFF") && bytes.size() >= 12 && bytes.substr(8, 4) == "WEBP") {
    return ReadWebpInfo(bytes, file);
  }
  throw Error(ErrorKind::kData,
              bytes.empty() ? "the file is empty" : "this is no JPEG, PNG or WebP picture",
              {.file = file});
}

PictureInfo Oriented(PictureInfo info) {
  if (info.orientation >= 5) std::swap(info.width, info.height);
  return info;
}

ByteBudget& DecodeBudget() {
  static ByteBudget budget(kDecodeBytes);
  return budget;
}

void DecodeRegion(std::string_view bytes, const PictureInfo& info, int denominator,
                  const PixelRegion& wanted, RegionPixels* out, const std::string& file) {
  const int64_t pixels = int64_t{wanted.width} * wanted.height;
  const ByteBudget::Share share = DecodeBudget().Take(info.whole_bytes + 3 * pixels);
  if (info.format == "jpeg") {
    DecodeJpegRegion(bytes, denominator, wanted, out, file);
  } else if (info.format == "png") {
    DecodePngRegion(bytes, denominator, wanted, out, file);
  } else {
    DecodeWebpRegion(bytes, denominator, wanted, out, file);
  }
}

int WholeDenominator(const PictureInfo& info, const DecodeOptions& options) {
  const auto pixels = [&](int d) {
    return int64_t{ScaledSide(info.width, d)} * ScaledSide(info.height, d);
  };
  const bool jpeg = info.format == "jpeg";
  const int side = std::min(info.width, info.height);
  int denominator = 1;
  if (options.min_side > 0 && (jpeg || pixels(1) > kExactPixels)) {
    while (denominator < 8 && ScaledSide(side, denominator * 2) >= options.min_side) {
      denominator *= 2;
    }
  }
  while (jpeg && denominator < 8 && pixels(denominator) > options.max_pixels) denominator *= 2;
  return denominator;
}

// Largest scale-down that leaves at least the output's pixels.
int CropDenominator(const PictureInfo& info, const CropBox& box, int out_width, int out_height) {
  int denominator = 1;
  if (info.format != "jpeg" && box.width * box.height <= kExactPixels) return denominator;
  while (denominator < 8 && box.width >= 2.0 * denominator * out_width &&
         box.height >= 2.0 * denominator * out_height) {
    denominator *= 2;
  }
  return denominator;
}

// With as many pixels around it as the filter looks at.
PixelRegion RegionAround(const CropBox& box, int out_width, int out_height) {
  const double margin_x = FilterRadius(box.width, out_width) + 1;
  const double margin_y = FilterRadius(box.height, out_height) + 1;
  PixelRegion region;
  region.left = std::max(0, static_cast<int>(std::floor(box.left - margin_x)));
  region.top = std::max(0, static_cast<int>(std::floor(box.top - margin_y)));
  region.width = static_cast<int>(std::ceil(box.left + box.width + margin_x)) - region.left;
  region.height = static_cast<int>(std::ceil(box.top + box.height + margin_y)) - region.top;
  return region;
}

// Everything as stored.
Picture CropStored(std::string_view bytes, const PictureInfo& info, const CropBox& box,
                   int out_width, int out_height, const std::string& file) {
  const int denominator = CropDenominator(info, box, out_width, out_height);
  CropBox scaled = {box.left / denominator, box.top / denominator, box.width / denominator,
                    box.height / denominator};
  thread_local RegionPixels decoded;
  DecodeRegion(bytes, info, denominator, RegionAround(scaled, out_width, out_height), &decoded,
               file);
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

void RefuseTooLarge(const PictureInfo& info, int64_t max_pixels, const std::string& file) {
  const std::string why = WhyTooLarge(info, max_pixels);
  if (!why.empty()) throw Error(ErrorKind::kData, why, {.file = file});
}

}  // namespace

PictureInfo ReadPictureInfo(std::string_view bytes, const std::string& file) {
  return Oriented(StoredInfo(bytes, file));
}

std::string WhyTooLarge(const PictureInfo& info, int64_t max_pixels) {
  const int64_t most = info.format == "jpeg" ? max_pixels * 64 : max_pixels;
  const int64_t pixels = int64_t{info.width} * info.height;
  if (pixels > most) {
    return "the picture has " + FormatCount(pixels) + " pixels, more than the " +
           FormatCount(most) + " that are decoded";
  }
  if (info.whole_bytes <= kDecodeBytes) return "";
  const int64_t megabyte = 1'000'000;
  const std::string kind = info.format == "jpeg"  ? "a progressive JPEG"
                           : info.format == "png" ? "an interlaced PNG"
                                                  : "a lossless, transparent or animated WebP";
  return kind + " of " + FormatCount(pixels) + " pixels can only be decoded whole, which takes " +
         FormatCount(info.whole_bytes / megabyte) + " MB, more than the " +
         FormatCount(kDecodeBytes / megabyte) + " MB there are for it";
}

Picture DecodePicture(std::string_view bytes, const DecodeOptions& options,
                      const std::string& file) {
  const PictureInfo info = StoredInfo(bytes, file);
  RefuseTooLarge(info, options.max_pixels, file);
  const int denominator = WholeDenominator(info, options);
  RegionPixels decoded;
  DecodeRegion(bytes, info, denominator,
               {0, 0, ScaledSide(info.width, denominator), ScaledSide(info.height, denominator)},
               &decoded, file);
  Picture picture;
  picture.width = decoded.region.width;
  picture.height = decoded.region.height;
  picture.truncated = decoded.truncated;
  picture.rgb = std::move(decoded.rgb);
  return ApplyOrientation(std::move(picture), info.orientation);
}

Picture DecodeCrop(std::string_view bytes, const ChooseCrop& choose, int out_width, int out_height,
                   const std::string& file) {
  const PictureInfo info = StoredInfo(bytes, file);
  RefuseTooLarge(info, kMostPixels, file);
  const PictureInfo meant = Oriented(info);
  const bool swap = info.orientation >= 5;
  const CropBox box =
      StoredBox(choose(meant.width, meant.height), meant.width, meant.height, info.orientation);
  Picture part = CropStored(bytes, info, box, swap ? out_height : out_width,
                            swap ? out_width : out_height, file);
  return ApplyOrientation(std::move(part), info.orientation);
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
