// RowPlan: which row is in which part; the content of split.parquet.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

#include "data/dataset.h"

namespace bottega {

enum class Part : int8_t { kTrain, kValidation, kTest };
std::string_view PartName(Part part);  // "train", "validation", "test"
Part ParsePart(std::string_view name);

struct RowPlan {
  std::vector<int64_t> row;
  std::vector<Part> part;
  std::vector<int32_t> fold;   // -1: none
  std::vector<int64_t> group;  // -1: none

  int64_t size() const { return static_cast<int64_t>(row.size()); }
};

// Positions of the rows of `part`, in the Dataset's order. Rows of the plan that the Dataset lacks
// are an Error (kData): split and data do not belong together.
std::vector<int64_t> PositionsOf(const Dataset& data, const RowPlan& split, Part part);

void WriteRowPlan(const std::filesystem::path& path, const RowPlan& plan);
RowPlan ReadRowPlan(const std::filesystem::path& path);

}  // namespace bottega
