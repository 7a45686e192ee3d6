// Character encodings: detection, and conversion to UTF-8 through ICU.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "data/dataset.h"

namespace bottega {

// "utf-8", "utf-8-bom", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be" or "windows-1252". A
// byte order mark decides; then NUL bytes at even or odd places (UTF-16); then whether non-ASCII
// bytes form UTF-8: when fewer than half of them do, the text is taken for Windows-1252 (a superset
// of Latin-1's letters).
std::string DetectEncoding(std::string_view bytes);

// What is no text in `encoding` becomes U+FFFD, with one issue a line. Error kRecipe, naming
// `file`, when ICU knows no such encoding.
std::string ToUtf8(std::string_view bytes, const std::string& encoding, const std::string& file,
                   std::vector<ReadIssue>* issues);

// Whether all of `bytes` is UTF-8 without NUL: the common case, at memory speed.
bool IsCleanUtf8(std::string_view bytes);

// Replaces each invalid byte by U+FFFD and each NUL by a space; one issue a line, at most 100, and
// a closing issue that counts the rest.
std::string RepairUtf8(std::string_view bytes, const std::string& file,
                       std::vector<ReadIssue>* issues);

}  // namespace bottega
