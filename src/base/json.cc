#include "base/json.h"

#include <algorithm>

#include "base/error.h"
#include "base/files.h"

namespace bottega {

namespace {

constexpr int kMaxDepth = 200;

int64_t LineOf(std::string_view text, size_t byte) {
  byte = std::min(byte, text.size());
  return 1 + std::count(text.begin(), text.begin() + static_cast<int64_t>(byte), '\n');
}

}  // namespace

Json ParseJson(std::string_view text, const std::string& file) {
  const auto limit_depth = [&](int depth, Json::parse_event_t, Json&) {
    if (depth > kMaxDepth) {
      throw Error(ErrorKind::kData, "JSON is nested deeper than 200 levels", {.file = file});
    }
    return true;
  };
  try {
    return Json::parse(text, limit_depth);
  } catch (const Json::parse_error& e) {
    throw Error(ErrorKind::kData, "not valid JSON",
                {.file = file, .line = LineOf(text, e.byte > 0 ? e.byte - 1 : 0)});
  } catch (const Json::out_of_range&) {
    throw Error(ErrorKind::kData, "JSON holds a number that is too large", {.file = file});
  }
}

Json ReadJson(const std::filesystem::path& path) {
  return ParseJson(ReadFile(path), path.string());
}

void WriteJson(const std::filesystem::path& path, const Json& value) {
  WriteFileAtomic(path, value.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

std::string CanonicalJson(const Json& value) {
  return nlohmann::json(value).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace bottega
