#include "audit/review/review_log.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/text.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

constexpr const char* kEnding = ".jsonl";

// An open log, locked against other writers as long as it lives.
class OpenLog {
 public:
  explicit OpenLog(fs::path path) : path_(std::move(path)) {
    MakeFolders(path_.parent_path());
    fd_ = open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (fd_ < 0) throw IoError("opening", path_.string(), errno);
    while (flock(fd_, LOCK_EX) != 0) {
      if (errno == EINTR) continue;
      const int failure = errno;
      close(fd_);
      throw IoError("locking", path_.string(), failure);
    }
  }
  ~OpenLog() { close(fd_); }
  OpenLog(const OpenLog&) = delete;
  OpenLog& operator=(const OpenLog&) = delete;

  // The last whole line, "" for none; what stands behind it is cut off.
  std::string LastLine() {
    const std::string bytes = ReadFile(path_);
    const size_t end = bytes.rfind('\n');
    const size_t whole = end == std::string::npos ? 0 : end + 1;
    if (whole < bytes.size() && ftruncate(fd_, static_cast<off_t>(whole)) != 0) {
      throw IoError("cutting", path_.string(), errno);
    }
    if (whole == 0) return "";
    const size_t before = end == 0 ? std::string::npos : bytes.rfind('\n', end - 1);
    const size_t begin = before == std::string::npos ? 0 : before + 1;
    return bytes.substr(begin, end - begin);
  }

  void Append(std::string_view bytes) {
    if (lseek(fd_, 0, SEEK_END) < 0) throw IoError("writing", path_.string(), errno);
    while (!bytes.empty()) {
      const ssize_t n = write(fd_, bytes.data(), bytes.size());
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) throw IoError("writing", path_.string(), errno);
      bytes.remove_prefix(static_cast<size_t>(n));
    }
    if (fsync(fd_) != 0 && errno != EINVAL) throw IoError("saving", path_.string(), errno);
    const int folder = open(path_.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return;
    fsync(folder);
    close(folder);
  }

 private:
  fs::path path_;
  int fd_ = -1;
};

std::string LineOf(const Decision& decision, const std::string& previous) {
  Json json = DecisionToJson(decision);
  json["previous"] = previous.empty() ? Json() : Json(previous);
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

ReviewLog ReadLog(const fs::path& project, const fs::path& path) {
  ReviewLog log{.path = path.string()};
  const std::string bytes = ReadFile(project / path);
  int64_t number = 0;
  size_t begin = 0;
  for (size_t end = bytes.find('\n'); end != std::string::npos; end = bytes.find('\n', begin)) {
    const std::string line = bytes.substr(begin, end - begin);
    begin = end + 1;
    ++number;
    if (line.empty()) continue;
    const std::string place = log.path + ":" + std::to_string(number);
    const Json json = ParseJson(line, place);
    log.decisions.push_back(DecisionFromJson(json, place));
    const Json before = json.value("previous", Json());
    if ((before.is_string() ? before.get<std::string>() : "") != log.seal) {
      log.breaks.push_back(number);
    }
    log.seal = Sha256Hex(line);
  }
  return log;
}

}  // namespace

std::string ReviewerFileName(const std::string& reviewer) {
  std::string name;
  for (const char c : LowerAscii(reviewer)) {
    const bool plain = (c >= 'a' && c <= 'z') || IsDigit(c);
    if (plain) name += c;
    if (!plain && !name.empty() && !name.ends_with('-')) name += '-';
  }
  if (name.ends_with('-')) name.pop_back();
  if (name == reviewer || Replace(name, "-", " ") == LowerAscii(reviewer)) return name + kEnding;
  constexpr size_t kDigits = 6;
  return name + (name.empty() ? "" : "-") + Sha256Hex(reviewer).substr(0, kDigits) + kEnding;
}

void AppendDecisions(const fs::path& project, const std::string& review,
                     const std::string& reviewer, const std::vector<Decision>& decisions) {
  OpenLog log(project / kReviewsFolder / review / ReviewerFileName(reviewer));
  std::string before = log.LastLine(), lines;
  for (const Decision& decision : decisions) {
    before = LineOf(decision, before.empty() ? "" : Sha256Hex(before));
    lines += before + "\n";
  }
  log.Append(lines);
}

std::vector<ReviewLog> ReadReviewLogs(const fs::path& project) {
  std::vector<fs::path> paths;
  std::error_code ignored;
  for (const auto& review : fs::directory_iterator(project / kReviewsFolder, ignored)) {
    std::error_code none;
    for (const auto& file : fs::directory_iterator(review.path(), none)) {
      const fs::path& path = file.path();
      if (path.extension() != kEnding || path.filename().string().starts_with(".")) continue;
      if (path.filename() == "rows.jsonl") continue;
      paths.push_back(fs::path(kReviewsFolder) / review.path().filename() / path.filename());
    }
  }
  std::ranges::sort(paths);
  std::vector<ReviewLog> logs;
  for (const fs::path& path : paths) logs.push_back(ReadLog(project, path));
  return logs;
}

}  // namespace bottega
