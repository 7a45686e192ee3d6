// run/model/ of a model that is no network: config.json and model.safetensors as networks have
// them, and for boosted trees trees.ubj, whose SHA-256 the metadata of model.safetensors hold. Of
// a model that keeps its training rows kept_rows.parquet says which records they are.
#pragma once

#include <filesystem>
#include <memory>

#include "learn/table_model.h"
#include "train/model_folder.h"

namespace bottega {

// Writes `folder`, model.safetensors last. `records`: of the training rows, in the order of the
// fit.
void SaveTableModel(const std::filesystem::path& folder, const ModelConfig& config,
                    const TableModelState& state, const std::vector<int64_t>& records);

struct LoadedTableModel {
  ModelConfig config;
  std::unique_ptr<TableModel> model;
};
// Errors: kMissing when the folder has no finished model, kData when its files do not fit together.
LoadedTableModel LoadTableModelFrom(const std::filesystem::path& folder);

// The shares of the members of a blend, in the order of its config's settings.members; their own
// folders lie in folder/members/.
void SaveBlend(const std::filesystem::path& folder, const ModelConfig& config,
               const std::vector<double>& shares);
std::filesystem::path BlendMember(const std::filesystem::path& folder, const std::string& member);

}  // namespace bottega
