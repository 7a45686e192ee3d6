// bottega.db: an SQLite index of a project (WAL), rebuilt from the folders when it is missing,
// damaged or not writable. Holds content hashes by (path, size, time), so that unchanged inputs are
// not read again.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace bottega {

// SHA-256 of every file of a source and of all of them together (paths and contents).
struct SourceDigest {
  std::string sha256;  // of the list "hash  relative path\n..."; of the file itself for one file
  int64_t files = 0;
  int64_t bytes = 0;
};

class Store {
 public:
  // Opens or makes `project/.bottega/bottega.db`. Never throws for a database that cannot be used:
  // the store then remembers nothing.
  explicit Store(const std::filesystem::path& project);
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  // Errors: kMissing, kIo from reading the source.
  SourceDigest DigestSource(const std::filesystem::path& source);

 private:
  struct Database;
  class Transaction;
  std::unique_ptr<Database> database_;
};

// Deletes what the index knows of paths that `names` holds for and of runs, which the next listing
// reads anew, overwrites what was deleted and empties the log. Returns how many paths. Errors: kIo,
// also while another process writes to it.
int64_t ForgetPaths(const std::filesystem::path& project,
                    const std::function<bool(const std::string& path)>& names);

}  // namespace bottega
