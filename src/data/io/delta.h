// Deltas: bytes told by how they differ from other bytes, in the manner of `zstd --patch-from`.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace bottega {

// A few kilobytes where `target` is an edit of `base`, never much more than `target` compressed.
// The format is in doc/formats/version.md. Works on pieces of 64 MB, so memory stays bounded.
std::string MakeDelta(std::string_view base, std::string_view target);

// The target, to the byte. Error kData naming `file` when the delta is damaged or of another base.
std::string ApplyDelta(std::string_view base, std::string_view delta, const std::string& file);

}  // namespace bottega
