#include "data/image/webp.h"

#include <webp/decode.h>

#include <cstring>
#include <memory>
#include <optional>

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

Picture DecodeStill(std::string_view bytes, bool alpha, int width, int height,
                    const std::string& file) {
  Picture picture;
  picture.width = width;
  picture.height = height;
  const size_t channels = alpha ? 4 : 3;
  const size_t row = static_cast<size_t>(width) * channels;
  picture.rgb.assign(row * static_cast<size_t>(height), kGray);
  WebPDecoderConfig config;
  WebPInitDecoderConfig(&config);
  config.output.colorspace = alpha ? MODE_RGBA : MODE_RGB;
  config.output.is_external_memory = 1;
  config.output.u.RGBA = {picture.rgb.data(), static_cast<int>(row), picture.rgb.size()};
  const std::unique_ptr<WebPIDecoder, decltype(&WebPIDelete)> decoder(
      WebPINewDecoder(&config.output), &WebPIDelete);
  if (!decoder) throw Unreadable(file);
  const VP8StatusCode status = WebPIUpdate(decoder.get(), Data(bytes), bytes.size());
  int last_row = 0;
  WebPIDecGetRGB(decoder.get(), &last_row, nullptr, nullptr, nullptr);
  if (status != VP8_STATUS_OK) {
    if (last_row <= 0) throw Unreadable(file);
    picture.truncated = true;
    const size_t done = static_cast<size_t>(last_row) * row;
    std::memset(picture.rgb.data() + done, kGray, picture.rgb.size() - done);
  }
  return picture;
}

void ComposeOverWhite(Picture* picture) {
  const size_t pixels = static_cast<size_t>(picture->width) * static_cast<size_t>(picture->height);
  uint8_t* to = picture->rgb.data();
  const uint8_t* from = to;
  for (size_t i = 0; i < pixels; ++i, from += 4, to += 3) {
    const int alpha = from[3];
    for (int c = 0; c < 3; ++c) {
      to[c] = static_cast<uint8_t>((from[c] * alpha + 255 * (255 - alpha) + 127) / 255);
    }
  }
  picture->rgb.resize(pixels * 3);
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
  return info;
}

Picture DecodeWebp(std::string_view bytes, const std::string& file) {
  const WebPBitstreamFeatures features = Features(bytes, file);
  std::string frame;
  int width = features.width, height = features.height;
  bool alpha = features.has_alpha;
  if (features.has_animation) {
    frame = FirstFrame(bytes, file);
    bytes = frame;
    const WebPBitstreamFeatures still = Features(bytes, file);
    width = still.width;
    height = still.height;
    alpha = still.has_alpha;
  }
  Picture picture = DecodeStill(bytes, alpha, width, height, file);
  if (alpha) ComposeOverWhite(&picture);
  return picture;
}

}  // namespace bottega
