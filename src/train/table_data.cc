#include "train/table_data.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "metric/metrics.h"
#include "train/forward.h"

namespace bottega {

namespace {

TableTargets TakeTargets(const TrainSetup& setup, const FeedColumns& columns,
                         const std::vector<int64_t>& positions) {
  TableTargets out;
  const bool classes = setup.targets.classification;
  out.classes = classes ? static_cast<int>(setup.targets.classes) : 0;
  for (const int64_t position : positions) {
    const size_t at = static_cast<size_t>(position);
    if (classes) out.label.push_back(setup.targets.labels[at]);
    if (!classes) out.value.push_back(setup.targets.values[at]);
    if (!columns.weights.empty()) out.weight.push_back(columns.weights[at]);
  }
  return out;
}

// What softmax turns into the probabilities again; values as they are.
at::Tensor AsLogits(const Matrix& outputs, bool classification) {
  at::Tensor tensor = at::empty({outputs.rows, outputs.columns}, at::kFloat);
  float* to = tensor.mutable_data_ptr<float>();
  for (size_t i = 0; i < outputs.values.size(); ++i) {
    to[i] = classification ? std::log(outputs.values[i]) : outputs.values[i];
  }
  return tensor;
}

}  // namespace

FitData TableData::View(uint64_t seed, int threads) const {
  return {.train = &train,
          .targets = &targets,
          .validation = &validation,
          .validation_targets = &validation_targets,
          .seed = seed,
          .threads = threads};
}

TableRows TakeTableRows(const Features& features, const std::vector<int64_t>& positions) {
  const int64_t numbers = static_cast<int64_t>(features.number_names.size());
  const int64_t codes = static_cast<int64_t>(features.code_names.size());
  TableRows out;
  out.numbers = Matrix(static_cast<int64_t>(positions.size()), numbers);
  out.cardinality = features.cardinality;
  out.codes.resize(positions.size() * static_cast<size_t>(codes));
  for (size_t i = 0; i < positions.size(); ++i) {
    const int64_t row = static_cast<int64_t>(i);
    std::copy_n(features.numbers.begin() + positions[i] * numbers, numbers, out.numbers.row(row));
    std::copy_n(features.codes.begin() + positions[i] * codes, codes,
                out.codes.begin() + row * codes);
  }
  return out;
}

TableRows AllTableRows(const Features& features) {
  return TakeTableRows(features, SequentialOrder(features.rows));
}

TableData MakeTableData(const TrainSetup& setup, int64_t most_rows) {
  std::vector<int64_t> positions = setup.train;
  if (setup.balance->draws()) {
    positions.clear();
    for (const int64_t i : EpochOrder(setup, 1)) {
      positions.push_back(setup.train[static_cast<size_t>(i)]);
    }
  }
  if (most_rows > 0) positions = EvenlySpread(positions, static_cast<size_t>(most_rows));
  std::vector<int64_t> records;
  for (const int64_t p : positions)
    records.push_back(setup.inputs->data->rows[static_cast<size_t>(p)]);
  return {.train = TakeTableRows(*setup.features, positions),
          .validation = TakeTableRows(*setup.features, setup.validation),
          .targets = TakeTargets(setup, *setup.train_columns, positions),
          .validation_targets = TakeTargets(setup, *setup.plain_columns, setup.validation),
          .records = std::move(records)};
}

double MeanLoss(const Matrix& outputs, const TableTargets& targets) {
  constexpr float kLeast = std::numeric_limits<float>::epsilon();
  double sum = 0, weight = 0;
  for (int64_t r = 0; r < outputs.rows; ++r) {
    const size_t at = static_cast<size_t>(r);
    double loss = 0;
    if (targets.classes > 0) {
      loss = -std::log(std::max(kLeast, outputs.at(r, targets.label[at])));
    } else {
      loss = outputs.at(r, 0) - targets.value[at];
      loss *= loss;
    }
    sum += targets.WeightOf(r) * loss;
    weight += targets.WeightOf(r);
  }
  return sum / weight;
}

void CorrectProbabilities(const std::vector<float>& offset, Matrix* probability) {
  if (offset.empty()) return;
  for (int64_t r = 0; r < probability->rows; ++r) {
    float* row = probability->row(r);
    float sum = 0;
    for (size_t c = 0; c < offset.size(); ++c) sum += row[c] *= std::exp(offset[c]);
    for (size_t c = 0; c < offset.size(); ++c) row[c] /= sum;
  }
}

Predictions ValidationPredictions(const TrainSetup& setup, const Matrix& outputs) {
  return MakePredictions(AsLogits(outputs, setup.targets.classification), setup.validation,
                         setup.targets, *setup.inputs->plan, *setup.inputs->data, "validation");
}

void AddTableScores(const TrainSetup& setup, const TableTargets& targets, const Matrix& outputs,
                    const std::vector<MonitoredScore>& watched, Json* record) {
  Matrix corrected = outputs;
  CorrectProbabilities(setup.config.logit_offset, &corrected);
  const Predictions predictions = ValidationPredictions(setup, corrected);
  (*record)["validation.loss"] = MeanLoss(corrected, targets);
  for (const auto& [name, value] : QuickMetrics(predictions)) {
    (*record)["validation." + name] = value;
  }
  for (const MonitoredScore& score : watched) {
    if (score.part == "validation" && !record->contains(score.path())) {
      (*record)[score.path()] = Metric(score.name, predictions);
    }
  }
}

}  // namespace bottega
