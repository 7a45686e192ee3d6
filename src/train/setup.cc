#include "train/setup.h"

#include <algorithm>
#include <unordered_map>

#include "audit/label_weights.h"
#include "base/hash.h"
#include "data/io/folder.h"
#include "feed/stream_feed.h"
#include "model/models_specs.h"
#include "optim/loss_classes_spec.h"
#include "optim/losses_specs.h"

namespace bottega {

namespace {

constexpr int64_t kLargestTableBatch = 128, kSmallestTableBatch = 16, kPictureBatch = 32;
constexpr int64_t kStepsWanted = 50;  // in an epoch of a small table
constexpr int64_t kEpochs = 30, kFewestEpochs = 8;
constexpr int64_t kWindowBytes = int64_t{64} << 20;
constexpr int64_t kPicturesWanted = 70'000;  // over all epochs
constexpr int64_t kLargestSide = 64, kSmallestSide = 16;
constexpr size_t kSidesLookedAt = 256;

// Median of the shorter sides, within what a small machine can train on.
int64_t OwnSide(const PictureSource& pictures, const std::vector<std::string>& cells,
                const std::vector<int64_t>& positions) {
  const size_t step = std::max<size_t>(1, positions.size() / kSidesLookedAt);
  std::vector<int64_t> sides;
  for (size_t i = 0; i < positions.size(); i += step) {
    try {
      const PictureInfo info = pictures.Info(cells[static_cast<size_t>(positions[i])]);
      sides.push_back(std::min(info.width, info.height));
    } catch (const Error&) {
      continue;  // the feed reports it
    }
  }
  if (sides.empty()) return kLargestSide;
  std::nth_element(sides.begin(), sides.begin() + static_cast<int64_t>(sides.size() / 2),
                   sides.end());
  return std::clamp(sides[sides.size() / 2], kSmallestSide, kLargestSide);
}

int64_t DefaultBatch(bool pictures, int64_t rows) {
  if (pictures) return kPictureBatch;
  int64_t batch = kLargestTableBatch;
  while (batch > kSmallestTableBatch && rows / batch < kStepsWanted) batch /= 2;
  return batch;
}

int64_t DefaultEpochs(bool pictures, int64_t rows) {
  return pictures ? std::clamp(kPicturesWanted / rows, kFewestEpochs, kEpochs) : kEpochs;
}

void FillSettings(TrainSetup* setup) {
  Json& settings = setup->settings;
  const bool pictures = setup->has_pictures();
  settings["loss"] = ResolveLoss(settings.at("loss"), setup->targets.classification);
  const int64_t rows =
      setup->stream ? StreamRows(*setup) : static_cast<int64_t>(setup->train.size());
  if (settings.at("epochs").is_null()) settings["epochs"] = DefaultEpochs(pictures, rows);
  if (settings.at("batch").is_null()) settings["batch"] = DefaultBatch(pictures, rows);
  if (setup->stream && settings.at("window").is_null()) {
    settings["window"] =
        std::max<int64_t>(1, kWindowBytes / setup->stream->layout().record_bytes());
  }
  if (pictures && settings.at("picture_size").is_null()) {
    settings["picture_size"] = OwnSide(*setup->pictures, *setup->cells, setup->train);
  }
}

std::vector<int64_t> InOrderOfFirstUse(const std::vector<std::string>& names) {
  std::unordered_map<std::string, int64_t> places;
  std::vector<int64_t> list;
  for (const std::string& name : names) {
    list.push_back(places.emplace(name, static_cast<int64_t>(places.size())).first->second);
  }
  return list;
}

void FillConfig(TrainSetup* setup) {
  const FittedPlan& plan = *setup->inputs->plan;
  ModelConfig& config = setup->config;
  config.task = plan.task;
  config.classes = plan.classes;
  config.positive = plan.positive;
  config.input.outputs = setup->targets.outputs();
  config.input.seed = setup->settings.at("seed").get<uint64_t>();
  if (setup->has_pictures()) {
    config.input.picture_size = setup->settings.at("picture_size").get<int64_t>();
    config.mean = PictureFeedOptions{}.mean;
    config.deviation = PictureFeedOptions{}.deviation;
  } else {
    config.input.numbers = static_cast<int64_t>(setup->features->number_names.size());
    config.input.number_columns = InOrderOfFirstUse(setup->features->number_columns);
    config.input.cardinality.assign(setup->features->cardinality.begin(),
                                    setup->features->cardinality.end());
  }
  config.settings = ResolveModel(setup->inputs->recipe.at("model"), config.input);
}

// The run's own, or that of the run that this training stands below: a fold, a candidate, a trial.
std::filesystem::path LabelWeightsFile(const std::filesystem::path& run) {
  constexpr const char* kFile = "sample_weights.parquet";
  constexpr int kDeepest = 5;  // folds/0-3/trials/007/candidates/mlp
  std::filesystem::path folder = run;
  for (int i = 0; i < kDeepest && folder.has_parent_path(); ++i) {
    if (std::filesystem::exists(folder / kFile)) return folder / kFile;
    folder = folder.parent_path();
  }
  return run / kFile;
}

// What each training row counts before balancing: its weight column, times what the audit makes of
// its label.
std::vector<double> BaseWeights(const TrainSetup& setup) {
  std::vector<double> weights;
  for (const int64_t p : setup.train) {
    weights.push_back(setup.targets.weight[static_cast<size_t>(p)]);
  }
  if (setup.settings.at("sample_weights") != "audit") return weights;
  const auto by_row = ReadLabelWeights(LabelWeightsFile(setup.inputs->run));
  for (size_t i = 0; i < weights.size(); ++i) {
    const int64_t row = setup.inputs->data->rows[static_cast<size_t>(setup.train[i])];
    if (const auto found = by_row.find(row); found != by_row.end()) weights[i] *= found->second;
  }
  return weights;
}

void FillBalance(TrainSetup* setup, const std::vector<double>& base) {
  if (!setup->targets.classification) {
    setup->balance = std::make_shared<const Balance>();
    return;
  }
  std::vector<int32_t> labels;
  for (const int64_t p : setup->train) {
    labels.push_back(setup->targets.labels[static_cast<size_t>(p)]);
  }
  setup->balance = std::make_shared<const Balance>(setup->settings.at("balance"), std::move(labels),
                                                   setup->targets.classes, base);
  setup->config.logit_offset = setup->balance->logit_offset();
}

// Base weights times class weights, scaled to a mean of 1 over the training rows; by position of
// the dataset. Empty if all are 1.
std::vector<float> TrainWeights(const TrainSetup& setup, std::vector<double> weights) {
  const std::vector<double>& of_class = setup.balance->class_factor();
  double sum = 0;
  bool all_one = true;
  for (size_t i = 0; i < weights.size(); ++i) {
    const size_t position = static_cast<size_t>(setup.train[i]);
    if (!of_class.empty()) {
      weights[i] *= of_class[static_cast<size_t>(setup.targets.labels[position])];
    }
    sum += weights[i];
    all_one &= weights[i] == 1;
  }
  if (all_one) return {};
  if (sum <= 0) throw Error(ErrorKind::kData, "all training rows have the weight 0");
  const double scale = static_cast<double>(setup.train.size()) / sum;
  std::vector<float> scaled(setup.targets.weight.size(), 0);
  for (size_t i = 0; i < weights.size(); ++i) {
    scaled[static_cast<size_t>(setup.train[i])] = static_cast<float>(weights[i] * scale);
  }
  return scaled;
}

void FillColumns(TrainSetup* setup) {
  const Targets& targets = setup->targets;
  FeedColumns columns{.rows = setup->inputs->data->rows};
  if (targets.classification) {
    columns.labels = targets.labels;
  } else {
    columns.values = targets.values;
  }
  FeedColumns train = columns;
  std::vector<double> base = BaseWeights(*setup);
  FillBalance(setup, base);
  train.weights = TrainWeights(*setup, std::move(base));
  const bool weighted = std::any_of(targets.weight.begin(), targets.weight.end(),
                                    [](double weight) { return weight != 1; });
  if (weighted) columns.weights.assign(targets.weight.begin(), targets.weight.end());
  setup->train_columns = std::make_shared<const FeedColumns>(std::move(train));
  setup->plain_columns = std::make_shared<const FeedColumns>(std::move(columns));
}

void FillParts(TrainSetup* setup) {
  const TrainInputs& inputs = *setup->inputs;
  setup->train = KnownOnly(setup->targets, PositionsOf(*inputs.data, *inputs.split, Part::kTrain));
  setup->validation =
      KnownOnly(setup->targets, PositionsOf(*inputs.data, *inputs.split, Part::kValidation));
  if (setup->train.size() < 2) {
    throw Error(ErrorKind::kData, "there are fewer than 2 rows to train on",
                {.file = inputs.data->source.string()}, "bottega split --set split.train=0.7");
  }
}

void FillInputs(TrainSetup* setup) {
  const Dataset& data = *setup->inputs->data;
  const FittedPlan& plan = *setup->inputs->plan;
  if (plan.picture_column.empty()) {
    setup->features = std::make_shared<const Features>(ApplyPlan(plan, data, &setup->train));
    const std::filesystem::path& rows = setup->inputs->rows;
    if (!rows.empty()) setup->stream = std::make_shared<const RowFile>(rows);
    return;
  }
  setup->pictures = OpenPictures(data);
  std::vector<std::string> cells;
  for (auto& cell : TextsOf(data, data.Find(plan.picture_column)))
    cells.push_back(cell.value_or(""));
  setup->cells = std::make_shared<const std::vector<std::string>>(std::move(cells));
}

std::string Digest(const TrainSetup& setup) {
  Json settings = setup.settings;
  // These may differ between sittings: what the clock chose stands in choices.json, and how long
  // to train may be raised.
  for (const char* free :
       {"time_budget", "checkpoint_seconds", "precision", "layout", "threads", "workers",
        "micro_batch", "device", "checkpointing", "max_rss", "baselines", "seeds"}) {
    settings.erase(free);
  }
  settings.erase("epochs");
  if (settings.at("early_stopping").is_object()) settings["early_stopping"].erase("patience");
  settings["loss"] = setup.loss;  // with the costs of `use`, where it takes them
  const Json all = {{"train", settings},
                    {"augment", setup.inputs->recipe.at("augment")},
                    {"model", setup.config.settings},
                    {"plan", PlanToJson(*setup.inputs->plan)},
                    {"rows", setup.train},
                    {"validation", setup.validation},
                    {"stream", setup.stream ? setup.stream->rows() : 0}};
  return Sha256Hex(CanonicalJson(all));
}

}  // namespace

TrainSetup MakeSetup(const TrainInputs& inputs) {
  TrainSetup setup{.inputs = &inputs, .settings = inputs.recipe.at("train")};
  setup.targets = MakeTargets(*inputs.plan, *inputs.data);
  FillParts(&setup);
  FillInputs(&setup);
  FillSettings(&setup);
  FillConfig(&setup);
  setup.loss = BindLoss(
      setup.settings.at("loss"),
      {.names = inputs.plan->classes,
       .positive = inputs.plan->positive,
       .error_costs =
           inputs.recipe.value("use", Json::object()).value("error_costs", Json::object())});
  FillColumns(&setup);
  setup.digest = Digest(setup);
  return setup;
}

namespace {

PictureFeedOptions PictureOptions(const TrainSetup& setup, const Choices& choices) {
  PictureFeedOptions options;
  options.picture_size = static_cast<int>(setup.config.input.picture_size);
  options.seed = setup.seed();
  options.augment = setup.inputs->recipe.at("augment");
  options.mean = setup.config.mean;
  options.deviation = setup.config.deviation;
  options.channels_last = choices.layout == "channels_last";
  options.workers = choices.workers;
  return options;
}

}  // namespace

std::unique_ptr<Feed> MakeTrainFeed(const TrainSetup& setup, const Choices& choices) {
  if (setup.stream) {
    const std::vector<double>& factor = setup.balance->class_factor();
    return MakeStreamFeed(setup.stream, {.batch = choices.micro_batch,
                                         .smallest_batch = 2,
                                         .seed = setup.seed(),
                                         .window_rows = setup.settings.at("window").get<int64_t>(),
                                         .class_weights = {factor.begin(), factor.end()}});
  }
  if (!setup.has_pictures()) {
    return MakeTableFeed(setup.features, setup.train_columns, setup.train,
                         {.batch = choices.micro_batch, .smallest_batch = 2});
  }
  PictureFeedOptions options = PictureOptions(setup, choices);
  options.training = true;
  options.batch = choices.micro_batch;
  options.smallest_batch = 2;
  return MakePictureFeed(setup.pictures, setup.cells, setup.train_columns, setup.train, options);
}

std::unique_ptr<Feed> MakePlainFeed(const TrainSetup& setup, const Choices& choices,
                                    const std::vector<int64_t>& positions, int64_t most_rows) {
  if (!setup.has_pictures()) {
    return MakeTableFeed(setup.features, setup.plain_columns, positions, {.batch = most_rows});
  }
  PictureFeedOptions options = PictureOptions(setup, choices);
  options.batch = std::min(options.batch, most_rows);
  return MakePictureFeed(setup.pictures, setup.cells, setup.plain_columns, positions, options);
}

std::vector<int64_t> EpochOrder(const TrainSetup& setup, int64_t epoch) {
  if (setup.stream) return {};
  return setup.balance->Order(static_cast<int64_t>(setup.train.size()), setup.seed(), epoch);
}

int64_t EpochRows(const TrainSetup& setup) {
  if (setup.stream) return StreamRows(setup);
  return setup.balance->EpochRows(static_cast<int64_t>(setup.train.size()));
}

int64_t StreamRows(const TrainSetup& setup) {
  return std::max(setup.inputs->stream_rows, setup.stream->rows());
}

}  // namespace bottega
