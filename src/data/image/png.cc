#include "data/image/png.h"

#include <png.h>

#include <algorithm>
#include <csetjmp>
#include <cstring>
#include <vector>

#include "base/error.h"
#include "data/image/exif.h"

namespace bottega {

namespace {

constexpr png_alloc_size_t kChunkBytes = 64 << 20;
constexpr png_uint_32 kMostSide = 1'000'000;
constexpr uint8_t kGray = 128;

struct Source {
  const char* next;
  size_t left;
  std::jmp_buf jump;
  char message[96];
};

void Read(png_structp png, png_bytep to, size_t size) {
  Source* source = static_cast<Source*>(png_get_io_ptr(png));
  if (source->left == 0) png_error(png, "it ends early");
  // libpng asks for large blocks; zeros end the compressed stream after what is really there.
  const size_t there = std::min(size, source->left);
  std::memcpy(to, source->next, there);
  std::memset(to + there, 0, size - there);
  source->next += there;
  source->left -= there;
}

[[noreturn]] void Stop(png_structp png, png_const_charp message) {
  Source* source = static_cast<Source*>(png_get_error_ptr(png));
  std::strncpy(source->message, message, sizeof source->message - 1);
  std::longjmp(source->jump, 1);
}

void Silent(png_structp, png_const_charp) {}

// Each method is a setjmp frame of its own and holds nothing that would need a destructor.
class Decoder {
 public:
  explicit Decoder(std::string_view bytes) : source_{bytes.data(), bytes.size(), {}, {}} {
    png_ = png_create_read_struct(PNG_LIBPNG_VER_STRING, &source_, Stop, Silent);
    if (png_ != nullptr) info_ = png_create_info_struct(png_);
  }
  ~Decoder() { png_destroy_read_struct(&png_, &info_, nullptr); }
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;

  bool ReadHeader() {
    if (png_ == nullptr || info_ == nullptr) return false;
    if (setjmp(source_.jump) != 0) return false;
    png_set_read_fn(png_, &source_, Read);
    png_set_user_limits(png_, kMostSide, kMostSide);
    png_set_chunk_malloc_max(png_, kChunkBytes);
    png_read_info(png_, info_);
    return true;
  }

  // Every kind of PNG becomes 8-bit RGB or RGBA.
  bool Start() {
    if (setjmp(source_.jump) != 0) return false;
    png_set_expand(png_);
    png_set_scale_16(png_);
    png_set_gray_to_rgb(png_);
    passes_ = png_set_interlace_handling(png_);
    png_read_update_info(png_, info_);
    return true;
  }

  // One row (of one pass, when interlaced); false when the file is cut or damaged there.
  bool ReadRow(uint8_t* row) {
    if (setjmp(source_.jump) != 0) return false;
    png_read_row(png_, row, nullptr);
    return true;
  }

  int orientation() {
    png_uint_32 size = 0;
    png_bytep exif = nullptr;
    if (png_get_eXIf_1(png_, info_, &size, &exif) == 0) return 1;
    return ExifOrientation({reinterpret_cast<const char*>(exif), size});
  }
  // Once Start() was called, 4 for whatever is transparent.
  int channels() const { return png_get_channels(png_, info_); }
  int width() const { return static_cast<int>(png_get_image_width(png_, info_)); }
  int height() const { return static_cast<int>(png_get_image_height(png_, info_)); }
  int passes() const { return passes_; }
  const char* message() const { return source_.message; }

