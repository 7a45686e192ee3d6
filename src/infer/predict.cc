#include <algorithm>
#include <unordered_map>

#include "base/progress.h"
#include "clean/plan.h"
#include "data/io/folder.h"
#include "engine/capture.h"
#include "engine/device.h"
#include "infer/infer_stage.h"
#include "infer/predictors.h"
#include "model/models.h"
#include "model/models_specs.h"
#include "profile/value_groups.h"
#include "train/forward.h"
#include "train/model_folder.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

constexpr int64_t kTableBatch = 4096, kPictureBatch = 64;

FittedPlan LoadPlan(const fs::path& run) {
  const fs::path path = run / "plan.json";
  return PlanFromJson(ReadJson(path), path.string());
}

// A trained network behind the plan that its training rows were fitted with.
class ModelPredictor : public Predictor {
 public:
  ModelPredictor(const FittedPlan& plan, const fs::path& folder)
      : plan_(plan), loaded_(LoadModelFrom(folder)), device_(StartEngine().device) {
    MoveModel(*loaded_.model, device_, false);
  }

  const std::vector<std::string>& classes() const override { return plan_.classes; }
  const std::vector<Column>& columns() const override { return plan_.columns; }
  Scores Predict(const Dataset& data) override {
    return CatchTorch("predicting", [&] {
      Scores scores{.rows = data.size(), .width = loaded_.config.input.outputs};
      if (data.size() > 0) Fill(Run(data, false, &scores.failed), &scores);
      return scores;
    });
  }
  Scores Embed(const Dataset& data) override {
    return CatchTorch("embedding", [&] {
      Scores scores{.rows = data.size()};
      if (data.size() == 0) return scores;
      const at::Tensor values = Run(data, true, &scores.failed).contiguous();
      scores.width = values.size(1);
      const float* from = values.const_data_ptr<float>();
      scores.values.assign(from, from + values.numel());
      return scores;
    });
  }

 private:
  at::Tensor Run(const Dataset& data, bool embed, std::map<int64_t, std::string>* failed) {
    const std::unique_ptr<Feed> feed = MakeFeed(data);
    const bool pictures = !plan_.picture_column.empty();
    Progress progress(embed ? "Embedding" : "Predicting", data.size(),
                      pictures ? "pictures" : "rows");
    at::Tensor out = ForwardAll(*loaded_.model, *feed,
                                {.device = device_,
                                 .progress = &progress,
                                 .embed = embed,
                                 .offset = LogitOffset(loaded_.config)});
    *failed = feed->Failed();
    return out;
  }

  std::unique_ptr<Feed> MakeFeed(const Dataset& data) const {
    auto columns = std::make_shared<FeedColumns>();
    columns->rows = data.rows;
    const std::vector<int64_t> all = SequentialOrder(data.size());
    if (plan_.picture_column.empty()) {
      return MakeTableFeed(std::make_shared<const Features>(ApplyPlan(plan_, data)), columns, all,
                           {.batch = kTableBatch});
    }
    auto cells = std::make_shared<std::vector<std::string>>();
    for (auto& cell : TextsOf(data, data.Find(plan_.picture_column))) {
      cells->push_back(cell.value_or(""));
    }
    PictureFeedOptions options{.batch = kPictureBatch};
    options.picture_size = static_cast<int>(loaded_.config.input.picture_size);
    options.mean = loaded_.config.mean;
    options.deviation = loaded_.config.deviation;
    options.cache_bytes = 0;
    return MakePictureFeed(OpenPictures(data), cells, columns, all, options);
  }

  void Fill(const at::Tensor& logits, Scores* scores) const {
    const bool classes = plan_.task == "classification";
    const at::Tensor values = classes ? Probabilities(logits) : logits.contiguous();
    const float* from = values.const_data_ptr<float>();
    scores->values.assign(from, from + values.numel());
    if (classes) return;
    for (float& value : scores->values) {
      value = static_cast<float>(value * plan_.target_scale + plan_.target_mean);
    }
  }

  FittedPlan plan_;
  LoadedModel loaded_;
  at::Device device_;
};

// Positions of the split's rows in `data`, and their parts, in the split's order.
struct Placed {
  std::vector<int64_t> positions;
  std::vector<size_t> plan_index;
};

