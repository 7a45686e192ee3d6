// A table file as it was read, so that who infers a recipe and then opens the data by it reads
// once.
#pragma once

#include <filesystem>
#include <optional>

#include "base/json.h"
#include "data/assemble.h"

namespace bottega {

class SourceRead {
 public:
  // `table`: as read from `source` by what `section` (of the recipe, `data:`) says of reading.
  SourceRead(std::filesystem::path source, const Json& section, Assembled table);

  const Assembled& table() const { return table_; }
  // What reading `source` by `section` would give; nullopt where that is another file, or reads it
  // in another way.
  std::optional<Assembled> As(const std::filesystem::path& source, const Json& section) const;

 private:
  std::filesystem::path source_;
  Json settings_;
  Assembled table_;
};

}  // namespace bottega
