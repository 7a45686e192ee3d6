#include "base/files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <system_error>

#include "base/error.h"
#include "base/text.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kTemporaryMark = ".tmp";

class Descriptor {
 public:
  Descriptor(const fs::path& path, int flags, mode_t mode = 0644)
      : fd_(open(path.c_str(), flags | O_CLOEXEC, mode)) {}
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

void WriteAll(int fd, std::string_view bytes, const fs::path& path) {
  while (!bytes.empty()) {
    const ssize_t n = write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) throw IoError("writing", path.string(), errno);
    bytes.remove_prefix(static_cast<size_t>(n));
  }
}

void SyncPath(const fs::path& path, int flags) {
  const Descriptor file(path, flags);
  if (file.get() < 0) throw IoError("opening", path.string(), errno);
  if (fsync(file.get()) != 0 && errno != EINVAL) throw IoError("saving", path.string(), errno);
}

fs::path ParentOf(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

// Whether `name` is one that AtomicFile gives: .NAME.tmpPID-N.
bool IsTemporary(const std::string& name) {
  const size_t mark = name.rfind(kTemporaryMark);
  if (!name.starts_with(".") || mark == std::string::npos) return false;
  const std::string_view tail = std::string_view(name).substr(mark + kTemporaryMark.size());
  const size_t dash = tail.find('-');
  return dash != std::string_view::npos && ParseInteger(tail.substr(0, dash)) &&
         ParseInteger(tail.substr(dash + 1));
}

void RemoveLeftOvers(const fs::path& folder) {
  std::error_code error;
  for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end;
       it.increment(error)) {
    std::error_code ignored;
    if (IsTemporary(it->path().filename().string())) fs::remove(it->path(), ignored);
  }
}

}  // namespace

std::string ReadFile(const fs::path& path) {
  const Descriptor file(path, O_RDONLY);
  if (file.get() < 0) throw IoError("opening", path.string(), errno);
  struct stat info{};
  if (fstat(file.get(), &info) != 0) throw IoError("reading", path.string(), errno);
  if (S_ISDIR(info.st_mode)) throw IoError("reading", path.string(), EISDIR);
  std::string bytes;
  bytes.resize(static_cast<size_t>(std::max<off_t>(info.st_size, 0)) + 1);
  size_t used = 0;
  while (true) {
    if (used == bytes.size()) bytes.resize(bytes.size() * 2);
    const ssize_t n = read(file.get(), bytes.data() + used, bytes.size() - used);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) throw IoError("reading", path.string(), errno);
    if (n == 0) break;
    used += static_cast<size_t>(n);
  }
  bytes.resize(used);
  return bytes;
}

void WriteFileAtomic(const fs::path& path, std::string_view bytes) {
  AtomicFile file(path);
  {
    const Descriptor out(file.temporary_path(), O_WRONLY | O_CREAT | O_TRUNC);
    if (out.get() < 0) throw IoError("writing", file.temporary_path().string(), errno);
    WriteAll(out.get(), bytes, path);
  }
  file.Commit();
}

AtomicFile::AtomicFile(fs::path path) : path_(std::move(path)) {
  MakeFolders(ParentOf(path_));
  static std::atomic<int> count = 0;
  temporary_ = ParentOf(path_) / ("." + path_.filename().string() + std::string(kTemporaryMark) +
                                  std::to_string(getpid()) + "-" + std::to_string(++count));
}

AtomicFile::~AtomicFile() {
  std::error_code ignored;
  if (!committed_) fs::remove(temporary_, ignored);
}

void AtomicFile::Commit() {
  SyncPath(temporary_, O_RDONLY);
  if (rename(temporary_.c_str(), path_.c_str()) != 0) {
    throw IoError("saving", path_.string(), errno);
  }
  committed_ = true;
  SyncPath(ParentOf(path_), O_RDONLY | O_DIRECTORY);
}

AppendFile::AppendFile(fs::path path, int64_t keep_bytes) : path_(std::move(path)) {
  MakeFolders(ParentOf(path_));
  fd_ = open(path_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
  if (fd_ < 0) throw IoError("opening", path_.string(), errno);
  const off_t size = lseek(fd_, 0, SEEK_END);
  offset_ = keep_bytes < 0 ? size : std::min<int64_t>(size, keep_bytes);
  if (offset_ < size && ftruncate(fd_, offset_) != 0) {
    throw IoError("cutting", path_.string(), errno);
  }
  lseek(fd_, offset_, SEEK_SET);
}

AppendFile::~AppendFile() {
  if (fd_ >= 0) close(fd_);
}

void AppendFile::Append(std::string_view bytes) {
  try {
    WriteAll(fd_, bytes, path_);
  } catch (const Error&) {
    // A line cut short by a full disk must not stay before the next one.
    if (ftruncate(fd_, offset_) == 0) lseek(fd_, offset_, SEEK_SET);
    throw;
  }
  offset_ += static_cast<int64_t>(bytes.size());
}

void AppendFile::Sync() {
  if (fdatasync(fd_) != 0 && errno != EINVAL) throw IoError("saving", path_.string(), errno);
}

FolderLock::FolderLock(const fs::path& folder, const std::string& busy_hint) {
  MakeFolders(folder);
  const fs::path path = folder / ".lock";
  fd_ = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (fd_ < 0) throw IoError("locking", path.string(), errno);
  if (flock(fd_, LOCK_EX | LOCK_NB) != 0) {
    const int error_number = errno;
    close(fd_);
    if (error_number != EWOULDBLOCK) throw IoError("locking", path.string(), error_number);
    throw Error(ErrorKind::kUsage, "another process is writing to this folder",
                {.file = folder.string()}, busy_hint);
  }
  RemoveLeftOvers(folder);
}

FolderLock::~FolderLock() {
  if (fd_ >= 0) close(fd_);
}

TemporaryFolder::TemporaryFolder() {
  std::string name = (fs::temp_directory_path() / "bottega-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw IoError("making a folder", name, errno);
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::vector<fs::path> ListFiles(const fs::path& folder) {
  std::error_code error;
  fs::recursive_directory_iterator it(folder, error);
  if (error) throw IoError("listing", folder.string(), error.value());
  std::vector<fs::path> files;
  fs::path last;
  for (; it != fs::recursive_directory_iterator(); it.increment(error)) {
    last = it->path();
    const std::string name = it->path().filename().string();
    if (name.starts_with(".")) {
      it.disable_recursion_pending();
      continue;
    }
    std::error_code ignored;
    if (it->is_regular_file(ignored)) files.push_back(it->path().lexically_relative(folder));
  }
  if (error) throw IoError("listing", last.string(), error.value());
  std::sort(files.begin(), files.end(),
            [](const fs::path& a, const fs::path& b) { return a.native() < b.native(); });
  return files;
}

void MakeFolders(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) throw IoError("making the folder", folder.string(), error.value());
}

}  // namespace bottega
