#include "data/image/jpeg.h"

#include <csetjmp>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
// jpeglib.h wants size_t and FILE first.
#include <jerror.h>
#include <jpeglib.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "base/error.h"

namespace bottega {

namespace {

constexpr int kMostScans = 500;    // more is an attack; real files have about ten
constexpr int kRowsAfterEnd = 64;  // rows still in libjpeg's hands when the bytes run out
constexpr int kFilterMargin = 2;   // chroma upsampling looks one sample to each side
constexpr uint8_t kGray = 128;

// libjpeg reports errors through functions that must not return.
struct Reporter {
  jpeg_error_mgr manager;
  jpeg_progress_mgr progress;
  std::jmp_buf jump;
  char message[JMSG_LENGTH_MAX];
  bool ended_early;
};

Reporter* ReporterOf(j_common_ptr info) { return reinterpret_cast<Reporter*>(info->err); }

void Stop(j_common_ptr info) {
  Reporter* reporter = ReporterOf(info);
  info->err->format_message(info, reporter->message);
  if (info->err->msg_code == JERR_NO_BACKING_STORE) {
    std::strcpy(reporter->message, "a progressive file as large as this needs too much memory");
  }
  std::longjmp(reporter->jump, 1);
}

void Warn(j_common_ptr info, int level) {
  if (level < 0 && info->err->msg_code == JWRN_JPEG_EOF) ReporterOf(info)->ended_early = true;
}

void Silent(j_common_ptr) {}

void LimitScans(j_common_ptr info) {
  if (!info->is_decompressor) return;
  if (reinterpret_cast<j_decompress_ptr>(info)->input_scan_number > kMostScans) {
    std::strcpy(ReporterOf(info)->message, "it has too many scans");
    std::longjmp(ReporterOf(info)->jump, 1);
  }
}

void SetUp(Reporter* reporter) {
  jpeg_std_error(&reporter->manager);
  reporter->manager.error_exit = Stop;
  reporter->manager.emit_message = Warn;
  reporter->manager.output_message = Silent;
  reporter->progress.progress_monitor = LimitScans;
  reporter->message[0] = 0;
  reporter->ended_early = false;
}

// Each method is a setjmp frame of its own and holds nothing that would need a destructor.
class Decoder {
 public:
  Decoder() {
    SetUp(&reporter_);
    info_.err = &reporter_.manager;
    if (setjmp(reporter_.jump) == 0) jpeg_create_decompress(&info_);
    info_.progress = &reporter_.progress;
    info_.mem->max_memory_to_use = kDecodeBytes;
  }
  ~Decoder() { jpeg_destroy_decompress(&info_); }
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;

