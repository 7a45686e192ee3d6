#include "data/io/folder_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <map>
#include <string_view>

#include "base/text.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

using Kind = FolderFile::Kind;

// How much of a file is read: nearly always enough, enough with an EXIF thumbnail, all of it.
constexpr std::array<size_t, 3> kHeadBytes = {8 << 10, 256 << 10, SIZE_MAX};
constexpr size_t kTailBytes = 4 << 10;

std::string_view FormatOfName(const std::string& path) {
  const std::string extension = LowerAscii(fs::path(path).extension().string());
  static const std::map<std::string, std::string_view> formats = {
      {".jpg", "jpeg"}, {".jpeg", "jpeg"}, {".jpe", "jpeg"},  {".jfif", "jpeg"},
      {".png", "png"},  {".webp", "webp"}, {".gif", "GIF"},   {".bmp", "BMP"},
      {".tif", "TIFF"}, {".tiff", "TIFF"}, {".heic", "HEIC"}, {".avif", "AVIF"}};
  const auto found = formats.find(extension);
  return found == formats.end() ? std::string_view() : found->second;
}

bool IsPictureByContent(std::string_view bytes) {
  return bytes.starts_with("\xFF\xD8\xFF") || bytes.starts_with("\x89PNG\r\n\x1A\n") ||
         (bytes.starts_with("RIFF") && bytes.size() >= 12 && bytes.substr(8, 4) == "WEBP");
}

class OpenFile {
 public:
  explicit OpenFile(const fs::path& path) : fd_(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (fd_ < 0) throw IoError("opening", path.string(), errno);
    size_ = std::max<off_t>(0, lseek(fd_, 0, SEEK_END));
  }
  ~OpenFile() { close(fd_); }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  size_t size() const { return static_cast<size_t>(size_); }
  std::string Read(size_t begin, size_t bytes) const {
    std::string out(std::min(bytes, size() - begin), '\0');
    size_t done = 0;
    while (done < out.size()) {
      const ssize_t got =
          pread(fd_, out.data() + done, out.size() - done, static_cast<off_t>(begin + done));
      if (got <= 0) break;
      done += static_cast<size_t>(got);
    }
    out.resize(done);
    return out;
  }

 private:
  int fd_;
  off_t size_ = 0;
};

// A JPEG ends with the marker FF D9; a few bytes that cameras append may follow.
bool EndsEarly(const OpenFile& file) {
  const std::string_view end("\xFF\xD9", 2);
  const size_t tail = std::min(file.size(), kTailBytes);
  if (file.Read(file.size() - tail, tail).rfind(end) != std::string::npos) return false;
  // A thumbnail in the head has its own end marker, but lies before the picture's first scan.
  const std::string all = file.Read(0, file.size());
  const size_t scan = all.rfind(std::string_view("\xFF\xDA", 2));
  const size_t found = all.rfind(end);
  return found == std::string::npos || (scan != std::string::npos && found < scan);
}

}  // namespace

void LookAt(const fs::path& root, FolderFile* file) {
  const std::string_view named = FormatOfName(file->path);
  try {
    const OpenFile opened(root / file->path);
    for (const size_t bytes : kHeadBytes) {
      const std::string head = opened.Read(0, bytes);
      if (!IsPictureByContent(head)) {
        file->kind = named.empty() ? Kind::kForeign : Kind::kUnreadable;
        file->why = head.empty() ? "the file is empty" : "it is no JPEG, PNG or WebP picture";
        return;
      }
      try {
        file->info = ReadPictureInfo(head, file->path);
      } catch (const Error& error) {
        file->kind = Kind::kUnreadable;
        file->why = error.message();
        if (head.size() < opened.size()) continue;
        return;
      }
      break;
    }
    file->kind = Kind::kPicture;
    file->why = WhyTooLarge(file->info);
    if (!file->why.empty()) file->kind = Kind::kTooLarge;
    file->misnamed = !named.empty() && named != file->info.format;
    file->truncated = file->info.format == "jpeg" && EndsEarly(opened);
  } catch (const Error& error) {
    file->kind = Kind::kUnreadable;
    file->why = error.message();
  }
}

void AddIssues(const FolderFile& file, const Place& place, IssueList* issues) {
  const auto add = [&](const char* kind, const std::string& message) {
    issues->Add({kind, place, message});
  };
  if (file.kind == Kind::kForeign) {
    add("foreign_file", "the file is left out: " + file.why);
  } else if (file.kind == Kind::kUnreadable) {
    add("unreadable_file", "the picture is left out: " + file.why);
  } else if (file.kind == Kind::kTooLarge) {
    add("too_large", "the picture is left out: " + file.why);
  } else {
    if (file.misnamed) {
      add("misnamed_file",
          "the file is a " + file.info.format + " picture, not what its name says");
    }
    if (file.truncated) add("truncated_file", "the JPEG ends early; what is missing is gray");
  }
}

bool IsPictureFile(const fs::path& path) {
  try {
    return IsPictureByContent(OpenFile(path).Read(0, 16));
  } catch (const Error&) {
    return false;
  }
}

}  // namespace bottega
