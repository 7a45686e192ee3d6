#include "base/memory.h"

#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <limits>
#include <string>

namespace bottega {

namespace {

constexpr int64_t kUnknown = std::numeric_limits<int64_t>::max();

// The file's first number; kUnknown for "max" and for no file.
int64_t NumberIn(const char* path) {
  std::ifstream file(path);
  int64_t number = 0;
  return file >> number ? number : kUnknown;
}

// The line `wanted` of a file of lines "Name:   123 kB", in bytes.
int64_t LineIn(const char* path, const std::string& wanted) {
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with(wanted)) return std::stoll(line.substr(wanted.size())) * 1024;
  }
  return kUnknown;
}

int64_t AvailableInGroup() {
  const int64_t limit = NumberIn("/sys/fs/cgroup/memory.max");
  const int64_t used = NumberIn("/sys/fs/cgroup/memory.current");
  return limit == kUnknown || used == kUnknown ? kUnknown : std::max<int64_t>(0, limit - used);
}

}  // namespace

int64_t ResidentMemory() {
  std::ifstream file("/proc/self/statm");
  int64_t total = 0, resident = 0;
  file >> total >> resident;
  return resident * static_cast<int64_t>(sysconf(_SC_PAGESIZE));
}

int64_t PeakMemory() {
  const int64_t peak = LineIn("/proc/self/status", "VmHWM:");
  return peak == kUnknown ? ResidentMemory() : std::max(peak, ResidentMemory());
}

bool ResetPeakMemory() {
  malloc_trim(0);
  std::ofstream file("/proc/self/clear_refs");
  file << 5 << std::flush;  // proc(5): resets the peak resident set size
  return file.good();
}

void ReturnLargeBlocks() { mallopt(M_MMAP_THRESHOLD, 4 << 20); }

int64_t AvailableMemory() {
  return std::min(LineIn("/proc/meminfo", "MemAvailable:"), AvailableInGroup());
}

}  // namespace bottega
