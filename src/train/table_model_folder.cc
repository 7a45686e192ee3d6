#include "train/table_model_folder.h"

#include "base/files.h"
#include "base/hash.h"
#include "base/text.h"
#include "data/arrow_support.h"
#include "data/io/parquet.h"
#include "model/weights/safetensors.h"
#include "run/row_files.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

constexpr const char *kTrees = "trees.ubj", *kTreesHash = "trees.sha256";

at::Tensor ToTensor(const NamedArray& array) {
  at::Tensor tensor = at::empty(array.shape, at::kFloat);
  std::copy(array.values.begin(), array.values.end(), tensor.mutable_data_ptr<float>());
  return array.whole ? tensor.to(at::kInt) : tensor;
}

NamedArray ToArray(const std::string& name, const at::Tensor& tensor) {
  const at::Tensor values = tensor.to(at::kFloat).contiguous();
  const float* from = values.const_data_ptr<float>();
  return {name, values.sizes().vec(), std::vector<float>(from, from + values.numel()),
          tensor.scalar_type() == at::kInt};
}

}  // namespace

void SaveTableModel(const fs::path& folder, const ModelConfig& config, const TableModelState& state,
                    const std::vector<int64_t>& records) {
  WriteJson(folder / "config.json", ConfigToJson(config));
  std::map<std::string, std::string> metadata = {{"format", "pt"}};
  if (!state.trees.empty()) {
    WriteFileAtomic(folder / kTrees, state.trees);
    metadata[kTreesHash] = Sha256Hex(state.trees);
  }
  if (!state.by_row.empty()) {
    metadata[kKeptRowsTensors] = Join(state.by_row, " ");
    WriteParquet(folder / kKeptRows, *MakeTable({{"row", IntegerArray(records)}}));
  }
  NamedTensors tensors;
  for (const NamedArray& array : state.arrays) tensors.emplace_back(array.name, ToTensor(array));
  WriteSafetensors(folder / "model.safetensors", tensors, metadata);
}

LoadedTableModel LoadTableModelFrom(const fs::path& folder) {
  LoadedTableModel loaded{.config = LoadModelConfig(folder)};
  const SafetensorsFile file = ReadSafetensors(folder / "model.safetensors");
  TableModelState state;
  for (const auto& [name, tensor] : file.tensors) state.arrays.push_back(ToArray(name, tensor));
  if (const auto hash = file.metadata.find(kTreesHash); hash != file.metadata.end()) {
    state.trees = ReadFile(folder / kTrees);
    if (Sha256Hex(state.trees) != hash->second) {
      throw Error(ErrorKind::kData, "these are not the trees that the model was stored with",
                  {.file = (folder / kTrees).string()}, "`bottega train` makes a new model");
    }
  }
  const ModelInput& input = loaded.config.input;
  TableRows like;
  like.numbers = Matrix(0, input.numbers);
  like.cardinality.assign(input.cardinality.begin(), input.cardinality.end());
  const int classes = static_cast<int>(loaded.config.classes.size());
  loaded.model = LoadTableModel(loaded.config.settings, classes, like, state);
  return loaded;
}

void SaveBlend(const fs::path& folder, const ModelConfig& config,
               const std::vector<double>& shares) {
  WriteJson(folder / "config.json", ConfigToJson(config));
  at::Tensor tensor = at::empty({static_cast<int64_t>(shares.size())}, at::kDouble);
  std::copy(shares.begin(), shares.end(), tensor.mutable_data_ptr<double>());
  WriteSafetensors(folder / "model.safetensors", {{"shares", tensor}}, {{"format", "pt"}});
}

fs::path BlendMember(const fs::path& folder, const std::string& member) {
  return folder / "members" / member;
}

}  // namespace bottega
