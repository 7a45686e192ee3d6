#include "data/image/webp.h"

#include <webp/decode.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

#include "base/error.h"
#include "data/image/exif.h"

namespace bottega {

namespace {

constexpr uint8_t kGray = 128;
constexpr size_t kRiffHeader = 12, kChunkHeader = 8, kFrameHeader = 16;

const uint8_t* Data(std::string_view bytes) {
  return reinterpret_cast<const uint8_t*>(bytes.data());
}

uint32_t Little(std::string_view bytes, size_t at, size_t width) {
  uint32_t value = 0;
  for (size_t i = width; i-- > 0;) value = value << 8 | static_cast<uint8_t>(bytes[at + i]);
  return value;
}

// Contents of the first chunk called `name`, as far as it is there. The container is a list of
// (name, size, content padded to an even length): RFC 9649, section 2.
std::optional<std::string_view> FindChunk(std::string_view list, std::string_view name) {
  while (list.size() >= kChunkHeader) {
    const size_t size = Little(list, 4, 4);
    const std::string_view content = list.substr(kChunkHeader, size);
    if (list.substr(0, 4) == name) return content;
    const size_t step = kChunkHeader + size + (size & 1);
    if (step > list.size()) break;
    list.remove_prefix(step);
  }
  return std::nullopt;
}

int Orientation(std::string_view bytes) {
  if (bytes.size() < kRiffHeader) return 1;
  const auto exif = FindChunk(bytes.substr(kRiffHeader), "EXIF");
  if (!exif) return 1;
  const std::string_view prefix("Exif\0\0", 6);
  return ExifOrientation(exif->starts_with(prefix) ? exif->substr(prefix.size()) : *exif);
}

Error Unreadable(const std::string& file) {
  return Error(ErrorKind::kData, "the WebP file cannot be decoded", {.file = file});
}

WebPBitstreamFeatures Features(std::string_view bytes, const std::string& file) {
  WebPBitstreamFeatures features;
  if (WebPGetFeatures(Data(bytes), bytes.size(), &features) != VP8_STATUS_OK ||
      features.width <= 0 || features.height <= 0) {
    throw Unreadable(file);
  }
  return features;
}

// The first frame of an animation as a file's worth of chunks (ALPH, VP8 or VP8L).
std::string FirstFrame(std::string_view bytes, const std::string& file) {
  const auto frame = FindChunk(bytes.substr(kRiffHeader), "ANMF");
  if (!frame || frame->size() <= kFrameHeader) throw Unreadable(file);
  const std::string_view chunks = frame->substr(kFrameHeader);
  const auto lossless = FindChunk(chunks, "VP8L");
  const auto lossy = FindChunk(chunks, "VP8 ");
  const auto found = lossless ? lossless : lossy;
  if (!found) throw Unreadable(file);
  std::string body = lossless ? "WEBPVP8L" : "WEBPVP8 ";
  const auto number = [](size_t value) {
    std::string out;
    for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>(value >> shift & 255);
    return out;
  };
  body += number(found->size());
  body += *found;
  return "RIFF" + number(body.size()) + body;
}

// What libwebp is asked for: the region in the picture's pixels, then scaled.
void SetRegion(const WebPBitstreamFeatures& still, int denominator, const PixelRegion& region,
               WebPDecoderOptions* options) {
  options->use_cropping = 1;
  options->crop_left = region.left * denominator;
  options->crop_top = region.top * denominator;
  options->crop_width = std::min(region.width * denominator, still.width - options->crop_left);
  options->crop_height = std::min(region.height * denominator, still.height - options->crop_top);
  if (denominator == 1) return;
  options->use_scaling = 1;
  options->scaled_width = region.width;
  options->scaled_height = region.height;
}

void ComposeOverWhite(size_t pixels, std::vector<uint8_t>* rgba) {
  uint8_t* to = rgba->data();
  const uint8_t* from = to;
  for (size_t i = 0; i < pixels; ++i, from += 4, to += 3) {
    const int alpha = from[3];
    for (int c = 0; c < 3; ++c) {
      to[c] = static_cast<uint8_t>((from[c] * alpha + 255 * (255 - alpha) + 127) / 255);
    }
  }
  rgba->resize(pixels * 3);
}

// libwebp moves the corner of a part to even pixels, and guesses the colours at a part's border.
PixelRegion Widened(const PixelRegion& wanted) {
  const int left = (wanted.left - 2) & ~1, top = (wanted.top - 2) & ~1;
  return {left, top, wanted.left + wanted.width + 2 - left, wanted.top + wanted.height + 2 - top};
}

void DecodeStill(std::string_view bytes, int denominator, const PixelRegion& wanted,
                 RegionPixels* out, const std::string& file) {
  const WebPBitstreamFeatures still = Features(bytes, file);
  out->region = Clipped(Widened(wanted), ScaledSide(still.width, denominator),
                        ScaledSide(still.height, denominator));
  const size_t row = static_cast<size_t>(out->region.width) * (still.has_alpha ? 4 : 3);
  out->rgb.assign(row * static_cast<size_t>(out->region.height), kGray);
  WebPDecoderConfig config;
  WebPInitDecoderConfig(&config);
  SetRegion(still, denominator, out->region, &config.options);
  config.output.colorspace = still.has_alpha ? MODE_RGBA : MODE_RGB;
  config.output.is_external_memory = 1;
  config.output.u.RGBA = {out->rgb.data(), static_cast<int>(row), out->rgb.size()};
  const std::unique_ptr<WebPIDecoder, decltype(&WebPIDelete)> decoder(
      WebPIDecode(Data(bytes), 0, &config), &WebPIDelete);
  if (!decoder) throw Unreadable(file);
  const VP8StatusCode status = WebPIUpdate(decoder.get(), Data(bytes), bytes.size());
  int last_row = 0;
  WebPIDecGetRGB(decoder.get(), &last_row, nullptr, nullptr, nullptr);
  out->truncated = status != VP8_STATUS_OK;
  if (out->truncated) {
    if (last_row <= 0) throw Unreadable(file);
    std::fill(out->rgb.begin() + static_cast<ptrdiff_t>(static_cast<size_t>(last_row) * row),
              out->rgb.end(), kGray);
  }
  if (still.has_alpha) ComposeOverWhite(out->rgb.size() / 4, &out->rgb);
}

}  // namespace

PictureInfo ReadWebpInfo(std::string_view bytes, const std::string& file) {
  const WebPBitstreamFeatures features = Features(bytes, file);
  PictureInfo info;
  info.format = "webp";
  info.width = features.width;
  info.height = features.height;
  info.channels = features.has_alpha ? 4 : 3;
  info.orientation = Orientation(bytes);
  constexpr int kLossy = 1;
  if (features.format != kLossy || features.has_alpha) {
    info.whole_bytes = int64_t{4} * info.width * info.height;
  }
  return info;
}

void DecodeWebpRegion(std::string_view bytes, int denominator, const PixelRegion& wanted,
                      RegionPixels* out, const std::string& file) {
  const WebPBitstreamFeatures features = Features(bytes, file);
  if (!features.has_animation) {
    DecodeStill(bytes, denominator, wanted, out, file);
    return;
  }
  const std::string frame = FirstFrame(bytes, file);
  const WebPBitstreamFeatures still = Features(frame, file);
  if (still.width > features.width || still.height > features.height) throw Unreadable(file);
  DecodeStill(frame, denominator, wanted, out, file);
}

}  // namespace bottega
