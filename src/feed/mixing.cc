#include "feed/mixing.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/error.h"

namespace bottega {

namespace {

// log of a Gamma(alpha, 1) draw.
double LogGammaDraw(double alpha, Random& random) {
  // Gamma(a) = Gamma(a + 1) U^(1/a); in logarithms a small a does not underflow.
  const double boost = alpha < 1 ? std::log(1 - random.Uniform()) / alpha : 0;
  const double d = (alpha < 1 ? alpha + 1 : alpha) - 1.0 / 3, c = 1 / std::sqrt(9 * d);
  while (true) {
    const double x = random.Normal(), v = std::pow(1 + c * x, 3);
    if (v <= 0) continue;
    const double u = 1 - random.Uniform();
    if (std::log(u) < x * x / 2 + d - d * v + d * std::log(v)) return std::log(d * v) + boost;
  }
}

void CutBox(RowMix* mix, Random& random, int64_t width, int64_t height) {
  const double side = std::sqrt(1 - static_cast<double>(mix->share));
  const int64_t w = static_cast<int64_t>(static_cast<double>(width) * side);
  const int64_t h = static_cast<int64_t>(static_cast<double>(height) * side);
  const int64_t x = random.Below(width), y = random.Below(height);
  mix->left = std::clamp<int64_t>(x - w / 2, 0, width);
  mix->right = std::clamp<int64_t>(x + w / 2, 0, width);
  mix->top = std::clamp<int64_t>(y - h / 2, 0, height);
  mix->bottom = std::clamp<int64_t>(y + h / 2, 0, height);
  const double area = static_cast<double>((mix->right - mix->left) * (mix->bottom - mix->top));
  mix->share = static_cast<float>(1 - area / static_cast<double>(width * height));
}

// The rows of one kind of tensor over all micro-batches, before anything was mixed.
std::vector<at::Tensor> Originals(std::span<Batch> batches, at::Tensor Batch::* member) {
  std::vector<at::Tensor> all;
  for (const Batch& batch : batches) all.push_back(batch.*member);
  return all;
}

// Row i holds what stood in the row before it.
at::Tensor Rolled(const std::vector<at::Tensor>& originals, size_t m) {
  const at::Tensor& own = originals[m];
  const at::Tensor& before = originals[m > 0 ? m - 1 : originals.size() - 1];
  const at::Tensor last = before.narrow(0, before.size(0) - 1, 1);
  at::Tensor rolled = at::empty_like(own);
  rolled.narrow(0, 0, 1).copy_(last);
  if (own.size(0) > 1)
    rolled.narrow(0, 1, own.size(0) - 1).copy_(own.narrow(0, 0, own.size(0) - 1));
  return rolled;
}

// `blend`: float32 [B], the share of `own` in each row.
at::Tensor Blend(const at::Tensor& own, const at::Tensor& other, const at::Tensor& blend) {
  std::vector<int64_t> shape(static_cast<size_t>(own.dim()), 1);
  shape[0] = own.size(0);
  return at::lerp(other, own, blend.view(shape));
}

class Mixer {
 public:
  Mixer(std::vector<std::vector<RowMix>> mixes, std::span<Batch> batches)
      : batches_(batches), mixes_(std::move(mixes)) {}

  void Run() {
    if (batches_[0].weights.defined() || AnyWeighted()) FillWeights();
    Partner(&Batch::codes, &Batch::codes_b);
    Partner(&Batch::labels, &Batch::labels_b);
    Partner(&Batch::values, &Batch::values_b);
    Partner(&Batch::weights, &Batch::weights_b);
    FillShares();
    MixNumbers();
    MixPictures();
  }

 private:
  bool AnyWeighted() const {
    return std::ranges::any_of(batches_, [](const Batch& b) { return b.weights.defined(); });
  }

  // A micro-batch without weights may have a neighbour with them.
  void FillWeights() {
    for (Batch& batch : batches_) {
      if (!batch.weights.defined()) batch.weights = at::ones({batch.size()}, at::kFloat);
    }
  }

  void Partner(at::Tensor Batch::* own, at::Tensor Batch::* other) {
    if (!(batches_[0].*own).defined()) return;
    const std::vector<at::Tensor> originals = Originals(batches_, own);
    for (size_t m = 0; m < batches_.size(); ++m) batches_[m].*other = Rolled(originals, m);
  }

