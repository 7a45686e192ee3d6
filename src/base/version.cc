#include "base/version.h"

#include <utility>

namespace bottega {

namespace {

std::string build_id = "development";

}  // namespace

std::string BuildId() { return build_id; }
void SetBuildId(std::string id) { build_id = std::move(id); }

}  // namespace bottega
