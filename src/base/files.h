// Files: whole reads, atomic writes, locks, temporary folders. All failures are Errors (kIo, or
// kMissing when the path does not exist).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace bottega {

std::string ReadFile(const std::filesystem::path& path);

// Temporary file beside `path`, fsync, rename, fsync of the folder: after a kill at any instant the
// path holds the old bytes or the new ones. Creates the parent folders.
void WriteFileAtomic(const std::filesystem::path& path, std::string_view bytes);

// The same for writers that need a path: write to temporary_path(), then Commit(). Without Commit
// the temporary file is removed.
class AtomicFile {
 public:
  explicit AtomicFile(std::filesystem::path path);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;
  const std::filesystem::path& temporary_path() const { return temporary_; }
  void Commit();

 private:
  std::filesystem::path path_;
  std::filesystem::path temporary_;
  bool committed_ = false;
};

// Append-only file. Offset() is what a checkpoint stores; resume opens with that `keep_bytes` and
// cuts what a killed process wrote after it. keep_bytes -1 keeps everything.
class AppendFile {
 public:
  explicit AppendFile(std::filesystem::path path, int64_t keep_bytes = -1);
  ~AppendFile();
  AppendFile(const AppendFile&) = delete;
  AppendFile& operator=(const AppendFile&) = delete;
  void Append(std::string_view bytes);
  void Sync();
  int64_t Offset() const { return offset_; }

 private:
  std::filesystem::path path_;
  int fd_ = -1;
  int64_t offset_ = 0;
};

// Exclusive lock of a folder (flock on `folder/.lock`), released on destruction or death. Throws
// kUsage with `busy_hint` when another process holds it. Only its holder writes below the folder,
// so AtomicFile's temporary files that it finds there were left by killed processes: it removes
// them.
class FolderLock {
 public:
  FolderLock(const std::filesystem::path& folder, const std::string& busy_hint);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int fd_ = -1;
};

// A folder below the system's temporary one, removed with its contents on destruction.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// Regular files below `folder`, relative paths in byte order. Hidden names are left out; links to
// files are followed, links to folders are not. A folder that may not be read is an Error.
std::vector<std::filesystem::path> ListFiles(const std::filesystem::path& folder);

// Creates `folder` and its parents; fsyncs nothing.
void MakeFolders(const std::filesystem::path& folder);

}  // namespace bottega
