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
       .type = ParamType::kChoice,
       .what = "what is done about classes of unequal size: nothing, weights n / (classes * "
               "n_class) in the "
               "loss, or drawing rows of every class equally often",
       .fallback = "none",
       .choices = {"none", "weights", "oversample"},
       .source = "King and Zeng, Logistic Regression in Rare Events Data, 2001"},
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
      {.name = "clip_norm",
       .type = ParamType::kFloat,
       .what = "gradients whose norm over all weights is larger are scaled down to it; null: never",
       .fallback = nullptr,
       .min = 0,
       .min_open = true,
       .larger = "rarer clipping",
       .smaller = "steadier and slower learning",
       .source = "Pascanu et al., On the difficulty of training recurrent neural networks, 2013"},
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
      {.name = "seed",
       .type = ParamType::kInt,
       .what = "of initial weights, order of rows, dropout and augmentation",
       .fallback = 1,
       .min = 0,
       .max = 9007199254740991.0},
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
       .what = "number format of matrix products; auto measures both on the real model",
       .fallback = "auto",
       .choices = {"auto", "fp32", "bf16"},
       .source = "Kalamkar et al., A Study of BFLOAT16 for Deep Learning Training, 2019, "
                 "arXiv:1905.12322"},
      {.name = "layout",
       .type = ParamType::kChoice,
       .what = "memory order of pictures and their weights; auto measures both on the real model",
       .fallback = "auto",
       .choices = {"auto", "contiguous", "channels_last"}},
      {.name = "micro_batch",
       .type = ParamType::kInt,
       .what = "rows computed at once; gradients of a batch are summed over its micro-batches; "
               "null: the "
               "whole batch",
       .fallback = nullptr,
       .min = 1,
       .max = 1048576,
       .unit = "rows",
       .larger = "faster, more memory",
       .smaller = "less memory; batch norm sees fewer rows at once"},
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
               .type = ParamType::kText,
               .what = "the score to watch, as PART.SCORE: validation.loss, validation.f1, "
                       "validation.roc_auc, validation.rmse ...",
               .fallback = "validation.loss"},
              {.name = "patience",
               .type = ParamType::kInt,
               .what = "epochs in a row without improvement after which training stops",
               .fallback = 6,
               .min = 1,
               .max = 100000,
               .unit = "epochs",
               .larger = "longer training, fewer missed gains",
               .smaller = "earlier stop"},
              {.name = "min_delta",
               .type = ParamType::kFloat,
               .what = "by how much a score must improve to count",
               .fallback = 0.0,
               .min = 0,
               .larger = "earlier stop",
               .smaller = "every small gain counts"},
          },
      .source = "Prechelt, Early Stopping - But When?, 1998"};
  return spec;
}

}  // namespace bottega