  bool Start(std::string_view bytes, int denominator) {
    if (setjmp(reporter_.jump) != 0) return false;
    jpeg_mem_src(&info_, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    jpeg_read_header(&info_, TRUE);
    const bool inks = info_.jpeg_color_space == JCS_CMYK || info_.jpeg_color_space == JCS_YCCK;
    info_.out_color_space = inks ? JCS_CMYK : JCS_RGB;
    info_.scale_num = 1;
    info_.scale_denom = static_cast<unsigned>(denominator);
    jpeg_start_decompress(&info_);
    return true;
  }

  // Narrows and skips to `wanted`; `got` becomes what the rows will hold.
  bool Seek(const PixelRegion& wanted, PixelRegion* got) {
    if (setjmp(reporter_.jump) != 0) return false;
    *got = {0, wanted.top, width(), wanted.height};
    if (wanted.width < width()) {
      const int left = std::max(0, wanted.left - kFilterMargin);
      const int right = std::min(width(), wanted.left + wanted.width + kFilterMargin);
      JDIMENSION offset = static_cast<JDIMENSION>(left);
      JDIMENSION columns = static_cast<JDIMENSION>(right - left);
      jpeg_crop_scanline(&info_, &offset, &columns);
      got->left = static_cast<int>(offset);
      got->width = static_cast<int>(columns);
    }
    if (wanted.top > 0) jpeg_skip_scanlines(&info_, static_cast<JDIMENSION>(wanted.top));
    return true;
  }

  // Reads `rows` rows of `stride` bytes; returns how many there were, or -1.
  int ReadRows(uint8_t* to, ptrdiff_t stride, int rows) {
    volatile int done = 0;
    volatile int after_end = 0;
    if (setjmp(reporter_.jump) != 0) return done > 0 ? done : -1;
    while (done < rows && after_end < kRowsAfterEnd) {
      JSAMPROW pointers[8];
      const int most = std::min(8, rows - done);
      for (int i = 0; i < most; ++i) pointers[i] = to + (done + i) * stride;
      const int read =
          static_cast<int>(jpeg_read_scanlines(&info_, pointers, static_cast<JDIMENSION>(most)));
      if (read == 0) break;
      done = done + read;
      if (reporter_.ended_early) after_end = after_end + read;
    }
    return done;
  }

  int width() const { return static_cast<int>(info_.output_width); }
  int height() const { return static_cast<int>(info_.output_height); }
  int channels() const { return info_.output_components; }
  bool ended_early() const { return reporter_.ended_early; }
  const char* message() const { return reporter_.message; }

 private:
  jpeg_decompress_struct info_{};
  Reporter reporter_{};
};

// Inverted inks, as Adobe's programs write them and everybody reads them.
void InksToRgb(const uint8_t* inks, int64_t pixels, uint8_t* rgb) {
  for (int64_t i = 0; i < pixels; ++i, inks += 4, rgb += 3) {
    for (int c = 0; c < 3; ++c) rgb[c] = static_cast<uint8_t>((inks[c] * inks[3] + 127) / 255);
  }
}

Error Unreadable(const Decoder& decoder, const std::string& file) {
  return Error(ErrorKind::kData, std::string("the JPEG cannot be decoded: ") + decoder.message(),
               {.file = file});
}

void ReadPixels(Decoder& decoder, RegionPixels* out, const std::string& file) {
  const PixelRegion& region = out->region;
  const size_t row = static_cast<size_t>(region.width) * 3;
  const size_t needed = row * static_cast<size_t>(region.height);
  if (out->rgb.size() < needed) out->rgb.resize(needed);
  int rows = 0;
  if (decoder.channels() == 4) {
    std::vector<uint8_t> inks(static_cast<size_t>(region.width) * 4);
    for (int got = 1; rows < region.height && got == 1; rows += got == 1 ? 1 : 0) {
      got = decoder.ReadRows(inks.data(), 0, 1);
      if (got == 1) {
        InksToRgb(inks.data(), region.width, out->rgb.data() + static_cast<size_t>(rows) * row);
      }
    }
  } else {
    rows = decoder.ReadRows(out->rgb.data(), static_cast<ptrdiff_t>(row), region.height);
  }
  if (rows < 0) throw Unreadable(decoder, file);
  out->truncated = rows < region.height || decoder.ended_early();
  const size_t done = static_cast<size_t>(rows) * row;
  std::memset(out->rgb.data() + done, kGray, needed - done);
}

}  // namespace

void DecodeJpegRegion(std::string_view bytes, int denominator, const PixelRegion& wanted,
                      RegionPixels* out, const std::string& file) {
  Decoder decoder;
  if (!decoder.Start(bytes, denominator)) throw Unreadable(decoder, file);
  const PixelRegion region = Clipped(wanted, decoder.width(), decoder.height());
  if (!decoder.Seek(region, &out->region)) throw Unreadable(decoder, file);
  ReadPixels(decoder, out, file);
}

std::string EncodeJpeg(const Picture& picture, int quality) {
  Reporter reporter{};
  SetUp(&reporter);
  jpeg_compress_struct info{};
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  info.err = &reporter.manager;
  if (setjmp(reporter.jump) != 0) {
    jpeg_destroy_compress(&info);
    std::free(bytes);
    throw Error(ErrorKind::kInternal, reporter.message);
  }
  jpeg_create_compress(&info);
  jpeg_mem_dest(&info, &bytes, &size);
  info.image_width = static_cast<JDIMENSION>(picture.width);
  info.image_height = static_cast<JDIMENSION>(picture.height);
  info.input_components = 3;
  info.in_color_space = JCS_RGB;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, quality, TRUE);
  info.optimize_coding = TRUE;
  jpeg_start_compress(&info, TRUE);
  while (info.next_scanline < info.image_height) {
    const uint8_t* row = picture.rgb.data() + 3 * static_cast<size_t>(info.next_scanline) *
                                                  static_cast<size_t>(picture.width);
    JSAMPROW pointer = const_cast<JSAMPROW>(row);
    jpeg_write_scanlines(&info, &pointer, 1);
  }
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  std::string out(reinterpret_cast<const char*>(bytes), size);
  std::free(bytes);
  return out;
}

}  // namespace bottega
