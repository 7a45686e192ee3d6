#include "data/image/picture_file.h"

#include <system_error>

#include "base/files.h"

namespace bottega {

PictureFile ReadPictureFile(const std::filesystem::path& path) {
  // Beside kDecodeBytes; files of more go one at a time.
  constexpr int64_t kFileBytes = 64'000'000;
  static ByteBudget budget(kFileBytes);
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  PictureFile file;
  file.share = budget.Take(error ? 0 : static_cast<int64_t>(size));
  file.bytes = ReadFile(path);
  return file;
}

}  // namespace bottega
