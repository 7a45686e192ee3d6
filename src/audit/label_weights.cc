#include "audit/label_weights.h"

#include <arrow/array.h>
#include <arrow/table.h>

#include <cmath>

#include "base/text.h"
#include "data/arrow_support.h"
#include "data/io/parquet.h"
#include "data/values.h"
#include "learn/label_noise.h"

namespace bottega {
namespace {

std::shared_ptr<arrow::Array> ColumnOf(const arrow::Table& table, const std::string& name,
                                       const std::string& file) {
  const auto found = table.GetColumnByName(name);
  if (!found) {
    throw Error(ErrorKind::kData, "lacks the column '" + name + "'", {.file = file},
                "run `bottega audit` again");
  }
  return OneChunk(found);
}

// What the audit says of the rows at `positions`: classes in the order of `names`. Rows that it did
// not judge get the label -1.
struct Judged {
  std::vector<int32_t> label;
  Matrix probability;
};

Judged JudgedRows(const std::filesystem::path& path, const Dataset& data,
                  const std::vector<int64_t>& positions) {
  const auto table = ReadParquet(path);
  const Codes codes = CodesOf(data, data.RoleIndex(Role::kTarget));
  const auto rows =
      std::static_pointer_cast<arrow::Int64Array>(ColumnOf(*table, "row", path.string()));
  std::unordered_map<int64_t, int64_t> at;
  for (int64_t i = 0; i < rows->length(); ++i) at[rows->Value(i)] = i;
  std::vector<std::shared_ptr<arrow::FloatArray>> columns;
  for (const std::string& name : codes.values) {
    columns.push_back(
        std::static_pointer_cast<arrow::FloatArray>(ColumnOf(*table, "p." + name, path.string())));
  }
  const int64_t n = static_cast<int64_t>(positions.size());
  Judged judged{.probability = Matrix(n, static_cast<int64_t>(columns.size()))};
  for (int64_t i = 0; i < n; ++i) {
    const size_t position = static_cast<size_t>(positions[static_cast<size_t>(i)]);
    const auto found = at.find(data.rows[position]);
    const bool known = found != at.end() && !columns[0]->IsNull(found->second);
    judged.label.push_back(known ? codes.code[position] : -1);
    for (size_t c = 0; known && c < columns.size(); ++c) {
      judged.probability.row(i)[c] = columns[c]->Value(found->second);
    }
  }
  return judged;
}

}  // namespace

LabelWeights WeighLabels(const std::filesystem::path& probabilities, const Dataset& data,
                         const std::vector<int64_t>& positions) {
  const Judged judged = JudgedRows(probabilities, data, positions);
  const LabelNoise noise = EstimateNoise(judged.label, judged.probability);
  LabelWeights out;
  if (noise.accuracy > 0) {
    out.wrong = WrongLabelProbability(judged.label, judged.probability, noise);
  } else {
    out.wrong.assign(positions.size(), std::nanf(""));
  }
  for (size_t i = 0; i < positions.size(); ++i) {
    out.row.push_back(data.rows[static_cast<size_t>(positions[i])]);
    out.weight.push_back(std::isnan(out.wrong[i]) ? 1 : 1 - static_cast<double>(out.wrong[i]));
  }
  return out;
}

std::string LabelWeightsText(const LabelWeights& weights) {
  int64_t half = 0, some = 0, unjudged = 0;
  double lost = 0;
  for (size_t i = 0; i < weights.weight.size(); ++i) {
    half += weights.weight[i] < 0.5;
    some += weights.weight[i] < 0.9;
    unjudged += std::isnan(weights.wrong[i]);
    lost += 1 - weights.weight[i];
  }
  const int64_t n = static_cast<int64_t>(weights.weight.size());
  std::string text = FormatCount(half) + " of " + FormatCount(n) +
                     " training rows count less than half, " + FormatCount(some) +
                     " less than 0.9, by the audit's probability that their label is wrong; "
                     "together they lose the weight of " +
                     FormatNumber(lost, 3) + " rows";
  if (unjudged > 0) text += "; " + FormatCount(unjudged) + " were not judged and count in full";
  return text;
}

void WriteLabelWeights(const std::filesystem::path& path, const LabelWeights& weights) {
  const std::vector<double> wrong(weights.wrong.begin(), weights.wrong.end());
  WriteParquet(path, *MakeTable({{"row", IntegerArray(weights.row)},
                                 {"wrong", NumberArray(wrong)},
                                 {"weight", NumberArray(weights.weight)}}));
}

std::unordered_map<int64_t, double> ReadLabelWeights(const std::filesystem::path& path) {
  const auto table = ReadParquet(path);
  const auto rows =
      std::static_pointer_cast<arrow::Int64Array>(ColumnOf(*table, "row", path.string()));
  const auto weights =
      std::static_pointer_cast<arrow::DoubleArray>(ColumnOf(*table, "weight", path.string()));
  std::unordered_map<int64_t, double> by_row;
  for (int64_t i = 0; i < table->num_rows(); ++i) by_row[rows->Value(i)] = weights->Value(i);
  return by_row;
}

}  // namespace bottega
