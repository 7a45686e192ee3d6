// Any bytes behind the first bytes of a png file: a picture of the promised size, or an Error.
#include <cstdlib>
#include <string>

#include "base/error.h"
#include "data/image/picture.h"

namespace {

constexpr int64_t kMostPixels = 1 << 20;  // keeps one input below a second

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  try {
    const bottega::PictureInfo info = bottega::ReadPictureInfo(bytes, "fuzz");
    if (int64_t{info.width} * info.height > kMostPixels) return 0;
    const bottega::DecodeOptions options{.min_side = 0, .max_pixels = kMostPixels};
    const bottega::Picture whole = bottega::DecodePicture(bytes, options, "fuzz");
    const size_t pixels = static_cast<size_t>(whole.width) * static_cast<size_t>(whole.height);
    if (whole.rgb.size() != 3 * pixels) std::abort();
    const auto choose = [](int w, int h) {
      return bottega::CropBox{w * 0.2, h * 0.3, w * 0.7, h * 0.6};
    };
    if (bottega::DecodeCrop(bytes, choose, 5, 7, "fuzz").rgb.size() != 105) std::abort();
  } catch (const bottega::Error&) {
  }
  return 0;
}
