#include "model/models_specs.h"
#include "model/shared_params_spec.h"

namespace bottega {

namespace {

Param DropoutParam() {
  return {.name = "dropout",
          .type = ParamType::kFloat,
          .what = "share of the last features set to zero at random in training",
          .fallback = 0.0,
          .min = 0,
          .max = 0.95,
          .larger = "less overfitting, slower learning",
          .smaller = "faster learning, more overfitting",
          .source = "Srivastava et al. 2014, JMLR 15",
          .regularizer = DropoutTrade()};
}

Param ZeroLastNormParam() {
  return {.name = "zero_last_norm",
          .type = ParamType::kBool,
          .what = "start each residual block as the identity, by a zero weight in its last norm",
          .fallback = false,
          .source = "Goyal et al. 2017, arXiv:1706.02677, section 5.1"};
}

Param NormParam() {
  return {.name = "norm",
          .type = ParamType::kChoice,
          .what =
              "what normalizes after each convolution: batch (over the micro-batch), or group: "
              "over groups of at least 8 channels of each picture, at most 32 groups, whatever "
              "the batch",
          .fallback = "batch",
          .choices = {"batch", "group"},
          .source = "Ioffe and Szegedy 2015, arXiv:1502.03167; Wu and He 2018, arXiv:1803.08494",
          .regularizer = NormTrade("model={name: resnet_small, norm: group}")};
}

Spec Resnet(const std::string& name, const std::string& one_line, const std::string& size) {
  return {.kind = "model",
          .name = name,
          .one_line = one_line,
          .text = "Convolutions with shortcuts around every second or third; " + size +
                  " Parameter names and results are torchvision's, so its weights fit.",
          .params = {DropoutParam(), DropPathParam(), NormParam(), ZeroLastNormParam()},
          .synonyms = {"residual network", "convolutional network", "cnn"},
          .source = "He et al. 2015, arXiv:1512.03385"};
}

}  // namespace

const Spec& Resnet18Spec() {
  static const Spec spec =
      Resnet("resnet18", "residual network of 18 layers for pictures of about 224 px",
             "11.2 million parameters and 1.8 GFLOP a picture of 224 px.");
  return spec;
}

const Spec& Resnet34Spec() {
  static const Spec spec =
      Resnet("resnet34", "residual network of 34 layers for pictures of about 224 px",
             "21.3 million parameters and 3.7 GFLOP a picture of 224 px.");
  return spec;
}

const Spec& Resnet50Spec() {
  static const Spec spec =
      Resnet("resnet50", "residual network of 50 layers (bottlenecks) for pictures of about 224 px",
             "23.5 million parameters and 4.1 GFLOP a picture of 224 px.");
  return spec;
}

const Spec& ResnetSmallSpec() {
  static const Spec spec = {
      .kind = "model",
      .name = "resnet_small",
      .one_line = "small residual network for pictures of 28 to 96 px",
      .text =
          "Three stages of residual blocks behind a 3x3 convolution, after the CIFAR networks "
          "of the ResNet paper: trains in minutes on two processor cores.",
      .params =
          {
              {.name = "width",
               .type = ParamType::kInt,
               .what = "channels of the first stage; the second has twice, the third four times "
                       "as many",
               .fallback = 32,
               .min = 4,
               .max = 512,
               .unit = "channels",
               .larger = "fits more; cost grows with the square",
               .smaller = "faster"},
              {.name = "blocks",
               .type = ParamType::kInt,
               .what = "residual blocks of each stage",
               .fallback = 1,
               .min = 1,
               .max = 18,
               .larger = "deeper and slower",
               .smaller = "faster"},
              {.name = "stem_stride",
               .type = ParamType::kInt,
               .what = "stride of the first convolution; not set: 1 below 48 px, else 2",
               .fallback = nullptr,
               .min = 1,
               .max = 4,
               .unit = "pixels",
               .larger = "faster, loses fine detail",
               .smaller = "keeps detail, slower"},
              DropoutParam(),
              DropPathParam(),
              NormParam(),
              ZeroLastNormParam(),
          },
      .synonyms = {"residual network", "convolutional network", "cnn", "cifar resnet"},
      .source = "He et al. 2015, arXiv:1512.03385, section 4.2"};
  return spec;
}

}  // namespace bottega