Placed PlaceRows(const Dataset& data, const RowPlan& split) {
  std::unordered_map<int64_t, int64_t> position;
  position.reserve(data.rows.size());
  for (size_t i = 0; i < data.rows.size(); ++i) position[data.rows[i]] = static_cast<int64_t>(i);
  Placed placed;
  for (size_t i = 0; i < split.row.size(); ++i) {
    const auto at = position.find(split.row[i]);
    if (at == position.end()) continue;
    placed.positions.push_back(at->second);
    placed.plan_index.push_back(i);
  }
  return placed;
}

// Takes the rows without a score out of all three.
void DropFailed(Scores* scores, Placed* placed, Dataset* rows) {
  std::vector<int64_t> kept;
  Placed kept_placed;
  std::vector<float> values;
  for (int64_t i = 0; i < scores->rows; ++i) {
    const auto at = static_cast<size_t>(i);
    if (scores->failed.contains(rows->rows[at])) continue;
    kept.push_back(i);
    kept_placed.positions.push_back(placed->positions[at]);
    kept_placed.plan_index.push_back(placed->plan_index[at]);
    const auto begin = scores->values.begin() + i * scores->width;
    values.insert(values.end(), begin, begin + scores->width);
  }
  scores->rows = static_cast<int64_t>(kept.size());
  scores->values = std::move(values);
  *placed = std::move(kept_placed);
  *rows = TakeRows(*rows, kept);
}

void AddTargets(const FittedPlan& plan, const Dataset& rows, Predictions* out) {
  const Targets targets = MakeTargets(plan, rows);
  out->weight = targets.weight;
  if (targets.classification) {
    out->label = targets.labels;
    return;
  }
  for (const float scaled : targets.values) {
    out->value.push_back(scaled * plan.target_scale + plan.target_mean);
  }
}

void AddScores(const Scores& scores, Predictions* out) {
  if (out->task == Task::kRegression) {
    out->predicted_value.assign(scores.values.begin(), scores.values.end());
    return;
  }
  out->probability = scores.values;
  for (int64_t i = 0; i < scores.rows; ++i) {
    const float* row = scores.values.data() + i * scores.width;
    out->predicted.push_back(static_cast<int32_t>(std::max_element(row, row + scores.width) - row));
  }
}

void AddGroups(const Dataset& rows, Predictions* out) {
  for (size_t i = 0; i < rows.columns.size(); ++i) {
    if (!rows.columns[i].sensitive) continue;
    std::vector<std::string>& values = out->group[rows.columns[i].name];
    const ValueGroups groups = ValueGroupsOf(rows, static_cast<int>(i));
    for (const int32_t code : groups.code) {
      values.push_back(code < 0 ? "" : groups.names[static_cast<size_t>(code)]);
    }
  }
}

}  // namespace

std::unique_ptr<Predictor> NetworkPredictor(const FittedPlan& plan, const fs::path& folder) {
  return std::make_unique<ModelPredictor>(plan, folder);
}

std::unique_ptr<Predictor> PredictorFrom(const FittedPlan& plan, const fs::path& folder) {
  switch (KindOfModel(LoadModelConfig(folder).settings.at("name").get<std::string>())) {
    case ModelKind::kTable:
      return TablePredictor(plan, folder);
    case ModelKind::kBlend:
      return BlendPredictor(plan, folder);
    default:
      return NetworkPredictor(plan, folder);
  }
}

std::unique_ptr<Predictor> LoadPredictor(const fs::path& run) {
  return CatchTorch("loading the model",
                    [&] { return PredictorFrom(LoadPlan(run), run / "model"); });
}

Predictions PredictParts(Predictor& predictor, const Dataset& data, const RowPlan& split,
                         const fs::path& run, std::map<int64_t, std::string>* failed) {
  const FittedPlan plan = LoadPlan(run);
  Placed placed = PlaceRows(data, split);
  Dataset rows = TakeRows(data, placed.positions);
  Scores scores = predictor.Predict(rows);
  if (!scores.failed.empty()) DropFailed(&scores, &placed, &rows);
  if (failed != nullptr) *failed = scores.failed;
  Predictions out;
  out.task = plan.task == "classification" ? Task::kClassification : Task::kRegression;
  out.classes = plan.classes;
  out.positive = plan.positive;
  out.row = rows.rows;
  for (const size_t i : placed.plan_index) {
    out.part.emplace_back(PartName(split.part[i]));
    out.fold.push_back(split.fold.empty() ? -1 : split.fold[i]);
  }
  AddTargets(plan, rows, &out);
  AddScores(scores, &out);
  AddGroups(rows, &out);
  return out;
}

}  // namespace bottega
