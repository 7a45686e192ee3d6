#include "run/tags.h"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <optional>
#include <set>
#include <thread>

#include "base/clock.h"
#include "base/error.h"

namespace bottega {

namespace {

constexpr int kFormat = 1;
constexpr double kPatience = 5;  // seconds that another process may take to write its tags

// The run's own lock is held for as long as it is trained: tags have one of their own.
FolderLock LockTags(const RunFolder& run) {
  const auto folder = run.Project() / ".bottega" / "tags";
  const double begun = MonotonicSeconds();
  while (true) {
    try {
      return FolderLock(folder, "wait for it");
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::kUsage || MonotonicSeconds() - begun > kPatience) throw;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

bool IsTagByte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::isalnum(byte) != 0 || byte >= 128 || c == '.' || c == '_' || c == ':' || c == '-';
}

}  // namespace

std::vector<std::string> ReadTags(const RunFolder& run) {
  if (!run.Has(kTagsFile)) return {};
  try {
    const Json json = run.Read(kTagsFile);
    const auto tags = json.at("tags").get<std::set<std::string>>();
    return {tags.begin(), tags.end()};
  } catch (const Json::exception& error) {
    throw Error(ErrorKind::kData, std::string("these are no tags: ") + error.what(),
                {.file = run.File(kTagsFile).string()}, "remove the file and tag the run again");
  }
}

std::string WrongTag(const std::string& tag) {
  if (tag.size() < 2 || tag.size() > 64) return "a tag has two to sixty-four characters";
  const bool sign = tag[0] == '-' || tag[0] == '+' || tag[0] == '.';
  if (sign || !std::ranges::all_of(tag, IsTagByte)) {
    return "a tag is made of letters, digits, and . _ : - behind the first";
  }
  return "";
}

std::vector<std::string> ChangeTags(const RunFolder& run, const std::vector<std::string>& add,
                                    const std::vector<std::string>& remove) {
  const FolderLock lock = LockTags(run);
  const std::vector<std::string> before = ReadTags(run);
  std::set<std::string> tags(before.begin(), before.end());
  for (const std::string& tag : remove) tags.erase(tag);
  tags.insert(add.begin(), add.end());
  const std::vector<std::string> after(tags.begin(), tags.end());
  if (after != before) run.Write(kTagsFile, {{"format", kFormat}, {"tags", after}});
  return after;
}

}  // namespace bottega
