#include "train/non_finite_rows.h"

#include <algorithm>
#include <cmath>

#include "engine/finite.h"
#include "optim/loss.h"

namespace bottega {

namespace {

constexpr size_t kRowsListed = 5;

at::Tensor RowOf(const at::Tensor& tensor, int64_t index) {
  return tensor.defined() ? tensor.slice(0, index, index + 1) : tensor;
}

Batch RowOf(const Batch& batch, int64_t index) {
  Batch row;
  row.rows = {batch.rows[static_cast<size_t>(index)]};
  row.labels = RowOf(batch.labels, index);
  row.values = RowOf(batch.values, index);
  row.weights = RowOf(batch.weights, index);
  row.share = RowOf(batch.share, index);
  row.labels_b = RowOf(batch.labels_b, index);
  row.values_b = RowOf(batch.values_b, index);
  row.weights_b = RowOf(batch.weights_b, index);
  return row;
}

// By size, what is no number above all.
double Rank(double largest) { return std::isfinite(largest) ? std::abs(largest) : INFINITY; }

}  // namespace

void NonFiniteRows::Note(const Batch& batch, int64_t index, const std::string& why) {
  const int64_t number = batch.rows[static_cast<size_t>(index)];
  if (std::ranges::find(rows_, number, &Row::row) != rows_.end()) return;
  Row row{.row = number, .why = why};
  if (batch.numbers.defined() && batch.numbers.size(1) > 0) {
    const at::Tensor values = batch.numbers[index].to(at::kCPU);
    const at::Tensor sizes = at::nan_to_num(values.abs(), INFINITY);
    const int64_t column = sizes.argmax().item<int64_t>();
    row.largest = values[column].item<double>();
    if (setup_.features) {
      row.column = setup_.features->number_names[static_cast<size_t>(column)];
    }
  } else if (batch.pictures.defined()) {
    row.largest = batch.pictures[index].abs().max().item<double>();
  }
  rows_.push_back(std::move(row));
}

void NonFiniteRows::LookAtInputs(const Batch& batch) {
  const auto finite = [&](const at::Tensor& tensor) { return AllFinite(tensor); };
  if (finite(batch.numbers) && finite(batch.pictures) && finite(batch.values) &&
      finite(batch.weights)) {
    return;
  }
  for (int64_t i = 0; i < batch.size(); ++i) {
    const bool good = finite(RowOf(batch.numbers, i)) && finite(RowOf(batch.pictures, i)) &&
                      finite(RowOf(batch.values, i)) && finite(RowOf(batch.weights, i));
    if (!good) Note(batch, i, "input");
  }
}

void NonFiniteRows::LookAtLosses(const Batch& batch, const at::Tensor& logits, const Json& loss) {
  const at::NoGradGuard no_gradients;
  for (int64_t i = 0; i < batch.size(); ++i) {
    const at::Tensor row = RowOf(logits, i);
    if (!AllFinite(row)) {
      Note(batch, i, "output");
    } else if (!std::isfinite(LossSum(loss, row, RowOf(batch, i)).item<double>())) {
      Note(batch, i, "loss");
    }
  }
}

Json NonFiniteRows::ToJson() const {
  std::vector<Row> sorted = rows_;
  std::stable_sort(sorted.begin(), sorted.end(), [](const Row& a, const Row& b) {
    if ((a.why == "input") != (b.why == "input")) return a.why == "input";
    return Rank(a.largest) > Rank(b.largest);
  });
  Json list = Json::array();
  for (size_t i = 0; i < std::min(kRowsListed, sorted.size()); ++i) {
    const Row& row = sorted[i];
    list.push_back({{"row", row.row},
                    {"why", row.why},
                    {"largest", std::isfinite(row.largest) ? Json(row.largest) : Json()},
                    {"column", row.column}});
  }
  return {{"rows", list}, {"affected", rows_.size()}};
}

}  // namespace bottega
