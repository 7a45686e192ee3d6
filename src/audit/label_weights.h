// What an audit's judgement of labels makes of training rows: how much each counts.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <unordered_map>
#include <vector>

#include "data/dataset.h"

namespace bottega {

struct LabelWeights {
  std::vector<int64_t> row;    // record numbers
  std::vector<float> wrong;    // probability that the label is wrong; NaN: not judged
  std::vector<double> weight;  // 1 - wrong; 1 where it was not judged
};

// Of the rows at `positions` of `data`, from what WriteProbabilities left. A row's weight is
// 1 - P(its label is wrong), as learn/label_noise.h has it, with the noise estimated over these
// rows alone and their labels as they are now. Where the columns tell nothing of the labels all
// weights are 1. Errors: kData when the file is of other classes or none.
LabelWeights WeighLabels(const std::filesystem::path& probabilities, const Dataset& data,
                         const std::vector<int64_t>& positions);

// "312 of 22,792 training rows count less than half, ...".
std::string LabelWeightsText(const LabelWeights& weights);

// sample_weights.parquet: row, wrong, weight.
void WriteLabelWeights(const std::filesystem::path& path, const LabelWeights& weights);
// Weights by record number. Errors: kMissing, kData.
std::unordered_map<int64_t, double> ReadLabelWeights(const std::filesystem::path& path);

}  // namespace bottega
