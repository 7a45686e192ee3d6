#include "cli/person.h"

#include <cstdlib>

namespace bottega {

namespace {

std::string FirstOf(std::initializer_list<const char*> names) {
  for (const char* name : names) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0') return value;
  }
  return "";
}

}  // namespace

std::string LoginName() { return FirstOf({"LOGNAME", "USER"}); }
std::string PersonName() { return FirstOf({"GIT_AUTHOR_NAME", "LOGNAME", "USER"}); }

}  // namespace bottega
