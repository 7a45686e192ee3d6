#include "data/io/text_pieces.h"

#include <arrow/buffer.h>
#include <arrow/io/compressed.h>
#include <arrow/io/file.h>
#include <arrow/util/compression.h>

#include <algorithm>

#include "base/text.h"
#include "data/arrow_support.h"
#include "data/io/encoding.h"
#include "data/io/source_bytes.h"

namespace bottega {
namespace {

constexpr size_t kMostRecord = size_t{256} << 20;
constexpr size_t kHead = size_t{1} << 20;

std::shared_ptr<arrow::io::InputStream> OpenStream(const std::string& file,
                                                   const std::string& compression) {
  const Place place{.file = file};
  std::shared_ptr<arrow::io::InputStream> raw =
      ArrowValue(arrow::io::ReadableFile::Open(file), ErrorKind::kIo, place);
  if (compression == "none") return raw;
  // The stream uses the codec as long as it lives.
  static const std::unique_ptr<arrow::util::Codec> gzip =
      ArrowValue(arrow::util::Codec::Create(arrow::Compression::GZIP));
  static const std::unique_ptr<arrow::util::Codec> zstd =
      ArrowValue(arrow::util::Codec::Create(arrow::Compression::ZSTD));
  return ArrowValue(
      arrow::io::CompressedInputStream::Make(compression == "gzip" ? gzip.get() : zstd.get(), raw),
      ErrorKind::kData, place);
}

std::string FirstBytes(const std::string& file) {
  auto in = ArrowValue(arrow::io::ReadableFile::Open(file), ErrorKind::kIo, {.file = file});
  return ArrowValue(in->Read(4), ErrorKind::kIo, {.file = file})->ToString();
}

}  // namespace

TextPieces::TextPieces(const std::filesystem::path& path, const std::string& encoding,
                       size_t piece_bytes)
    : file_(path.string()), piece_bytes_(piece_bytes) {
  RequireExists(path);
  compression_ = std::string(CompressionOf(FirstBytes(file_)));
  stream_ = OpenStream(file_, compression_);
  Fill(kHead);
  // Cut where a line ends, so that no character is cut in two.
  const size_t end = at_end_ ? pending_.size() : pending_.rfind('\n') + 1;
  const SourceBytes head =
      ReadSourceBytes(pending_.substr(0, end == 0 ? pending_.size() : end), file_, encoding);
  encoding_ = head.encoding;
  head_ = std::string(head.text());
  if (encoding_.starts_with("utf-16") || encoding_.starts_with("utf-32")) {
    throw Error(ErrorKind::kData,
                "a text of this size cannot be read piece by piece in " + encoding_,
                {.file = file_},
                "convert it first: iconv -f " + encoding_ + " -t utf-8 " + ShellQuote(file_) +
                    " > utf8.csv");
  }
  const bool utf8 = encoding_.starts_with("utf-8");
  if (utf8 && pending_.starts_with("\xEF\xBB\xBF")) pending_.erase(0, 3);
}

TextPieces::~TextPieces() = default;

void TextPieces::Fill(size_t bytes) {
  while (!at_end_ && pending_.size() < bytes) {
    const size_t before = pending_.size();
    pending_.resize(bytes);
    const arrow::Result<int64_t> read =
        stream_->Read(static_cast<int64_t>(bytes - before), pending_.data() + before);
    if (!read.ok()) {
      throw ArrowError(read.status(), compression_ == "none" ? ErrorKind::kIo : ErrorKind::kData,
                       {.file = file_}, "copy or download it again: it may be damaged");
    }
    pending_.resize(before + static_cast<size_t>(*read));
    bytes_ += *read;
    at_end_ = *read == 0;
  }
}

std::shared_ptr<arrow::Buffer> TextPieces::Next(const WholeRecords& whole, IssueList* issues) {
  size_t end = 0;
  for (size_t wanted = piece_bytes_; end == 0; wanted *= 2) {
    Fill(wanted);
    if (pending_.empty()) return nullptr;
    const std::string_view some = std::string_view(pending_).substr(0, wanted);
    end = at_end_ && some.size() == pending_.size() ? some.size() : whole(some);
    if (end == 0 && pending_.size() >= kMostRecord) {
      throw Error(ErrorKind::kData,
                  "a record that begins here is longer than " + FormatBytes(kMostRecord),
                  {.file = file_, .line = lines_ + 1},
                  "`sed -n " + std::to_string(lines_ + 1) + "p " + ShellQuote(file_) +
                      " | head -c 500` shows it; a quote may never be closed");
    }
  }
  std::string rest = pending_.substr(end);
  pending_.resize(end);
  lines_before_ = lines_;
  lines_ += std::count(pending_.begin(), pending_.end(), '\n');
  std::shared_ptr<arrow::Buffer> piece = Decode(std::move(pending_), issues);
  pending_ = std::move(rest);
  return piece;
}

std::shared_ptr<arrow::Buffer> TextPieces::Decode(std::string raw, IssueList* issues) const {
  std::vector<ReadIssue> found;
  if (!encoding_.starts_with("utf-8")) raw = ToUtf8(raw, encoding_, file_, &found);
  if (!IsCleanUtf8(raw)) raw = RepairUtf8(raw, file_, &found);
  for (ReadIssue& issue : found) {
    if (issue.place.line >= 0) issue.place.line += lines_before_;
    issues->Add(std::move(issue));
  }
  return arrow::Buffer::FromString(std::move(raw));
}

}  // namespace bottega
