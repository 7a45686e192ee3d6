// Losses with their gradients over plain arrays, for step engines; the formulas of optim/losses.h.
#pragma once

#include <optional>
#include <vector>

#include "base/json.h"
#include "feed/batch.h"

namespace bottega {

class RowLoss {
 public:
  // Empty for a loss that has no plain form. `settings` is a resolved loss that
  // knows its classes (BindLoss of optim/loss_classes_spec.h).
  static std::optional<RowLoss> Make(const Json& settings);

  // Returns sum(w_i l_i) over `batch` and writes its gradient by the logits, times `scale`.
  // logits and gradient: [B, outputs] with rows of `stride` floats; may not overlap.
  double Apply(const Batch& batch, const float* logits, int64_t outputs, int64_t stride,
               float scale, float* gradient) const;

 private:
  enum class Kind { kCrossEntropy, kMse, kL1, kHuber, kFocal, kQuantile };
  bool ForClasses() const { return kind_ == Kind::kCrossEntropy || kind_ == Kind::kFocal; }
  Kind kind_ = Kind::kCrossEntropy;
  float smoothing_ = 0;
  float delta_ = 1;
  float gamma_ = 2;
  float q_ = 0.5f;
  std::vector<float> class_weights_;

  float CrossEntropy(const float* logits, int64_t classes, int64_t label, float weight,
                     float* gradient) const;
  float Focal(const float* logits, int64_t classes, int64_t label, float weight,
              float* gradient) const;
  float Regression(float difference, float* slope) const;
};

}  // namespace bottega
