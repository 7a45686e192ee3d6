#include "audit/finding.h"

#include <array>

#include "base/text.h"

namespace bottega {
namespace {

constexpr std::array<std::string_view, 3> kNames = {"info", "warning", "error"};

}  // namespace

std::string_view SeverityName(Severity severity) { return kNames[static_cast<size_t>(severity)]; }

Severity ParseSeverity(std::string_view name) {
  for (size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<Severity>(i);
  }
  throw Error(ErrorKind::kRecipe, "'" + std::string(name) + "' is no severity", {},
              "use info, warning or error");
}

}  // namespace bottega