 private:
  Source source_;
  png_structp png_ = nullptr;
  png_infop info_ = nullptr;
  int passes_ = 1;
};

Error Unreadable(const Decoder& decoder, const std::string& file) {
  return Error(ErrorKind::kData, std::string("the PNG cannot be decoded: ") + decoder.message(),
               {.file = file});
}

uint8_t OverWhite(int value, int alpha) {
  return static_cast<uint8_t>((value * alpha + 255 * (255 - alpha) + 127) / 255);
}

// Into the same memory or another.
void ToRgb(const uint8_t* from, int channels, int64_t pixels, uint8_t* to) {
  if (channels == 3) {
    if (from != to) std::memcpy(to, from, static_cast<size_t>(pixels) * 3);
    return;
  }
  for (int64_t i = 0; i < pixels; ++i, from += 4, to += 3) {
    const int alpha = from[3];
    for (int c = 0; c < 3; ++c) to[c] = OverWhite(from[c], alpha);
  }
}

// All pixels have to be there before the first row is complete.
bool ReadInterlaced(Decoder& decoder, RowReducer* rows) {
  const int channels = decoder.channels(), height = decoder.height();
  const size_t row = static_cast<size_t>(decoder.width()) * static_cast<size_t>(channels);
  std::vector<uint8_t> all(row * static_cast<size_t>(height), kGray);
  bool whole = true;
  for (int pass = 0; pass < decoder.passes() && whole; ++pass) {
    for (int y = 0; y < height && whole; ++y) {
      whole = decoder.ReadRow(all.data() + static_cast<size_t>(y) * row);
    }
  }
  for (int y = rows->first_row(); y < rows->end_row(); ++y) {
    uint8_t* line = all.data() + static_cast<size_t>(y) * row;
    ToRgb(line, channels, decoder.width(), line);
    rows->Add(line);
  }
  return whole;
}

bool ReadRows(Decoder& decoder, RowReducer* rows) {
  const int channels = decoder.channels();
  std::vector<uint8_t> line(static_cast<size_t>(decoder.width()) * static_cast<size_t>(channels));
  bool whole = true;
  for (int y = 0; y < rows->first_row() && whole; ++y) whole = decoder.ReadRow(line.data());
  for (int y = rows->first_row(); y < rows->end_row(); ++y) {
    whole = whole && decoder.ReadRow(line.data());
    if (whole) {
      ToRgb(line.data(), channels, decoder.width(), line.data());
    } else {
      std::ranges::fill(line, kGray);
    }
    rows->Add(line.data());
  }
  return whole;
}

}  // namespace

PictureInfo ReadPngInfo(std::string_view bytes, const std::string& file) {
  // The size stands at a fixed place: long chunks before the pixels need not be there.
  const auto number = [&](size_t at) {
    uint32_t value = 0;
    for (size_t i = at; i < at + 4; ++i) value = value << 8 | static_cast<uint8_t>(bytes[i]);
    return value;
  };
  const bool there = bytes.size() >= 29 && bytes.substr(12, 4) == "IHDR";
  if (!there || number(16) == 0 || number(20) == 0 || number(16) > kMostSide ||
      number(20) > kMostSide) {
    throw Error(ErrorKind::kData, "the PNG has no valid header", {.file = file});
  }
  PictureInfo info;
  info.format = "png";
  info.width = static_cast<int>(number(16));
  info.height = static_cast<int>(number(20));
  constexpr int kChannels[] = {1, 0, 3, 3, 2, 0, 4};
  const bool interlaced = bytes[28] != 0;
  if (interlaced) info.whole_bytes = int64_t{4} * info.width * info.height;
  const auto color = static_cast<uint8_t>(bytes[25]);
  info.channels = color < std::size(kChannels) ? kChannels[color] : 0;
  if (info.channels == 0) {
    throw Error(ErrorKind::kData, "the PNG has an unknown type of colour", {.file = file});
  }
  Decoder decoder(bytes);
  if (decoder.ReadHeader()) info.orientation = decoder.orientation();
  return info;
}

void DecodePngRegion(std::string_view bytes, int denominator, const PixelRegion& wanted,
                     RegionPixels* out, const std::string& file) {
  Decoder decoder(bytes);
  if (!decoder.ReadHeader() || !decoder.Start()) throw Unreadable(decoder, file);
  const int width = decoder.width(), height = decoder.height();
  out->region = Clipped(wanted, ScaledSide(width, denominator), ScaledSide(height, denominator));
  const size_t needed =
      static_cast<size_t>(out->region.width) * static_cast<size_t>(out->region.height) * 3;
  if (out->rgb.size() < needed) out->rgb.resize(needed);
  RowReducer rows(width, height, denominator, out->region, out->rgb.data());
  const bool whole =
      decoder.passes() > 1 ? ReadInterlaced(decoder, &rows) : ReadRows(decoder, &rows);
  out->truncated = !whole;
}

namespace {

struct Sink {
  std::string bytes;
  std::jmp_buf jump;
};

void Append(png_structp png, png_bytep from, size_t size) {
  static_cast<Sink*>(png_get_io_ptr(png))->bytes.append(reinterpret_cast<const char*>(from), size);
}

void Flush(png_structp) {}

[[noreturn]] void StopWriting(png_structp png, png_const_charp) {
  std::longjmp(static_cast<Sink*>(png_get_error_ptr(png))->jump, 1);
}

}  // namespace

std::string EncodePng(const Picture& picture) {
  Sink sink;
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &sink, StopWriting, Silent);
  png_infop info = png_create_info_struct(png);
  if (setjmp(sink.jump) != 0) {
    png_destroy_write_struct(&png, &info);
    throw Error(ErrorKind::kInternal, "a picture could not be written as PNG");
  }
  png_set_write_fn(png, &sink, Append, Flush);
  png_set_IHDR(png, info, static_cast<png_uint_32>(picture.width),
               static_cast<png_uint_32>(picture.height), 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_write_info(png, info);
  for (int y = 0; y < picture.height; ++y) {
    png_write_row(
        png, picture.rgb.data() + static_cast<size_t>(y) * static_cast<size_t>(picture.width) * 3);
  }
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  return std::move(sink.bytes);
}

}  // namespace bottega
