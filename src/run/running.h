// Runs that a process is writing to at this moment.
#pragma once

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <utility>

namespace bottega {

// A look at the locks that the system knows, without touching any: asking for a lock to see whether
// it is held would keep a training from its start. Processes of other containers are not seen.
class RunningRuns {
 public:
  explicit RunningRuns(std::filesystem::path project);
  // Whether runs/`id` is locked.
  bool Contains(const std::string& id) const;

 private:
  std::filesystem::path project_;
  std::set<std::pair<uint64_t, uint64_t>> locked_;  // device, inode
};

}  // namespace bottega
