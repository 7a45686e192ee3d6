#include "data/io/source_bytes.h"

#include <arrow/buffer.h>
#include <arrow/io/file.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "data/arrow_support.h"
#include "data/io/encoding.h"

namespace bottega {
namespace fs = std::filesystem;
namespace {

struct Magic {
  std::string_view bytes;
  std::string_view what;
};
constexpr Magic kMagics[] = {
    {"PK\x03\x04", "a ZIP archive (perhaps an Excel file)"},
    {"%PDF", "a PDF file"},
    {"\x89PNG", "a PNG picture"},
    {"\xFF\xD8\xFF", "a JPEG picture"},
    {"\xD0\xCF\x11\xE0", "an old Excel or Word file"},
    {"SQLite format 3", "an SQLite database"},
    {"\x7F"
     "ELF",
     "a program"},
    {"BZh", "a bzip2 archive"},
    {"\xFD"
     "7zXZ",
     "an xz archive"},
    {"PAR1", "a Parquet file"},
};

Error Truncated(std::string_view compression, const std::string& file, const std::string& why) {
  return Error(ErrorKind::kData,
               "the " + std::string(compression) + " archive is damaged or cut short: " + why,
               {.file = file},
               "copy or download it again; `" +
                   std::string(compression == "gzip" ? "gzip" : "zstd") + " -t " +
                   ShellQuote(file) + "` tests it");
}

std::string Gunzip(std::string_view packed, const std::string& file, int64_t most) {
  std::string text;
  z_stream stream{};
  if (inflateInit2(&stream, 15 + 32) != Z_OK) throw Truncated("gzip", file, "no memory");
  std::string chunk(1 << 18, '\0');
  size_t at = 0;
  int status = Z_OK;
  while (true) {
    if (stream.avail_in == 0) {
      const size_t take = std::min<size_t>(packed.size() - at, 1 << 30);
      stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data() + at));
      stream.avail_in = static_cast<uInt>(take);
      at += take;
    }
    if (status == Z_STREAM_END) {
      // Several members in one file are one text; zero padding after the last is allowed.
      if (stream.avail_in == 0 || *stream.next_in == 0) break;
      if (inflateReset(&stream) != Z_OK) break;
    }
    stream.next_out = reinterpret_cast<Bytef*>(chunk.data());
    stream.avail_out = static_cast<uInt>(chunk.size());
    status = inflate(&stream, Z_NO_FLUSH);
    text.append(chunk.data(), chunk.size() - stream.avail_out);
    if (status != Z_OK && status != Z_STREAM_END) break;
    if (static_cast<int64_t>(text.size()) > most) break;
  }
  const std::string why = stream.msg != nullptr ? stream.msg : "it ends early";
  inflateEnd(&stream);
  if (static_cast<int64_t>(text.size()) > most) {
    throw Truncated("gzip", file, "it unpacks to more than " + FormatBytes(most));
  }
  if (status != Z_STREAM_END) throw Truncated("gzip", file, why);
  return text;
}

std::string Unzstd(std::string_view packed, const std::string& file, int64_t most) {
  const std::unique_ptr<ZSTD_DStream, size_t (*)(ZSTD_DStream*)> stream(ZSTD_createDStream(),
                                                                        ZSTD_freeDStream);
  std::string text;
  std::string chunk(ZSTD_DStreamOutSize(), '\0');
  ZSTD_inBuffer in{packed.data(), packed.size(), 0};
  size_t left = 1;
  while (true) {
    ZSTD_outBuffer out{chunk.data(), chunk.size(), 0};
    left = ZSTD_decompressStream(stream.get(), &out, &in);
    if (ZSTD_isError(left)) throw Truncated("zstd", file, ZSTD_getErrorName(left));
    text.append(chunk.data(), out.pos);
    if (static_cast<int64_t>(text.size()) > most) {
      throw Truncated("zstd", file, "it unpacks to more than " + FormatBytes(most));
    }
    if (in.pos == in.size && out.pos < out.size) break;
  }
  if (left != 0) throw Truncated("zstd", file, "it ends early");
  return text;
}

std::shared_ptr<arrow::Buffer> MapFile(const fs::path& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) {
    throw Error(ErrorKind::kData, "this is a folder, a file is needed here",
                {.file = path.string()},
                "name a file in it; `ls " + ShellQuote(path.string()) + "` lists them");
  }
  const Place place{.file = path.string()};
  const uintmax_t size = fs::file_size(path, error);
  if (!error && size == 0) {
    throw Error(ErrorKind::kData, "the file is empty", place,
                "`ls -l " + ShellQuote(path.string()) + "` shows its size; write it again");
  }
  auto file =
      ArrowValue(arrow::io::MemoryMappedFile::Open(path.string(), arrow::io::FileMode::READ),
                 ErrorKind::kIo, place);
  return ArrowValue(file->ReadAt(0, static_cast<int64_t>(size)), ErrorKind::kIo, place);
}

