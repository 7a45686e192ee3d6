#include "data/source_read.h"

#include <set>
#include <string>

#include "data/data_section_spec.h"

namespace bottega {
namespace {

// What `section` says of how to read a table file, defaults written out.
Json TableSettings(const Json& section) {
  static const std::set<std::string> reading = {"format",  "delimiter", "encoding", "header",
                                                "decimal", "missing",   "types"};
  Json settings = Json::object();
  for (const Param& param : DataSection().params) {
    if (reading.contains(param.name)) {
      settings[param.name] = section.value(param.name, param.fallback);
    }
  }
  return settings;
}

}  // namespace

SourceRead::SourceRead(std::filesystem::path source, const Json& section, Assembled table)
    : source_(std::move(source)), settings_(TableSettings(section)), table_(std::move(table)) {}

std::optional<Assembled> SourceRead::As(const std::filesystem::path& source,
                                        const Json& section) const {
  if (source.lexically_normal() != source_.lexically_normal() ||
      TableSettings(section) != settings_) {
    return std::nullopt;
  }
  Assembled table = table_;
  table.data.root = source.parent_path();
  for (ReadIssue& issue : table.data.issues) {
    if (issue.place.file == source_.string()) issue.place.file = source.string();
  }
  return table;
}

}  // namespace bottega
