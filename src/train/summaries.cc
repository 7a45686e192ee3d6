#include "train/summaries.h"

#include <algorithm>
#include <cmath>

#include "base/hash.h"
#include "base/text.h"
#include "spec/spec.h"
#include "train/protobuf.h"

namespace bottega {

namespace {

constexpr int kBuckets = 30;

// google.protobuf.Value {2: number, 3: text, 4: flag}.
std::string ValueMessage(const Json& value) {
  if (value.is_boolean()) return IntField(4, value.get<bool>() ? 1 : 0);
  if (value.is_number()) return DoubleField(2, value.get<double>());
  return BytesField(3, ValueText(value));
}

// A Summary with one value of the HParams plugin: its content lies in the metadata, the value
// itself is an empty tensor {1: type float, 2: shape of one dimension 0}.
std::string PluginSummary(const std::string& tag, const std::string& data) {
  const std::string plugin = BytesField(1, BytesField(1, "hparams") + BytesField(2, data));
  const std::string tensor = IntField(1, 1) + BytesField(2, BytesField(2, ""));
  return BytesField(1, BytesField(1, tag) + BytesField(8, tensor) + BytesField(9, plugin));
}

bool IsSeed(const std::string& path) { return path == "seed" || path.ends_with(".seed"); }

std::string PackedDoubles(int field, const std::vector<double>& values) {
  std::string bytes;
  for (const double value : values) bytes += LittleEndian(std::bit_cast<uint64_t>(value));
  return BytesField(field, bytes);
}

// HistogramProto {1: min, 2: max, 3: num, 4: sum, 5: sum of squares, 6: upper ends, 7: counts}; ""
// where nothing is finite.
std::string HistogramMessage(const at::Tensor& tensor) {
  const at::Tensor flat = tensor.detach().to(at::kCPU, at::kFloat).contiguous();
  const float* data = flat.const_data_ptr<float>();
  double low = INFINITY, high = -INFINITY, sum = 0, squares = 0, count = 0;
  for (int64_t i = 0; i < flat.numel(); ++i) {
    const double x = data[i];
    if (!std::isfinite(x)) continue;
    low = std::min(low, x);
    high = std::max(high, x);
    sum += x;
    squares += x * x;
    ++count;
  }
  if (count == 0) return "";
  const double width = high > low ? (high - low) / kBuckets : 1;
  std::vector<double> ends, counts(kBuckets);
  for (int b = 1; b <= kBuckets; ++b) ends.push_back(low + b * width);
  for (int64_t i = 0; i < flat.numel(); ++i) {
    if (!std::isfinite(data[i])) continue;
    const int bucket = static_cast<int>((data[i] - low) / width);
    ++counts[static_cast<size_t>(std::clamp(bucket, 0, kBuckets - 1))];
  }
  // As protobuf writes it: a number that is 0 is left out.
  const std::string least = low == 0 ? "" : DoubleField(1, low);
  return least + DoubleField(2, high) + DoubleField(3, count) + DoubleField(4, sum) +
         DoubleField(5, squares) + PackedDoubles(6, ends) + PackedDoubles(7, counts);
}

}  // namespace

std::string SessionStart(const std::map<std::string, Json>& settings, double start) {
  std::string info, group;
  for (const auto& [path, value] : settings) {
    if (value.is_null()) continue;
    info += BytesField(1, BytesField(1, path) + BytesField(2, ValueMessage(value)));
    if (!IsSeed(path)) group += path + "=" + value.dump() + "\n";
  }
  info += BytesField(4, Sha256Hex(group).substr(0, 16)) + DoubleField(5, start);
  return PluginSummary("_hparams_/session_start_info", IntField(1, 0) + BytesField(3, info));
}

std::string SessionEnd(double end) {
  const std::string info = IntField(1, 1) + DoubleField(2, end);  // STATUS_SUCCESS
  return PluginSummary("_hparams_/session_end_info", IntField(1, 0) + BytesField(4, info));
}

std::string Distributions(const std::string& prefix,
                          const std::vector<std::pair<std::string, at::Tensor>>& tensors) {
  std::string summary;
  for (const auto& [name, tensor] : tensors) {
    const std::string histogram = HistogramMessage(tensor);
    if (histogram.empty()) continue;
    summary += BytesField(
        1, BytesField(1, prefix + "/" + Replace(name, ".", "/")) + BytesField(5, histogram));
  }
  return summary;
}

}  // namespace bottega