  void FillShares() {
    for (size_t m = 0; m < batches_.size(); ++m) {
      batches_[m].share = at::empty({batches_[m].size()}, at::kFloat);
      float* share = batches_[m].share.mutable_data_ptr<float>();
      for (const RowMix& mix : mixes_[m]) *share++ = mix.share;
    }
  }

  void MixNumbers() {
    if (!batches_[0].numbers.defined()) return;
    const std::vector<at::Tensor> originals = Originals(batches_, &Batch::numbers);
    for (size_t m = 0; m < batches_.size(); ++m) {
      batches_[m].numbers = Blend(originals[m], Rolled(originals, m), batches_[m].share);
    }
  }

  void MixPictures() {
    if (!batches_[0].pictures.defined()) return;
    const std::vector<at::Tensor> originals = Originals(batches_, &Batch::pictures);
    for (size_t m = 0; m < batches_.size(); ++m) {
      const at::Tensor other = Rolled(originals, m);
      // A row with a box keeps its own pixels elsewhere.
      at::Tensor blend = batches_[m].share.clone();
      for (size_t i = 0; i < mixes_[m].size(); ++i) {
        if (HasBox(mixes_[m][i])) blend.mutable_data_ptr<float>()[i] = 1;
      }
      at::Tensor mixed = Blend(originals[m], other, blend);
      for (size_t i = 0; i < mixes_[m].size(); ++i) {
        if (HasBox(mixes_[m][i])) Paste(mixes_[m][i], other, static_cast<int64_t>(i), &mixed);
      }
      batches_[m].pictures = mixed;
    }
  }

  static bool HasBox(const RowMix& mix) { return mix.right > mix.left && mix.bottom > mix.top; }

  static void Paste(const RowMix& mix, const at::Tensor& from, int64_t row, at::Tensor* to) {
    const auto box = [&](const at::Tensor& pictures) {
      return pictures.select(0, row)
          .narrow(1, mix.top, mix.bottom - mix.top)
          .narrow(2, mix.left, mix.right - mix.left);
    };
    box(*to).copy_(box(from));
  }

  std::span<Batch> batches_;
  const std::vector<std::vector<RowMix>> mixes_;  // [micro-batch][row]
};

}  // namespace

double DrawBeta(double alpha, Random& random) {
  const double a = LogGammaDraw(alpha, random), b = LogGammaDraw(alpha, random);
  return 1 / (1 + std::exp(b - a));
}

RowMix DrawMix(const Json& mix, uint64_t seed, int64_t epoch, int64_t row, int64_t width,
               int64_t height) {
  Random random(seed, Purpose::kMix, epoch, row);
  const size_t which =
      mix.size() > 1 ? static_cast<size_t>(random.Below(static_cast<int64_t>(mix.size()))) : 0;
  const Json& way = mix.at(which);
  RowMix out;
  if (!random.Chance(way.at("probability").get<double>())) return out;
  out.share = static_cast<float>(DrawBeta(way.at("alpha").get<double>(), random));
  if (way.at("name") != "cutmix") return out;
  if (width == 0) {
    throw Error(ErrorKind::kRecipe, "cutmix needs pictures, and the data are a table", {},
                "bottega train --set train.mix=[mixup]");
  }
  CutBox(&out, random, width, height);
  return out;
}

void ApplyMixes(std::vector<std::vector<RowMix>> mixes, std::span<Batch> micro_batches) {
  Mixer(std::move(mixes), micro_batches).Run();
}

void MixRows(const Json& mix, uint64_t seed, int64_t epoch, std::span<Batch> micro_batches) {
  if (mix.empty() || micro_batches.empty()) return;
  const at::Tensor& pictures = micro_batches[0].pictures;
  const int64_t height = pictures.defined() ? pictures.size(2) : 0;
  const int64_t width = pictures.defined() ? pictures.size(3) : 0;
  std::vector<std::vector<RowMix>> mixes;
  for (const Batch& batch : micro_batches) {
    std::vector<RowMix>& rows = mixes.emplace_back();
    for (const int64_t row : batch.rows) {
      rows.push_back(DrawMix(mix, seed, epoch, row, width, height));
    }
  }
  ApplyMixes(std::move(mixes), micro_batches);
}

}  // namespace bottega
