// JSON values that keep the order of keys, so that artefacts read as they were written.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace bottega {

using Json = nlohmann::ordered_json;

// Parses `text`; an Error (kData) names `file` and the line. Depth is limited to 200.
Json ParseJson(std::string_view text, const std::string& file);
Json ReadJson(const std::filesystem::path& path);
// Two-space indentation and a final newline, written atomically. NaN and infinities become null.
void WriteJson(const std::filesystem::path& path, const Json& value);
// Compact and with sorted keys: the text that lineage digests are taken of.
std::string CanonicalJson(const Json& value);

}  // namespace bottega
