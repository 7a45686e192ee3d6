// Predictions: what a model said beside what was true; the content of predictions.parquet.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace bottega {

enum class Task { kClassification, kRegression };

struct Predictions {
  Task task = Task::kClassification;
  std::vector<std::string> classes;  // in the order of `probability`'s columns
  int positive = -1;                 // index of the positive class of a binary task
  std::vector<int64_t> row;
  std::vector<std::string> part;                          // "train", "validation", "test"
  std::vector<int32_t> fold;                              // -1: none
  std::vector<double> weight;                             // 1 where there is none
  std::vector<int32_t> label;                             // true class, -1 unknown (classification)
  std::vector<double> value;                              // true value, NaN unknown (regression)
  std::vector<int32_t> predicted;                         // class (classification)
  std::vector<double> predicted_value;                    // (regression)
  std::vector<float> probability;                         // size() x classes, row-major
  std::map<std::string, std::vector<std::string>> group;  // sensitive column -> value per row

  int64_t size() const { return static_cast<int64_t>(row.size()); }
};

void WritePredictions(const std::filesystem::path& path, const Predictions& predictions);
Predictions ReadPredictions(const std::filesystem::path& path);
Predictions OfPart(const Predictions& all, const std::string& part);
// Those at the positions `at`, in that order.
Predictions TakePredictions(const Predictions& all, const std::vector<size_t>& at);

}  // namespace bottega
