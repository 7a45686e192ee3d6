#include "clean/forget/streamed_run.h"

#include <algorithm>
#include <iterator>

#include "clean/forget/forgotten.h"
#include "split/row_plan.h"

namespace bottega {

namespace {

bool Streams(const RunFolder& run) { return run.Read("manifest.json").contains("stream"); }

std::vector<int64_t> Without(const std::vector<int64_t>& rows, const std::vector<int64_t>& less) {
  std::vector<int64_t> left;
  std::ranges::set_difference(rows, less, std::back_inserter(left));
  return left;
}

}  // namespace

std::vector<int64_t> LearnedBesideSample(const RunFolder& run, const SourceState& state) {
  if (state.chosen.empty() || !Streams(run) || !run.Has("split.parquet")) return {};
  std::vector<int64_t> dealt = ReadRowPlan(run.File("split.parquet")).row;
  std::ranges::sort(dealt);
  return Without(Without(state.chosen, dealt), ForgottenRowsOf(run.Project(), state.data));
}

}  // namespace bottega
