#include "run/running.h"

#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <cstdio>
#include <fstream>

namespace bottega {

// /proc/locks: "1: FLOCK  ADVISORY  WRITE 1234 08:01:5678 0 EOF", the device in hexadecimal.
RunningRuns::RunningRuns(std::filesystem::path project) : project_(std::move(project)) {
  std::ifstream file("/proc/locks");
  std::string line;
  while (std::getline(file, line)) {
    unsigned major = 0, minor = 0;
    unsigned long long inode = 0;
    const bool read = std::sscanf(line.c_str(), "%*d: FLOCK %*s WRITE %*d %x:%x:%llu", &major,
                                  &minor, &inode) == 3;
    if (read) locked_.emplace(makedev(major, minor), inode);
  }
}

bool RunningRuns::Contains(const std::string& id) const {
  struct stat info{};
  if (locked_.empty()) return false;
  if (stat((project_ / "runs" / id / ".lock").c_str(), &info) != 0) return false;
  return locked_.contains({info.st_dev, info.st_ino});
}

}  // namespace bottega
