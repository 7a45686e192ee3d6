#include "optim/loss.h"

#include "optim/losses.h"

namespace bottega {

namespace {

at::Tensor CrossEntropy(const Json& settings, const at::Tensor& logits, const Batch& batch) {
  const double smoothing = settings.at("label_smoothing").get<double>();
  const at::Tensor log_p = at::log_softmax(logits, 1, at::kFloat);
  const at::Tensor picked = -log_p.gather(1, batch.labels.unsqueeze(1)).squeeze(1);
  if (smoothing == 0) return picked;
  return picked * (1 - smoothing) - log_p.mean(1) * smoothing;
}

// 1 - p is taken from log p, and kept off 0, where the power's slope is not finite.
at::Tensor Focal(const Json& settings, const at::Tensor& logits, const Batch& batch) {
  constexpr double kSurest = -1e-7;
  const at::Tensor log_p = at::log_softmax(logits, 1, at::kFloat);
  const at::Tensor picked = log_p.gather(1, batch.labels.unsqueeze(1)).squeeze(1);
  const at::Tensor log_rest = at::log(-at::expm1(picked.clamp_max(kSurest)));
  return -at::exp(log_rest * settings.at("gamma").get<double>()) * picked;
}

at::Tensor Ordinal(const Json& settings, const at::Tensor& logits, const Batch& batch) {
  const auto ranks = settings.at("ranks").get<std::vector<int64_t>>();
  const int64_t cuts = static_cast<int64_t>(ranks.size()) - 1;
  const at::Tensor by_rank = at::tensor(ranks).to(logits.device());
  const at::Tensor rank_of = at::argsort(by_rank);
  const at::Tensor log_p = at::log_softmax(logits, 1, at::kFloat).index_select(1, by_rank);
  const at::Tensor below = at::logcumsumexp(log_p, 1).narrow(1, 0, cuts);
  const at::Tensor above = at::logcumsumexp(log_p.flip(1), 1).flip(1).narrow(1, 1, cuts);
  const at::Tensor rank = rank_of.index_select(0, batch.labels).unsqueeze(1);
  const at::Tensor cut = at::arange(cuts, rank.options()).unsqueeze(0);
  return -at::where(rank > cut, above, below).mean(1);
}

at::Tensor ExpectedCost(const Json& settings, const at::Tensor& logits, const Batch& batch) {
  const int64_t classes = logits.size(1);
  const at::Tensor matrix = at::tensor(settings.at("matrix").get<std::vector<float>>())
                                .view({classes, classes})
                                .to(logits.device());
  return (at::softmax(logits, 1, at::kFloat) * matrix.index_select(0, batch.labels)).sum(1);
}

at::Tensor Difference(const at::Tensor& logits, const Batch& batch) {
  return logits.to(at::kFloat).squeeze(1) - batch.values;
}

at::Tensor Mse(const Json&, const at::Tensor& logits, const Batch& batch) {
  return Difference(logits, batch).square();
}

at::Tensor L1(const Json&, const at::Tensor& logits, const Batch& batch) {
  return Difference(logits, batch).abs();
}

at::Tensor Huber(const Json& settings, const at::Tensor& logits, const Batch& batch) {
  return at::huber_loss(logits.to(at::kFloat).squeeze(1), batch.values, at::Reduction::None,
                        settings.at("delta").get<double>());
}

at::Tensor Quantile(const Json& settings, const at::Tensor& logits, const Batch& batch) {
  const double q = settings.at("q").get<double>();
  const at::Tensor error = -Difference(logits, batch);
  return at::maximum(error * q, error * (q - 1));
}

// w_i, or undefined when all are 1.
at::Tensor SampleWeights(const Json& settings, const Batch& batch) {
  if (!settings.contains("class_weights") || settings.at("class_weights").is_null()) {
    return batch.weights;
  }
  const auto values = settings.at("class_weights").get<std::vector<float>>();
  const at::Tensor table = at::tensor(values).to(batch.labels.device());
  const at::Tensor weights = table.index_select(0, batch.labels);
  return batch.weights.defined() ? weights * batch.weights : weights;
}

}  // namespace

const std::vector<LossFunction>& LossFunctions() {
  static const std::vector<LossFunction> losses = {{"cross_entropy", CrossEntropy},
                                                   {"focal", Focal},
                                                   {"ordinal", Ordinal},
                                                   {"expected_cost", ExpectedCost},
                                                   {"mse", Mse},
                                                   {"l1", L1},
                                                   {"huber", Huber},
                                                   {"quantile", Quantile}};
  return losses;
}

namespace {

// A mixed batch as two plain ones: own and partner's targets, weights times their shares.
struct Halves {
  Batch own, partner;
};

Batch Targets(const Batch& batch, const at::Tensor& labels, const at::Tensor& values,
              const at::Tensor& weights, const at::Tensor& share) {
  Batch half;
  half.rows = batch.rows;
  half.labels = labels;
  half.values = values;
  half.weights = weights.defined() ? weights * share : share;
  return half;
}

Halves HalvesOf(const Batch& batch) {
  return {Targets(batch, batch.labels, batch.values, batch.weights, batch.share),
          Targets(batch, batch.labels_b, batch.values_b, batch.weights_b, 1 - batch.share)};
}

}  // namespace

at::Tensor LossSum(const Json& settings, const at::Tensor& logits, const Batch& batch) {
  if (batch.share.defined()) {
    const Halves halves = HalvesOf(batch);
    return LossSum(settings, logits, halves.own) + LossSum(settings, logits, halves.partner);
  }
  const std::string name = settings.at("name").get<std::string>();
  for (const LossFunction& loss : LossFunctions()) {
    if (loss.name != name) continue;
    const at::Tensor each = loss.each(settings, logits, batch);
    const at::Tensor weights = SampleWeights(settings, batch);
    return weights.defined() ? (each * weights).sum() : each.sum();
  }
  throw Error(ErrorKind::kRecipe, "unknown loss '" + name + "'", {}, "bottega list losses");
}

double LossWeight(const Json& settings, const Batch& batch) {
  if (batch.share.defined()) {
    const Halves halves = HalvesOf(batch);
    return LossWeight(settings, halves.own) + LossWeight(settings, halves.partner);
  }
  const at::Tensor weights = SampleWeights(settings, batch);
  return weights.defined() ? weights.sum(at::kDouble).item<double>()
                           : static_cast<double>(batch.size());
}

at::Tensor Loss(const Json& settings, const at::Tensor& logits, const Batch& batch) {
  return LossSum(settings, logits, batch) / LossWeight(settings, batch);
}

}  // namespace bottega
