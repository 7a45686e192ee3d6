#include "model/weights/safetensors.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <set>

#include "base/files.h"
#include "base/safetensors_header.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

constexpr std::pair<at::ScalarType, const char*> kTypes[] = {
    {at::kDouble, "F64"},
    {at::kLong, "I64"},
    {at::kUInt64, "U64"},
    {at::kFloat, "F32"},
    {at::kInt, "I32"},
    {at::kUInt32, "U32"},
    {at::kHalf, "F16"},
    {at::kBFloat16, "BF16"},
    {at::kShort, "I16"},
    {at::kUInt16, "U16"},
    {at::kBool, "BOOL"},
    {at::kFloat8_e4m3fn, "F8_E4M3"},
    {at::kFloat8_e5m2, "F8_E5M2"},
    {at::kChar, "I8"},
    {at::kByte, "U8"},
};

std::string DtypeOf(const std::string& name, const at::Tensor& tensor) {
  for (const auto& [type, text] : kTypes) {
    if (type == tensor.scalar_type()) return text;
  }
  throw Error(ErrorKind::kInternal, "tensor '" + name + "' has a type that safetensors lacks");
}

at::ScalarType TypeOf(const std::string& dtype) {
  for (const auto& [type, text] : kTypes) {
    if (dtype == text) return type;
  }
  throw Error(ErrorKind::kInternal, "dtype " + dtype + " was not refused");
}

class Fd {
 public:
  Fd(const fs::path& path, int flags)
      : path_(path), fd_(open(path.c_str(), flags | O_CLOEXEC, 0644)) {
    if (fd_ < 0) throw IoError("opening", path_.string(), errno);
  }
  ~Fd() { close(fd_); }
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;

  void Write(const void* data, size_t size) {
    const char* at = static_cast<const char*>(data);
    while (size > 0) {
      const ssize_t n = write(fd_, at, size);
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) throw IoError("writing", path_.string(), errno);
      at += n;
      size -= static_cast<size_t>(n);
    }
  }
  // Reads `size` bytes or up to the end; returns how many.
  size_t Read(void* data, size_t size, uint64_t offset) const {
    size_t used = 0;
    while (used < size) {
      const ssize_t n = pread(fd_, static_cast<char*>(data) + used, size - used,
                              static_cast<off_t>(offset + used));
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) throw IoError("reading", path_.string(), errno);
      if (n == 0) break;
      used += static_cast<size_t>(n);
    }
    return used;
  }
  uint64_t Size() const {
    struct stat info{};
    if (fstat(fd_, &info) != 0) throw IoError("reading", path_.string(), errno);
    return static_cast<uint64_t>(info.st_size);
  }

 private:
  fs::path path_;
  int fd_;
};

SafetensorsHeader ReadHeader(const Fd& file, const fs::path& path) {
  uint8_t length_bytes[8] = {};
  const uint64_t file_size = file.Size();
  uint64_t length = 0;
  if (file.Read(length_bytes, 8, 0) == 8) {
    for (int i = 7; i >= 0; --i) length = length << 8 | length_bytes[i];
  }
  const bool plausible =
      file_size >= 8 && length <= kMaxSafetensorsHeader && length <= file_size - 8;
  std::string prefix(plausible ? 8 + length : std::min<uint64_t>(file_size, 8), '\0');
  prefix.resize(file.Read(prefix.data(), prefix.size(), 0));
  return ParseSafetensorsHeader(prefix, file_size, path.string());
}

}  // namespace

at::Tensor SafetensorsFile::Find(const std::string& name) const {
  for (const auto& [key, tensor] : tensors) {
    if (key == name) return tensor;
  }
  return {};
}

void WriteSafetensors(const fs::path& path, const NamedTensors& tensors,
                      const std::map<std::string, std::string>& metadata) {
  SafetensorsHeader header{.metadata = metadata};
  std::map<std::string, at::Tensor> by_name;
  for (const auto& [name, tensor] : tensors) {
    if (!by_name.emplace(name, tensor).second) {
      throw Error(ErrorKind::kInternal, "tensor '" + name + "' is to be saved twice");
    }
    header.tensors.push_back(
        {.name = name, .dtype = DtypeOf(name, tensor), .shape = tensor.sizes().vec()});
  }
  const std::string head = MakeSafetensorsHeader(&header);
  AtomicFile target(path);
  {
    Fd out(target.temporary_path(), O_WRONLY | O_CREAT | O_TRUNC);
    out.Write(head.data(), head.size());
    for (const TensorEntry& entry : header.tensors) {
      const at::Tensor flat = by_name[entry.name].detach().to(at::kCPU).contiguous();
      out.Write(flat.const_data_ptr(), entry.end - entry.begin);
    }
  }
  target.Commit();
}

SafetensorsFile ReadSafetensors(const fs::path& path) {
  const Fd file(path, O_RDONLY);
  const SafetensorsHeader header = ReadHeader(file, path);
  SafetensorsFile result{.metadata = header.metadata};
  for (const TensorEntry& entry : header.tensors) {
    at::Tensor tensor = at::empty(entry.shape, at::TensorOptions().dtype(TypeOf(entry.dtype)));
    const size_t size = entry.end - entry.begin;
    if (file.Read(tensor.mutable_data_ptr(), size, header.data_start + entry.begin) != size) {
      throw Error(ErrorKind::kData, "the file became shorter while it was read",
                  {.file = path.string()});
    }
    result.tensors.emplace_back(entry.name, std::move(tensor));
  }
  return result;
}

std::map<std::string, std::string> ReadSafetensorsMetadata(const fs::path& path) {
  const Fd file(path, O_RDONLY);
  return ReadHeader(file, path).metadata;
}

}  // namespace bottega
