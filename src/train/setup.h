// From the stage's inputs to what the loop works with: rows of each part, targets, the model's
// input, settings with every "auto" and null resolved.
#pragma once

#include <memory>
#include <vector>

#include "feed/feed.h"
#include "feed/row_file.h"
#include "model/model_input.h"
#include "train/balance.h"
#include "train/choices.h"
#include "train/model_folder.h"
#include "train/targets.h"
#include "train/train_stage.h"

namespace bottega {

struct TrainSetup {
  const TrainInputs* inputs = nullptr;
  Json settings;  // the `train` section; loss, epochs, batch, picture_size filled in
  Targets targets;
  std::vector<int64_t> train, validation;  // positions of rows with known targets
  ModelConfig config;
  Json loss;           // settings.loss, knowing its classes: what optim/loss.h takes
  std::string digest;  // of what must not change between sittings
  std::shared_ptr<const Balance> balance;

  std::shared_ptr<const Features> features;       // tables
  std::shared_ptr<const PictureSource> pictures;  // picture folders, IDX
  std::shared_ptr<const std::vector<std::string>> cells;
  std::shared_ptr<const RowFile> stream;  // learned from in place of `train`, where there is one
  std::shared_ptr<const FeedColumns> train_columns,
      plain_columns;  // with and without class weights

  bool has_pictures() const { return pictures != nullptr; }
  uint64_t seed() const { return config.input.seed; }
};

// Errors: kData when a part that is needed has no rows.
TrainSetup MakeSetup(const TrainInputs& inputs);

// Over setup.train, augmented, in micro-batches; or over any `positions`, plain, as many rows at
// once as is quick, `most_rows` at most.
inline constexpr int64_t kEvaluationRows = 1024;
std::unique_ptr<Feed> MakeTrainFeed(const TrainSetup& setup, const Choices& choices);
std::unique_ptr<Feed> MakePlainFeed(const TrainSetup& setup, const Choices& choices,
                                    const std::vector<int64_t>& positions,
                                    int64_t most_rows = kEvaluationRows);

// The order of setup.train's rows in `epoch` (numbers from 0 to train.size() - 1), and how many
// there are in it, which is the same in every epoch.
std::vector<int64_t> EpochOrder(const TrainSetup& setup, int64_t epoch);
int64_t EpochRows(const TrainSetup& setup);
// Those of setup.stream, or that it is going to have.
int64_t StreamRows(const TrainSetup& setup);

}  // namespace bottega
