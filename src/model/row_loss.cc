#include "model/row_loss.h"

namespace bottega {

std::optional<RowLoss> RowLoss::Make(const Json& settings) {
  static const std::map<std::string, Kind> kinds = {{"cross_entropy", Kind::kCrossEntropy},
                                                    {"mse", Kind::kMse},
                                                    {"l1", Kind::kL1},
                                                    {"huber", Kind::kHuber},
                                                    {"focal", Kind::kFocal},
                                                    {"quantile", Kind::kQuantile}};
  const auto found = kinds.find(settings.at("name").get<std::string>());
  if (found == kinds.end()) return std::nullopt;
  RowLoss loss;
  loss.kind_ = found->second;
  if (loss.kind_ == Kind::kHuber) loss.delta_ = settings.at("delta").get<float>();
  if (loss.kind_ == Kind::kQuantile) loss.q_ = settings.at("q").get<float>();
  if (loss.kind_ == Kind::kFocal) loss.gamma_ = settings.at("gamma").get<float>();
  if (loss.kind_ == Kind::kCrossEntropy) {
    loss.smoothing_ = settings.at("label_smoothing").get<float>();
  }
  if (loss.ForClasses()) {
    const Json& weights = settings.at("class_weights");
    if (!weights.is_null()) loss.class_weights_ = weights.get<std::vector<float>>();
  }
  return loss;
}

float RowLoss::CrossEntropy(const float* logits, int64_t classes, int64_t label, float weight,
                            float* gradient) const {
  const float largest = *std::max_element(logits, logits + classes);
  float sum = 0, total = 0;
  for (int64_t c = 0; c < classes; ++c) {
    const float z = logits[c] - largest;
    gradient[c] = z == 0 ? 1.0f : std::exp(z);
    sum += gradient[c];
    total += z;
  }
  const float log_sum = std::log(sum);
  const float share = smoothing_ / static_cast<float>(classes);
  for (int64_t c = 0; c < classes; ++c) gradient[c] = weight * (gradient[c] / sum - share);
  gradient[label] -= weight * (1 - smoothing_);
  const float picked = log_sum - (logits[label] - largest);
  return picked * (1 - smoothing_) + smoothing_ * (log_sum - total / static_cast<float>(classes));
}

float RowLoss::Focal(const float* logits, int64_t classes, int64_t label, float weight,
                     float* gradient) const {
  constexpr float kSmallest = 1e-7f;  // of what is left to the other classes
  const float largest = *std::max_element(logits, logits + classes);
  float sum = 0;
  for (int64_t c = 0; c < classes; ++c) {
    gradient[c] = std::exp(logits[c] - largest);
    sum += gradient[c];
  }
  const float log_p = logits[label] - largest - std::log(sum), p = std::exp(log_p);
  float others = 0;
  for (int64_t c = 0; c < classes; ++c) others += c == label ? 0.0f : gradient[c];
  const float rest = std::max(others / sum, kSmallest), power = std::pow(rest, gamma_);
  const float slope = weight * (power - gamma_ * p * power / rest * log_p);  // by -log p
  for (int64_t c = 0; c < classes; ++c) gradient[c] *= slope / sum;
  gradient[label] -= slope;
  return -power * log_p;
}

float RowLoss::Regression(float d, float* slope) const {
  const float size = std::abs(d);
  const float sign = d > 0 ? 1.0f : d < 0 ? -1.0f : 0.0f;
  if (kind_ == Kind::kMse) {
    *slope = 2 * d;
    return d * d;
  }
  if (kind_ == Kind::kL1) {
    *slope = sign;
    return size;
  }
  if (kind_ == Kind::kQuantile) {
    *slope = d > 0 ? 1 - q_ : d < 0 ? -q_ : 0.0f;
    return *slope * d;
  }
  const bool inside = size <= delta_;
  *slope = inside ? d : delta_ * sign;
  return inside ? d * d / 2 : delta_ * (size - delta_ / 2);
}

double RowLoss::Apply(const Batch& batch, const float* logits, int64_t outputs, int64_t stride,
                      float scale, float* gradient) const {
  const bool classes = ForClasses();
  const at::Tensor targets = (classes ? batch.labels : batch.values).contiguous();
  const at::Tensor weights = batch.weights.defined() ? batch.weights.contiguous() : at::Tensor();
  const float* weight_of = weights.defined() ? weights.const_data_ptr<float>() : nullptr;
  const int64_t* labels = classes ? targets.const_data_ptr<int64_t>() : nullptr;
  const float* values = classes ? nullptr : targets.const_data_ptr<float>();
  double sum = 0;
  for (int64_t i = 0; i < batch.size(); ++i) {
    float weight = weight_of ? weight_of[i] : 1.0f;
    const float* z = logits + i * stride;
    float* dz = gradient + i * stride;
    if (classes) {
      if (!class_weights_.empty()) weight *= class_weights_.at(static_cast<size_t>(labels[i]));
      sum += weight * (kind_ == Kind::kFocal
                           ? Focal(z, outputs, labels[i], weight * scale, dz)
                           : CrossEntropy(z, outputs, labels[i], weight * scale, dz));
    } else {
      float slope = 0;
      sum += weight * Regression(z[0] - values[i], &slope);
      dz[0] = slope * weight * scale;
    }
  }
  return sum;
}

}  // namespace bottega
