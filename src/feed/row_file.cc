#include "feed/row_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "base/error.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

constexpr char kMagic[8] = {'b', 't', 't', 'g', 'r', 'o', 'w', '1'};
constexpr int64_t kHeaderBytes = 40;
constexpr size_t kBuffer = size_t{1} << 20;

using HeaderNumbers = std::array<int64_t, 4>;
static_assert(sizeof(kMagic) + sizeof(HeaderNumbers) == kHeaderBytes);

template <typename T>
void Put(std::string* to, const T& value) {
  to->append(reinterpret_cast<const char*>(&value), sizeof(value));
}

[[noreturn]] void ThrowIo(const fs::path& path, const std::string& what) {
  throw Error(ErrorKind::kIo, what + ": " + std::strerror(errno), {.file = path.string()},
              "make room on the disk, then `bottega train --resume`");
}

}  // namespace

RowFileWriter::RowFileWriter(const fs::path& path, const RowLayout& layout)
    : file_(path), layout_(layout), out_(file_.temporary_path(), std::ios::binary) {
  WriteHeader();
}

void RowFileWriter::WriteHeader() {
  const HeaderNumbers numbers = {rows_, layout_.numbers, layout_.codes,
                                 layout_.classification ? 1 : 0};
  out_.write(kMagic, sizeof(kMagic));
  out_.write(reinterpret_cast<const char*>(numbers.data()), sizeof(numbers));
}

void RowFileWriter::Add(const Features& features, const FeedColumns& columns,
                        const std::vector<int64_t>& positions) {
  for (const int64_t position : positions) {
    const auto p = static_cast<size_t>(position);
    Put(&buffer_, columns.rows[p]);
    Put(&buffer_, columns.weights.empty() ? 1.0f : columns.weights[p]);
    layout_.classification ? Put(&buffer_, columns.labels[p]) : Put(&buffer_, columns.values[p]);
    const auto numbers = static_cast<size_t>(layout_.numbers);
    const auto codes = static_cast<size_t>(layout_.codes);
    buffer_.append(reinterpret_cast<const char*>(features.numbers.data() + p * numbers),
                   numbers * sizeof(float));
    buffer_.append(reinterpret_cast<const char*>(features.codes.data() + p * codes),
                   codes * sizeof(int32_t));
    if (buffer_.size() < kBuffer) continue;
    out_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    buffer_.clear();
  }
  rows_ += static_cast<int64_t>(positions.size());
  if (!out_) ThrowIo(file_.temporary_path(), "writing encoded rows failed");
}

void RowFileWriter::Finish() {
  out_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
  buffer_.clear();
  out_.seekp(0);
  WriteHeader();
  out_.close();
  if (!out_) ThrowIo(file_.temporary_path(), "writing encoded rows failed");
  file_.Commit();
}

RowFile::RowFile(fs::path path) : path_(std::move(path)) {
  fd_ = open(path_.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd_ < 0) {
    throw Error(ErrorKind::kMissing, "the encoded rows of this training are gone",
                {.file = path_.string()}, "`bottega train` starts a new run");
  }
  char magic[sizeof(kMagic)];
  HeaderNumbers numbers{};
  const bool read = pread(fd_, magic, sizeof(magic), 0) == sizeof(magic) &&
                    pread(fd_, numbers.data(), sizeof(numbers), sizeof(magic)) == sizeof(numbers);
  rows_ = numbers[0];
  layout_ = {.numbers = numbers[1], .codes = numbers[2], .classification = numbers[3] == 1};
  std::error_code error;
  const auto size = static_cast<int64_t>(fs::file_size(path_, error));
  if (read && !error && std::memcmp(magic, kMagic, sizeof(magic)) == 0 &&
      size == kHeaderBytes + rows_ * layout_.record_bytes()) {
    return;
  }
  close(fd_);
  throw Error(ErrorKind::kData, "not a whole file of encoded rows", {.file = path_.string()},
              "`bottega train` starts a new run");
}

RowFile::~RowFile() { close(fd_); }

void RowFile::Read(int64_t begin, int64_t count, char* to) const {
  int64_t left = count * layout_.record_bytes();
  int64_t at = kHeaderBytes + begin * layout_.record_bytes();
  while (left > 0) {
    const ssize_t got = pread(fd_, to, static_cast<size_t>(left), at);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) ThrowIo(path_, "reading encoded rows failed");
    to += got, at += got, left -= got;
  }
}

}  // namespace bottega
