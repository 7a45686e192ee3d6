#include "data/io/delta.h"

#include <zstd.h>

#include <algorithm>
#include <cstdint>
#include <memory>

#include "base/error.h"

namespace bottega {

namespace {

constexpr std::string_view kMagic = "BTGDELTA1\n";
constexpr size_t kPiece = 64 << 20;  // of the target
constexpr size_t kAround = 8 << 20;  // of the base, before and after where a piece should lie
constexpr int kWindowLog = 28;       // a piece and what lies around it

void PutNumber(uint64_t number, std::string* out) {
  for (int byte = 0; byte < 8; ++byte) out->push_back(static_cast<char>(number >> (8 * byte)));
}

uint64_t TakeNumber(std::string_view* in) {
  uint64_t number = 0;
  if (in->size() < 8) return UINT64_MAX;
  for (int byte = 0; byte < 8; ++byte) {
    number |= static_cast<uint64_t>(static_cast<unsigned char>((*in)[static_cast<size_t>(byte)]))
              << (8 * byte);
  }
  in->remove_prefix(8);
  return number;
}

// Which bytes of the base a piece of the target is told by: those about as far into it.
std::string_view Beside(std::string_view base, size_t begin, size_t end, size_t whole) {
  const double scale = static_cast<double>(base.size()) / static_cast<double>(whole);
  const auto at = [&](size_t x) { return static_cast<size_t>(static_cast<double>(x) * scale); };
  const size_t first = at(begin) > kAround ? at(begin) - kAround : 0;
  const size_t last = std::min(base.size(), at(end) + kAround);
  return base.substr(std::min(first, base.size()), last > first ? last - first : 0);
}

using Packer = std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)>;
using Unpacker = std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)>;

std::string Pack(std::string_view piece, std::string_view prefix) {
  const Packer packer(ZSTD_createCCtx(), ZSTD_freeCCtx);
  ZSTD_CCtx_setParameter(packer.get(), ZSTD_c_compressionLevel, 6);
  ZSTD_CCtx_setParameter(packer.get(), ZSTD_c_checksumFlag, 1);
  ZSTD_CCtx_setParameter(packer.get(), ZSTD_c_enableLongDistanceMatching, 1);
  if (piece.size() + prefix.size() > (size_t{1} << 20)) {
    ZSTD_CCtx_setParameter(packer.get(), ZSTD_c_windowLog, kWindowLog);
  }
  ZSTD_CCtx_refPrefix(packer.get(), prefix.data(), prefix.size());
  std::string out(ZSTD_compressBound(piece.size()), '\0');
  const size_t size =
      ZSTD_compress2(packer.get(), out.data(), out.size(), piece.data(), piece.size());
  if (ZSTD_isError(size)) throw Error(ErrorKind::kInternal, ZSTD_getErrorName(size));
  out.resize(size);
  return out;
}

[[noreturn]] void Damaged(const std::string& file) {
  throw Error(ErrorKind::kData, "the undo log does not fit the version beside it", {.file = file},
              "`bottega clean --versions` lists the others");
}

}  // namespace

std::string MakeDelta(std::string_view base, std::string_view target) {
  std::string delta(kMagic);
  for (size_t begin = 0; begin < target.size(); begin += kPiece) {
    const size_t end = std::min(target.size(), begin + kPiece);
    const std::string_view prefix = Beside(base, begin, end, target.size());
    const std::string packed = Pack(target.substr(begin, end - begin), prefix);
    PutNumber(static_cast<uint64_t>(prefix.data() - base.data()), &delta);
    PutNumber(prefix.size(), &delta);
    PutNumber(end - begin, &delta);
    PutNumber(packed.size(), &delta);
    delta += packed;
  }
  return delta;
}

std::string ApplyDelta(std::string_view base, std::string_view delta, const std::string& file) {
  if (!delta.starts_with(kMagic)) Damaged(file);
  delta.remove_prefix(kMagic.size());
  std::string target;
  const Unpacker unpacker(ZSTD_createDCtx(), ZSTD_freeDCtx);
  while (!delta.empty()) {
    const uint64_t first = TakeNumber(&delta), length = TakeNumber(&delta);
    const uint64_t size = TakeNumber(&delta), packed = TakeNumber(&delta);
    const bool inside = first <= base.size() && length <= base.size() - first;
    if (!inside || size > kPiece || packed > delta.size()) Damaged(file);
    ZSTD_DCtx_setParameter(unpacker.get(), ZSTD_d_windowLogMax, kWindowLog);
    ZSTD_DCtx_refPrefix(unpacker.get(), base.data() + first, length);
    const size_t begin = target.size();
    target.resize(begin + size);
    const size_t got =
        ZSTD_decompressDCtx(unpacker.get(), target.data() + begin, size, delta.data(), packed);
    if (ZSTD_isError(got) || got != size) Damaged(file);
    delta.remove_prefix(packed);
  }
  return target;
}

}  // namespace bottega
