#include "feed/mixings_specs.h"

namespace bottega {

namespace {

Param Alpha(double fallback, const std::string& source) {
  return {.name = "alpha",
          .type = ParamType::kFloat,
          .what = "shares are drawn from Beta(alpha, alpha)",
          .fallback = fallback,
          .min = 0,
          .min_open = true,
          .larger = "shares near one half: stronger",
          .smaller = "shares near 0 and 1: weaker",
          .source = source};
}

Param Probability() {
  return {.name = "probability",
          .type = ParamType::kFloat,
          .what = "share of rows that are mixed at all",
          .fallback = 1.0,
          .min = 0,
          .max = 1,
          .larger = "more rows are mixed",
          .smaller = "more stay as they are"};
}

}  // namespace

const Spec& MixupSpec() {
  static const Spec spec = {
      .kind = "mixing",
      .name = "mixup",
      .one_line = "learn from weighted means of two rows and of their labels",
      .text =
          "Row i becomes s x_i + (1 - s) x_j, its loss s l(y_i) + (1 - s) l(y_j). The partner j is "
          "the row before it in the same step (the first takes the last), whatever the "
          "micro-batches; the share s depends on seed, epoch and row alone. Categories of a table "
          "are mixed as their embeddings. train.accuracy counts the label with the larger share.",
      .params = {Alpha(0.2, "Zhang et al. 2018, section 3"), Probability()},
      .synonyms = {"mix up", "manifold mixup", "vicinal risk"},
      .source =
          "Zhang et al. 2018, arXiv:1710.09412; of embeddings: Verma et al. 2019, "
          "arXiv:1806.05236",
      .regularizer = Regularizer{
          .helps = "few or noisy training rows; makes probabilities less extreme",
          .costs = "longer training until it fits; rows that mean nothing where features interact "
                   "sharply",
          .set = "train.mix=[mixup]"}};
  return spec;
}

const Spec& CutmixSpec() {
  static const Spec spec = {
      .kind = "mixing",
      .name = "cutmix",
      .one_line = "paste a box of another picture, and count its label by its area",
      .text =
          "A box of share 1 - s of the area, at a random place and cut at the edges, is taken from "
          "the partner's picture; s is then the share that was really left. Partner and loss as in "
          "`mixup`. For pictures only.",
      .params = {Alpha(1.0, "Yun et al. 2019, section 3.1"), Probability()},
      .synonyms = {"cut mix", "regional mixing"},
      .source = "Yun et al. 2019, arXiv:1905.04899",
      .regularizer =
          Regularizer{.helps = "pictures whose object fills the frame; models that look at one "
                               "part of it only",
                      .costs = "longer training; wrong labels where the box hides the object",
                      .set = "train.mix=[cutmix]"}};
  return spec;
}

SpecList MixingSpecs() { return {&MixupSpec(), &CutmixSpec()}; }

}  // namespace bottega
