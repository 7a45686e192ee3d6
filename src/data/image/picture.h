// Pictures as 8-bit RGB, no tensors.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace bottega {

// Row-major, 3 bytes a pixel, top-left first, EXIF orientation applied. Gray becomes RGB; alpha is
// composed over white.
struct Picture {
  int width = 0;
  int height = 0;
  std::vector<uint8_t> rgb;
  bool truncated = false;  // the file ended early; missing rows are gray
};

struct PictureInfo {
  std::string format;         // "jpeg", "png", "webp", by content, never by name
  int width = 0, height = 0;  // after orientation
  int channels = 0;
  int orientation = 1;  // EXIF
  // What decoding holds whatever part or scale is wanted: all pixels of a PNG that is interlaced
  // and of a WebP that is lossless, transparent or animated, all coefficients of a progressive
  // JPEG. 0: the rows are decoded in turn.
  int64_t whole_bytes = 0;
};

// What all threads together hold while they decode: a decoder that needs more waits for its turn.
// Pictures whose whole_bytes are above it are refused. With this, decoding stays below 500 MB
// beside libtorch; larger lets more threads decode large pictures at once.
inline constexpr int64_t kDecodeBytes = 160'000'000;
inline constexpr int64_t kMostPixels = 100'000'000;

struct DecodeOptions {
  // The picture may be decoded at 1/2, 1/4 or 1/8 as long as its shorter side stays >= this; 0:
  // full. Of PNG and WebP, only those of more than 4 megapixels are.
  int min_side = 0;
  // A JPEG is decoded at a smaller scale to stay below it, other pictures are refused above it.
  int64_t max_pixels = kMostPixels;
};

// Reads headers only. Errors (all of them kData, with the file as place): no JPEG, PNG or WebP, or
// cut before its size.
PictureInfo ReadPictureInfo(std::string_view bytes, const std::string& file);

// Why a picture is too large to be decoded, "" when it is not.
std::string WhyTooLarge(const PictureInfo& info, int64_t max_pixels = kMostPixels);

// Errors: kData when nothing can be decoded or when the picture is too large. A file that ends
// early gives what is there, and `truncated`.
Picture DecodePicture(std::string_view bytes, const DecodeOptions& options,
                      const std::string& file);

// A part of a picture in its pixels after orientation. Borders may lie between pixels.
struct CropBox {
  double left = 0, top = 0, width = 0, height = 0;
};
// Chooses the part to be cut from a picture of the given size.
using ChooseCrop = std::function<CropBox(int width, int height)>;

// Decodes the part that `choose` wants and resizes it to out_width x out_height. Only the rows and,
// of a JPEG, blocks that are needed are decoded, at the smallest scale (1, 1/2, 1/4, 1/8) that
// still has as many pixels as the output in both directions; a part of a PNG or WebP of up to 4
// megapixels always at scale 1. At scale 1 the result equals ResizeCrop of the full decode; below,
// the prefilter differs: by 0.7 levels a value in the mean over photographs, up to 3.6 for the most
// finely textured (bench/decode_bench.cc measures it).
Picture DecodeCrop(std::string_view bytes, const ChooseCrop& choose, int out_width, int out_height,
                   const std::string& file);

// `quality` 1 to 100: larger means larger files with fewer artefacts; chroma is halved as usual.
std::string EncodeJpeg(const Picture& picture, int quality);
std::string EncodePng(const Picture& picture);
// Antialiased bilinear: a triangle filter as wide as the scale, equal to Pillow's BILINEAR to
// within one level.
Picture Resize(const Picture& picture, int width, int height);
// Resize of a part: equal to Pillow's resize(size, BILINEAR, box=...) to within one level.
Picture ResizeCrop(const Picture& picture, const CropBox& box, int width, int height);

// The bytes or pixels behind one cell of a picture column: a file below `root`, or image "#n" of an
// IDX file. Thread-safe. Errors: kMissing for a cell that is not there, else as the decoders'.
class PictureSource {
 public:
  virtual ~PictureSource() = default;
  virtual Picture Load(const std::string& cell, const DecodeOptions& options) const = 0;
  // As DecodeCrop; sources that do not hold files cut from what Load gives.
  virtual Picture LoadCrop(const std::string& cell, const ChooseCrop& choose, int out_width,
                           int out_height) const;
  // Size without decoding where the source can tell.
  virtual PictureInfo Info(const std::string& cell) const;
};

}  // namespace bottega
