#include "train/train_section_spec.h"

namespace bottega {

namespace {

std::vector<Param> LearningParams() {
  return {
      {.name = "loss",
       .type = ParamType::kComponent,
       .what = "what training minimizes; auto takes cross-entropy for classes, squared error for "
               "values",
       .fallback = "auto",
       .component = "loss"},
      {.name = "balance",
       .type = ParamType::kComponent,
       .what = "what is done about classes of unequal size, on training rows only",
       .fallback = "none",
       .component = "balance",
       .source = "King and Zeng, Logistic Regression in Rare Events Data, 2001"},
      {.name = "sample_weights",
       .type = ParamType::kChoice,
       .what =
           "audit: each training row counts by the probability that its label is right, as the "
           "newest audit of the data judged it; none: all alike. Both times the `weight` column",
       .fallback = "none",
       .choices = {"none", "audit"},
       .source = "Ren et al. 2018, arXiv:1803.09050; Northcutt et al. 2021, arXiv:1911.00068",
       .regularizer = Regularizer{.helps = "wrong labels that nobody can look through",
                                  .costs = "rows that are unusual, not wrong, count less too; "
                                           "needs an audit",
                                  .set = "train.sample_weights=audit",
                                  .synonyms = {"label noise", "wrong labels", "reweighting"}}},
      {.name = "mix",
       .type = ParamType::kComponentList,
       .what = "training rows are mixed in pairs, as in [{mixup: {alpha: 0.2}}]; of several ways "
               "each row takes one at random",
       .fallback = Json::array(),
       .component = "mixing"},
      {.name = "optimizer",
       .type = ParamType::kComponent,
       .what = "how weights follow the gradients",
       .fallback = "adamw",
       .component = "optimizer"},
      {.name = "schedule",
       .type = ParamType::kComponent,
       .what = "how the learning rate changes over the training",
       .fallback = {{"name", "cosine"}, {"warmup", 0.05}},
       .component = "schedule"},
      {.name = "no_decay",
       .type = ParamType::kChoice,
       .what =
           "what the optimizer's l2 and weight_decay spare: parameters of one dimension (biases, "
           "scales and shifts of norms), or nothing",
       .fallback = "norms_and_biases",
       .choices = {"norms_and_biases", "none"},
       .source = "Goyal et al. 2017, arXiv:1706.02677, section 5.3; the default of timm, while "
                 "torch.optim decays everything"},
      {.name = "groups",
       .type = ParamType::kSectionList,
       .what = "parameters by pattern that learn or decay otherwise, as in [{match: \"head.*\", "
               "lr_scale: 10}]; see `bottega list section parameter_group`",
       .fallback = Json::array(),
       .component = "parameter_group"},
      {.name = "layer_decay",
       .type = ParamType::kFloat,
       .what = "the rate of each layer is that of the layer above times this; null: 1",
       .fallback = nullptr,
       .min = 0,
       .max = 1,
       .min_open = true,
       .larger = "lower layers learn nearly as fast",
       .smaller = "lower layers keep what they are",
       .source = "Howard and Ruder 2018, arXiv:1801.06146, section 3.2; Bao et al. 2022, "
                 "arXiv:2106.08254: 0.65 to 0.9 for pretrained transformers",
       .synonyms = {"layer-wise learning rate decay", "discriminative fine-tuning"}},
      {.name = "init",
       .type = ParamType::kComponent,
       .what = "the weights that training starts with",
       .fallback = "default",
       .component = "initializer"},
      {.name = "penalties",
       .type = ParamType::kComponentList,
       .what = "what large weights cost beside the loss, as in [{l2: {strength: 1e-4}}]",
       .fallback = Json::array(),
       .component = "penalty"},
      {.name = "average",
       .type = ParamType::kComponent,
       .what = "averages of the weights over the training, scored and kept in their stead",
       .fallback = "none",
       .component = "average"},
      {.name = "sam",
       .type = ParamType::kSection,
       .what = "sharpness-aware minimization, as in {rho: 0.05}; none: off",
       .fallback = "none",
       .component = "sam"},
      {.name = "gradient_noise",
       .type = ParamType::kSection,
       .what = "normal noise on gradients, as in {eta: 0.01}; none: off",
       .fallback = "none",
       .component = "gradient_noise"},
      {.name = "freeze_norm",
       .type = ParamType::kInt,
       .what = "epoch from which batch norms keep their running statistics and use them in "
               "training as well; null: never",
       .fallback = nullptr,
       .min = 1,
       .max = 100000,
       .unit = "epochs",
       .larger = "statistics follow the weights for longer",
       .smaller = "1: those that the weights came with",
       .source = "He et al. 2015 fine-tune detectors so; torchvision's FrozenBatchNorm2d",
       .regularizer = Regularizer{.helps = "small batches, late epochs, fine-tuning: training sees "
                                           "what evaluation sees",
                                  .costs = "gives up what the batches' noise regularizes",
                                  .set = "train.freeze_norm=5",
                                  .synonyms = {"frozen batch norm", "freeze batch norm"}}},
      {.name = "clip_value",
       .type = ParamType::kFloat,
       .what = "each number of a gradient is cut at plus and minus this, before clip_norm; null: "
               "never",
       .fallback = nullptr,
       .min = 0,
       .min_open = true,
       .larger = "rarer clipping",
       .smaller = "steadier and slower learning; turns the gradient's direction",
       .source = "torch.nn.utils.clip_grad_value_",
       .regularizer = Regularizer{.helps = "single weights with exploding gradients",
                                  .costs = "turns the gradient's direction",
                                  .set = "train.clip_value=0.5",
                                  .synonyms = {"gradient clipping", "clip by value"}}},
      {.name = "clip_norm",
       .type = ParamType::kFloat,
       .what = "gradients whose norm over all weights is larger are scaled down to it; null: never",
       .fallback = nullptr,
       .min = 0,
       .min_open = true,
       .larger = "rarer clipping",
       .smaller = "steadier and slower learning",
       .source = "Pascanu et al., On the difficulty of training recurrent neural networks, 2013",
       .regularizer = Regularizer{.helps = "rare huge gradients, high learning rates",
                                  .costs = "slower learning where it cuts often",
                                  .set = "train.clip_norm=1",
                                  .synonyms = {"gradient clipping", "clip by norm"}}},
  };
}

std::vector<Param> LengthParams() {
  return {
      {.name = "epochs",
       .type = ParamType::kInt,
       .what = "most passes over the training rows; null: 30, for pictures 70,000 / rows within 8 "
               "to 30",
       .fallback = nullptr,
       .min = 1,
       .max = 100000,
       .larger = "longer training, closer fit",
       .smaller = "shorter training, may stop too early"},
      {.name = "batch",
       .type = ParamType::kInt,
       .what = "rows that one step of the optimizer averages over; null: 32 pictures; of tables "
               "128, halved down to 16 "
               "while an epoch has fewer than 50 steps",
       .fallback = nullptr,
       .min = 1,
       .max = 1048576,
       .unit = "rows",
       .larger = "fewer, steadier steps; more memory",
       .smaller = "more, noisier steps",
       .source = "Masters and Luschi, Revisiting Small Batch Training, 2018, arXiv:1804.07612"},
      {.name = "early_stopping",
       .type = ParamType::kSection,
       .what =
           "when to stop before the last epoch; none trains all epochs. The weights of the best "
           "epoch become the model",
       .fallback = nullptr,
       .component = "early_stopping"},
      {.name = "time_budget",
       .type = ParamType::kFloat,
       .what = "training stops after it with exit code 75 and can be resumed; null: no limit",
       .fallback = nullptr,
       .min = 0,
       .unit = "seconds",
       .larger = "more training in one go",
       .smaller = "earlier stop"},
      {.name = "checkpoint_seconds",
       .type = ParamType::kFloat,
       .what = "longest time between two checkpoints; epochs that take longer save within",
       .fallback = 60.0,
       .min = 0,
       .unit = "seconds",
       .larger = "more work lost by a kill",
       .smaller = "more time spent on writing"},
      {.name = "baselines",
       .type = ParamType::kTextList,
       .what = "simple models that are fitted on the same rows when a run on a table is evaluated, "
               "to tell whether its model is worth it; not set: majority, linear, knn and "
               "boosted_trees, each with quick settings; []: none",
       .fallback = nullptr,
       .choices = {"majority", "linear", "knn", "boosted_trees"}},
      {.name = "seed",
       .type = ParamType::kInt,
       .what = "of initial weights, order of rows, dropout and augmentation",
       .fallback = 1,
       .min = 0,
       .max = 9007199254740991.0},
      {.name = "seeds",
       .type = ParamType::kInt,
       .what = "trainings of the same recipe with seed, seed + 1 ...: the first is the model, the "
               "others tell how much of its scores is the seed's doing",
       .fallback = 1,
       .min = 1,
       .max = 1000,
       .larger = "a surer spread, more trainings",
       .smaller = "1: no spread",
       .source =
           "Bouthillier et al., Accounting for Variance in Machine Learning Benchmarks, 2021, "
           "arXiv:2103.03098"},
  };
}

std::vector<Param> MachineParams() {
  return {
      {.name = "picture_size",
       .type = ParamType::kInt,
       .what =
           "side of the square that pictures are brought to; null: their own size up to 64 pixels",
       .fallback = nullptr,
       .min = 8,
       .max = 1024,
       .unit = "pixels",
       .larger = "finer detail; time grows with its square",
       .smaller = "faster, coarser"},
      {.name = "precision",
       .type = ParamType::kChoice,
       .what = "number format of matrix products; auto takes bf16 where the model's losses and "
               "gradients on real batches stay close to those of fp32 and a step is at least 15 % "
               "faster; fp16 needs a GPU and scales the loss",
       .fallback = "auto",
       .choices = {"auto", "fp32", "bf16", "fp16"},
       .source = "Kalamkar et al., A Study of BFLOAT16 for Deep Learning Training, 2019, "
                 "arXiv:1905.12322; Micikevicius et al., Mixed Precision Training, 2018, "
                 "arXiv:1710.03740"},
      {.name = "layout",
       .type = ParamType::kChoice,
       .what = "memory order of pictures and their weights; auto measures both on the real model",
       .fallback = "auto",
       .choices = {"auto", "contiguous", "channels_last"}},
      {.name = "micro_batch",
       .type = ParamType::kInt,
       .what = "rows computed at once; gradients of a batch are summed over its micro-batches; "
               "null: the whole batch; auto: as many as fit into train.max_rss, or into the memory "
               "that is free",
       .fallback = nullptr,
       .min = 1,
       .max = 1048576,
       .choices = {"auto"},
       .unit = "rows",
       .larger = "faster, more memory",
       .smaller = "less memory; batch norm sees fewer rows at once"},
      {.name = "checkpointing",
       .type = ParamType::kText,
       .what = "blocks of the network whose inner values are computed again in the backward pass "
               "instead of being kept: none, all, a number of blocks counted from the first, names "
               "as layer1.* (several with commas), or auto: as few as train.max_rss (without it, "
               "the free memory) asks for",
       .fallback = "none",
       .larger = "less memory, up to a third more time a step",
       .smaller = "more memory, faster",
       .source = "Chen et al., Training Deep Nets with Sublinear Memory Cost, 2016, "
                 "arXiv:1604.06174"},
      {.name = "max_rss",
       .type = ParamType::kText,
       .what =
           "most memory the process may hold, as 8G or 512M: a training whose forecast is above "
           "it does not begin, one that comes to exceed it saves and exits with 75; null: no "
           "limit",
       .fallback = nullptr,
       .larger = "larger networks and batches",
       .smaller = "more left for others"},
      {.name = "stream",
       .type = ParamType::kChoice,
       .what =
           "tables: never holds all rows in memory; always learns from a file of encoded rows, "
           "window by window, and fits steps, validates and tests on a sample of "
           "audit.large_sample rows (fewer where train.max_rss is small), without repairs; auto: "
           "never, unless the table would not fit into the memory there is, or into train.max_rss "
           "with a recipe that can be streamed",
       .fallback = "auto",
       .choices = {"auto", "never", "always"}},
      {.name = "window",
       .type = ParamType::kInt,
       .what = "rows of a stream that are shuffled among each other; null: as many as 64 MB hold",
       .fallback = nullptr,
       .min = 1,
       .max = 1073741824,
       .unit = "rows",
       .larger = "more like a shuffle of all rows, more memory",
       .smaller = "less memory; rows that stand together are learned together"},
      {.name = "device",
       .type = ParamType::kText,
       .what = "auto (a GPU that libtorch can use, else the CPU), cpu, cuda or cuda:N",
       .fallback = "auto"},
      {.name = "threads",
       .type = ParamType::kInt,
       .what = "threads of one tensor operation; null: all processors for pictures, one for tables",
       .fallback = nullptr,
       .min = 1,
       .max = 1024},
      {.name = "workers",
       .type = ParamType::kInt,
       .what = "threads that decode and augment pictures; null: all processors",
       .fallback = nullptr,
       .min = 1,
       .max = 1024},
  };
}

Spec MakeTrainSection() {
  Spec spec{.kind = "section", .name = "train", .one_line = "how the model learns"};
  spec.text =
      "A step averages gradients over the samples of a batch. What was chosen by the clock "
      "(precision, "
      "layout, threads, micro-batch, workers) is written to choices.json before the first step; "
      "`--choices FILE` replays it. A run that was stopped continues to the bit with `--resume`.";
  for (const auto& group : {LearningParams(), LengthParams(), MachineParams()}) {
    spec.params.insert(spec.params.end(), group.begin(), group.end());
  }
  return spec;
}

}  // namespace

const Spec& TrainSection() {
  static const Spec spec = MakeTrainSection();
  return spec;
}

const Spec& EarlyStoppingSection() {
  static const Spec spec = {
      .kind = "section",
      .name = "early_stopping",
      .one_line = "stop when a score no longer improves",
      .params =
          {
              {.name = "metric",
               .type = ParamType::kTextList,
               .what = "the scores to watch, as PART.SCORE: validation.loss, validation.f1, "
                       "validation.roc_auc, validation.rmse ...; of several, the best epoch is the "
                       "best by the first, where that is equal by the next",
               .fallback = Json::array({"validation.loss"})},
              {.name = "patience",
               .type = ParamType::kInt,
               .what = "epochs in a row in which none of the scores improves after which training "
                       "stops; `train --resume RUN --patience +10` raises it later",
               .fallback = 6,
               .min = 1,
               .max = 100000,
               .unit = "epochs",
               .larger = "longer training, fewer missed gains",
               .smaller = "earlier stop"},
              {.name = "min_delta",
               .type = ParamType::kFloat,
               .what = "by how much a score must improve on its best to count",
               .fallback = 0.0,
               .min = 0,
               .larger = "earlier stop",
               .smaller = "every small gain counts"},
          },
      .synonyms = {"patience", "stop early"},
      .source = "Prechelt, Early Stopping - But When?, 1998",
      .regularizer = Regularizer{.helps = "any model that fits its training rows better than new "
                                          "ones after a while",
                                 .costs = "needs validation rows; may stop before a late gain",
                                 .set = "train.early_stopping.patience=6"}};
  return spec;
}

}  // namespace bottega
