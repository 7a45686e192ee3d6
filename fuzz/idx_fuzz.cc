// Any bytes as an IDX array: as many values as its sizes say, or an Error.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "base/error.h"
#include "base/files.h"
#include "data/io/idx.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const bottega::TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "t10k-images-idx3-ubyte";
  bottega::WriteFileAtomic(file, {reinterpret_cast<const char*>(data), size});
  try {
    const bottega::IdxArray array = bottega::ReadIdxArray(file);
    size_t values = 1;
    for (const int64_t side : array.shape) values *= static_cast<size_t>(side);
    if (array.values.size() != values) std::abort();
  } catch (const bottega::Error&) {
  }
  return 0;
}
