// Files of a run that hold training rows in ways of their own, which `forget` has to know.
#pragma once

namespace bottega {

// The encoded rows that a stream learns from, until it is trained.
inline constexpr const char* kStreamedRows = "rows.bin";
// Beside the weights of a model that keeps its training rows: the column `row`, their records in
// the order of the tensors that the weights' metadata name.
inline constexpr const char *kKeptRows = "kept_rows.parquet", *kKeptRowsTensors = "by_row";
// Below the folder of a training: a step of it that broke, to be computed again.
inline constexpr const char* kBrokenStep = "nan";

}  // namespace bottega
