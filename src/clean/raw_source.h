// The cells of a source as they are written, which typing has since made numbers, dates and
// missing.
#pragma once

#include <arrow/type_fwd.h>

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "data/dataset.h"

namespace bottega {

class RawSource {
 public:
  // Reads nothing yet; `original` is the dataset as OpenDataset gave it and must outlive this.
  explicit RawSource(const Dataset& original);
  ~RawSource();

  // Per row of `data` (a dataset that repairs made of the original), the cell of `column` as text;
  // nullopt only where the format itself has a mark for missing. Empty when the source is no table
  // of text, or is not there. Views stay valid as long as the RawSource.
  std::vector<std::optional<std::string_view>> Column(const Dataset& data, int column);

 private:
  struct Table;
  const Dataset& original_;
  bool looked_ = false;
  std::unique_ptr<Table> table_;
};

}  // namespace bottega
