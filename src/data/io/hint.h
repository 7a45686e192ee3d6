// What a person can type when a file was read the wrong way.
#pragma once

#include <string>

#include "base/text.h"

namespace bottega {

// The command, in back quotes, that reads `file` with a setting of the data section, as in
// "delimiter=';'", and writes nothing but the audit.
inline std::string ReadWith(const std::string& setting, const std::string& file) {
  return "`bottega audit " + ShellQuote(file) + " --set data." + setting + "`";
}

}  // namespace bottega
