// Croissant: a data set described for machines (MLCommons, "Croissant format specification" 1.0).
#pragma once

#include <string>

#include "base/json.h"
#include "data/dataset.h"

namespace bottega {

struct CroissantFacts {
  std::string name;  // of the data set
  std::string description;
  std::string licence;    // "" where nobody said
  std::string published;  // UTC day
  std::string version;    // of the program that wrote it
  std::string content;    // path of the data from the folder that the file goes to
  std::string sha256;     // of the file; of all of them for a folder
  int64_t bytes = 0;
};

// JSON-LD: one FileObject and a RecordSet with a Field for each column; of a picture folder a
// FileSet. Names that Croissant does not allow in identifiers are replaced there and kept as names.
Json CroissantOf(const Dataset& data, const CroissantFacts& facts);

}  // namespace bottega
