// Categories of mixed rows (train.mix): the mean of both rows' vectors, not of their codes.
#pragma once

#include "model/layers.h"

namespace bottega {

// E[codes], or of a mixed batch s E[codes] + (1 - s) E[codes_b] with s = batch.share, for code
// column `column`: [B, width]. A model that takes all its categories through here may override
// Model::MixesCodes.
inline at::Tensor MixedCodes(const Embedding& embedding, const Batch& batch, int64_t column) {
  const at::Tensor own = embedding.Forward(batch.codes.select(1, column));
  if (!batch.codes_b.defined()) return own;
  const at::Tensor other = embedding.Forward(batch.codes_b.select(1, column));
  return at::lerp(other, own, batch.share.to(own.scalar_type()).unsqueeze(1));
}

}  // namespace bottega
