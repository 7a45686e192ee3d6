#include "train/balance_spec.h"

namespace bottega {

namespace {

Param Correct() {
  return {.name = "correct",
          .type = ParamType::kBool,
          .what =
              "bring probabilities back to the classes' shares among the training rows, and "
              "with them what is predicted; false: rare classes are predicted more often than "
              "they occur, and probabilities are too high for them",
          .fallback = true,
          .source = "Saerens et al. 2002, Neural Computation 14; King and Zeng 2001"};
}

Spec Balance(const std::string& name, const std::string& one_line, const std::string& text,
             Regularizer trade, std::vector<std::string> synonyms, const std::string& source) {
  trade.set = "train.balance=" + name;
  return {.kind = "balance",
          .name = name,
          .one_line = one_line,
          .text = text,
          .params = {Correct()},
          .synonyms = std::move(synonyms),
          .source = source,
          .regularizer = std::move(trade)};
}

const Spec& WeightsSpec() {
  static const Spec spec =
      Balance("weights", "weigh rows of a class by n / (classes n_class) in the loss",
              "Every row is seen once an epoch; rare ones count more.",
              {.helps = "classes of unequal size, all rows worth seeing",
               .costs = "large steps where a rare row comes up; rare mistakes in labels count more",
               .name = "class_weights"},
              {"class weights", "cost sensitive", "balanced loss"},
              "King and Zeng 2001, Political Analysis 9");
  return spec;
}

const Spec& EffectiveNumberSpec() {
  static const Spec spec = [] {
    Spec made = Balance(
        "effective_number", "weigh rows of a class by (1 - beta) / (1 - beta^n_class) in the loss",
        "Between no weights (beta 0) and `weights` (beta to 1): further rows of a class that is "
        "large already tell little that is new.",
        {.helps = "many classes with a long tail", .costs = "beta has to be chosen"},
        {"class balanced loss"}, "Cui et al. 2019, arXiv:1901.05555");
    made.params.push_back(
        {.name = "beta",
         .type = ParamType::kFloat,
         .what = "how much a further row of a class overlaps with those there are",
         .fallback = 0.999,
         .min = 0,
         .max = 0.9999999,
         .larger = "closer to `weights`",
         .smaller = "closer to no weights",
         .source = "section 4.1 of Cui et al.: 0.9 to 0.9999"});
    return made;
  }();
  return spec;
}

const Spec& OversampleSpec() {
  static const Spec spec = Balance(
      "oversample", "repeat rows of smaller classes until each has as many as the largest",
      "Each row comes floor or ceil of its share of times an epoch; epochs grow to classes times "
      "the rows of the largest.",
      {.helps = "a rare class that batches often miss",
       .costs = "longer epochs; rare rows are learned by heart sooner"},
      {"over sampling", "upsampling", "random oversampling"}, "He and Garcia 2009, TKDE 21");
  return spec;
}

const Spec& UndersampleSpec() {
  static const Spec spec = Balance(
      "undersample", "take as many rows of each class as the smallest has, drawn anew each epoch",
      "Without repeats; epochs shrink to classes times the rows of the smallest.",
      {.helps = "far more rows of a class than are needed: quick epochs",
       .costs = "most rows of large classes are seen in few epochs only"},
      {"under sampling", "downsampling", "random undersampling"}, "He and Garcia 2009, TKDE 21");
  return spec;
}

const Spec& SamplerSpec() {
  static const Spec spec =
      Balance("sampler", "draw rows of every class equally often, as many an epoch as there are",
              "Rows of large classes are left out in turn, rows of small ones repeated.",
              {.helps = "classes of unequal size at the usual length of an epoch",
               .costs = "rare rows are learned by heart sooner; others are seen less often",
               .name = "balanced_sampler"},
              {"balanced sampler", "weighted random sampler", "class balanced sampling"},
              "torch.utils.data.WeightedRandomSampler");
  return spec;
}

}  // namespace

SpecList BalanceSpecs() {
  return {&WeightsSpec(), &EffectiveNumberSpec(), &OversampleSpec(), &UndersampleSpec(),
          &SamplerSpec()};
}

}  // namespace bottega
