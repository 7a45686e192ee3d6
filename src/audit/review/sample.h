// Samples for measuring how often labels are wrong: a random stratified sample of the rows, asked
// blind, with gold rows planted among them whose true label is known. The rows, their labels and
// the gold stand in reviews/sample-N/rows.jsonl (doc/formats/review.md); no page holds them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "audit/review/row_contents.h"
#include "data/dataset.h"

namespace bottega {

struct SampleRow {
  int64_t row = -1;
  std::string content;  // RowContents
  std::string stratum;
  std::optional<std::string> label;  // as it held when the sample was drawn
  std::optional<std::string> gold;   // of a planted row: its true label
};

struct SampleStratum {
  std::string name;
  int64_t size = 0;   // rows of the data
  int64_t drawn = 0;  // rows of the sample
};

struct Sample {
  std::string id;            // "sample-1"
  std::string data, source;  // SHA-256, name
  std::string strata_of;     // column; the target where nobody named one
  std::string time;
  int64_t wanted = 0, gold = 0;
  uint64_t seed = 0;
  double accept = 0.05;
  std::vector<SampleStratum> strata;  // by name
  std::vector<SampleRow> rows;        // in the order in which they are asked

  int64_t size() const;  // rows that the data have with a label
};

struct SampleOptions {
  int64_t rows = 200;
  std::string strata;  // column; "": the target
  uint64_t seed = 7;
  double accept = 0.05;
  int64_t gold = 0;
  std::map<int64_t, std::string> truth;  // by record number: what gold rows are taken from
};

// Rows are dealt to the strata (classes, or values of another column; numbers by quarters) in
// proportion, by largest remainders, at least one to each; within a stratum they are drawn at
// random by `seed`, so that a larger sample of the same seed holds a smaller one, but for rounding.
// `labels`: per position of the data, as they hold now; rows without one are left out. Errors:
// kUsage for a column that is not there, fewer rows than strata, or too few gold rows.
Sample DrawSample(const Dataset& data, const std::vector<std::optional<std::string>>& labels,
                  const RowFinder& finder, const SampleOptions& options);

void WriteSample(const std::filesystem::path& project, const Sample& sample);
// By number. Errors: kData.
std::vector<Sample> ReadSamples(const std::filesystem::path& project);

}  // namespace bottega