std::string_view View(const arrow::Buffer& buffer) {
  return {reinterpret_cast<const char*>(buffer.data()), static_cast<size_t>(buffer.size())};
}

void RejectBinary(std::string_view bytes, const std::string& file) {
  const Magic* magic = std::find_if(std::begin(kMagics), std::end(kMagics),
                                    [&](const Magic& m) { return bytes.starts_with(m.bytes); });
  const bool known = magic != std::end(kMagics);
  const std::string_view head = bytes.substr(0, 65536);
  const auto odd = std::count_if(head.begin(), head.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 32 && byte != '\t' && byte != '\n' && byte != '\r' && byte != '\f';
  });
  const bool binary = odd * 20 > static_cast<int64_t>(head.size());
  if (!known && !binary) return;
  throw Error(ErrorKind::kData,
              known ? "this is " + std::string(magic->what) + ", no text table"
                    : "this is a binary file, no text table",
              {.file = file}, "save it as CSV (UTF-8), JSON Lines or Parquet and name that file");
}

SourceBytes Decode(std::shared_ptr<arrow::Buffer> buffer, const std::string& file,
                   const std::string& encoding) {
  SourceBytes source;
  source.compression = std::string(CompressionOf(View(*buffer)));
  if (source.compression != "none") {
    buffer = arrow::Buffer::FromString(Unpack(View(*buffer), source.compression, file));
  }
  const std::string_view text = View(*buffer);
  source.encoding = encoding.empty() ? DetectEncoding(text) : LowerAscii(encoding);
  if (source.encoding == "utf-16" || source.encoding == "utf16") source.encoding = "utf-16-le";
  if (source.encoding == "utf8" || source.encoding == "utf-8-bom") source.encoding = "utf-8";
  if (encoding.empty() && text.starts_with("\xEF\xBB\xBF")) source.encoding = "utf-8-bom";
  const bool wide = source.encoding.starts_with("utf-16") || source.encoding.starts_with("utf-32");
  if (!wide) RejectBinary(text, file);
  if (!source.encoding.starts_with("utf-8")) {
    buffer = arrow::Buffer::FromString(ToUtf8(text, source.encoding, file, &source.issues));
  }
  if (View(*buffer).starts_with("\xEF\xBB\xBF")) buffer = arrow::SliceBuffer(buffer, 3);
  if (!IsCleanUtf8(View(*buffer))) {
    buffer = arrow::Buffer::FromString(RepairUtf8(View(*buffer), file, &source.issues));
  }
  if (Trim(View(*buffer)).empty()) {
    throw Error(ErrorKind::kData, "the file holds nothing but white space", {.file = file},
                "write it again with its rows");
  }
  source.buffer = std::move(buffer);
  return source;
}

}  // namespace

void RequireExists(const fs::path& path) {
  std::error_code error;
  if (fs::exists(path, error)) return;
  const fs::path folder = path.parent_path().empty() ? fs::path(".") : path.parent_path();
  std::vector<std::string> names;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    if (names.size() < 10'000) names.push_back(it->path().filename().string());
  }
  std::sort(names.begin(), names.end());
  std::vector<std::string> near = NearestNames(path.filename().string(), names);
  for (std::string& name : near) name = ShellQuote((path.parent_path() / name).string());
  std::string hint = "check the path";
  if (!near.empty()) {
    hint = "did you mean " + Join(near, " or ") + "?";
  } else if (!fs::is_directory(folder, error)) {
    hint = "there is no folder " + ShellQuote(folder.string()) + " either";
  } else {
    hint = "`ls " + ShellQuote(folder.string()) + "` lists what is there";
  }
  throw Error(ErrorKind::kMissing, "there is no such file or folder", {.file = path.string()},
              hint);
}

std::string_view SourceBytes::text() const { return View(*buffer); }

SourceBytes ReadSource(const fs::path& path, const std::string& encoding) {
  RequireExists(path);
  return Decode(MapFile(path), path.string(), encoding);
}

SourceBytes ReadSourceBytes(std::string bytes, const std::string& file,
                            const std::string& encoding) {
  if (bytes.empty()) throw Error(ErrorKind::kData, "the file is empty", {.file = file});
  return Decode(arrow::Buffer::FromString(std::move(bytes)), file, encoding);
}

std::string Unpack(std::string_view packed, std::string_view compression, const std::string& file,
                   int64_t most) {
  return compression == "gzip" ? Gunzip(packed, file, most) : Unzstd(packed, file, most);
}

std::string_view CompressionOf(std::string_view bytes) {
  if (bytes.starts_with("\x1F\x8B")) return "gzip";
  if (bytes.starts_with("\x28\xB5\x2F\xFD")) return "zstd";
  return "none";
}

}  // namespace bottega
