#include "cli/hint.h"

#include <filesystem>

#include "base/text.h"

namespace bottega {

namespace {

constexpr std::string_view kName = "bottega ";
constexpr std::string_view kFolderFlag = "-C ";

// What follows `bottega `, with the folder.
std::string WithFolder(const std::string& rest, const std::string& folder) {
  const std::string flag(kFolderFlag);
  if (rest.starts_with(flag)) {
    const size_t end = rest.find(' ', flag.size());
    const std::string inner = rest.substr(flag.size(), end - flag.size());
    const std::string outer = (std::filesystem::path(folder) / inner).string();
    return flag + ShellQuote(outer) + (end == std::string::npos ? "" : rest.substr(end));
  }
  if (rest.find(" -C") != std::string::npos || rest.find(" --folder") != std::string::npos) {
    return rest;
  }
  return flag + ShellQuote(folder) + " " + rest;
}

}  // namespace

std::string InFolder(const std::string& hint, const std::string& folder) {
  if (folder.empty()) return hint;
  if (hint.starts_with(kName)) {
    return std::string(kName) + WithFolder(hint.substr(kName.size()), folder);
  }
  std::vector<std::string> pieces = Split(hint, '`');
  for (size_t i = 1; i < pieces.size(); i += 2) {
    if (!pieces[i].starts_with(kName)) continue;
    pieces[i] = std::string(kName) + WithFolder(pieces[i].substr(kName.size()), folder);
  }
  return Join(pieces, "`");
}

}  // namespace bottega
