// Settings of a section that are texts.
#pragma once

#include <string>

#include "base/json.h"

namespace bottega {

// "" where `section` has no such key, or none that is a text.
inline std::string TextSetting(const Json& section, const char* key) {
  const auto at = section.find(key);
  return at != section.end() && at->is_string() ? at->get<std::string>() : std::string();
}

}  // namespace bottega
