// A picture's file in memory.
#pragma once

#include <filesystem>
#include <string>

#include "base/byte_budget.h"

namespace bottega {

struct PictureFile {
  std::string bytes;
  ByteBudget::Share share;  // of what all threads together may hold of files
};

// Reads all of it. Waits while the files that other threads hold are together too large; so a
// thread holds one at a time. Errors as ReadFile's.
PictureFile ReadPictureFile(const std::filesystem::path& path);

}  // namespace bottega
