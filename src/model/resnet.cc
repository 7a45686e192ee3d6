#include "model/resnet.h"

#include <numeric>

#include "model/drop_path.h"
#include "model/dropout.h"

namespace bottega {

ResidualBlock::ResidualBlock(int64_t in, int64_t width, int64_t stride, int64_t number,
                             int64_t count, const ResnetShape& shape, Initializer& initializer)
    : number_(static_cast<uint32_t>(number)),
      drop_path_(DropPathRate(shape.drop_path, number, count)) {
  struct Step {
    int64_t in, out, kernel, stride;
  };
  const int64_t out = shape.bottleneck ? 4 * width : width;
  const std::vector<Step> steps =
      shape.bottleneck
          ? std::vector<Step>{{in, width, 1, 1}, {width, width, 3, stride}, {width, out, 1, 1}}
          : std::vector<Step>{{in, width, 3, stride}, {width, out, 3, 1}};
  for (const Step& step : steps) {
    const std::string index = std::to_string(convs_.size() + 1);
    convs_.push_back(
        Add("conv" + index, std::make_shared<Conv2d>(step.in, step.out, step.kernel, step.stride,
                                                     step.kernel / 2, initializer)));
    norms_.push_back(Add("bn" + index, MakeNorm(shape.norm, step.out)));
  }
  if (stride != 1 || in != out) {
    shortcut_conv_ =
        Add("downsample.0", std::make_shared<Conv2d>(in, out, 1, stride, 0, initializer));
    shortcut_norm_ = Add("downsample.1", MakeNorm(shape.norm, out));
  }
  if (shape.zero_last_norm) {
    const at::NoGradGuard no_grad;
    norms_.back()->weight().zero_();
  }
}

at::Tensor ResidualBlock::Forward(const at::Tensor& x, const StepContext& context) const {
  at::Tensor h = x;
  for (size_t i = 0; i < convs_.size(); ++i) {
    h = norms_[i]->Forward(convs_[i]->Forward(h), context);
    if (i + 1 < convs_.size()) h.relu_();
  }
  h = DropPath(h, drop_path_, number_, context);
  h += shortcut_conv_ ? shortcut_norm_->Forward(shortcut_conv_->Forward(x), context) : x;
  return h.relu_();
}

Resnet::Resnet(const ResnetShape& shape, const ModelInput& input) : shape_(shape) {
  Initializer initializer(input.seed);
  conv1_ =
      Add("conv1", std::make_shared<Conv2d>(3, shape.width, shape.stem_kernel, shape.stem_stride,
                                            shape.stem_kernel / 2, initializer));
  bn1_ = Add("bn1", MakeNorm(shape.norm, shape.width));
  const int64_t count = std::accumulate(shape.blocks.begin(), shape.blocks.end(), int64_t{0});
  int64_t in = shape.width, width = shape.width;
  for (size_t stage = 0; stage < shape.blocks.size(); ++stage, width *= 2) {
    for (int64_t block = 0; block < shape.blocks[stage]; ++block) {
      const int64_t stride = stage > 0 && block == 0 ? 2 : 1;
      const int64_t number = static_cast<int64_t>(blocks_.size());
      block_names_.push_back("layer" + std::to_string(stage + 1) + "." + std::to_string(block));
      blocks_.push_back(Add(
          block_names_.back(),
          std::make_shared<ResidualBlock>(in, width, stride, number, count, shape, initializer)));
      in = shape.bottleneck ? 4 * width : width;
    }
  }
  fc_ = Add("fc", std::make_shared<Linear>(in, input.outputs, initializer));
}

at::Tensor Resnet::Embed(const Batch& batch, const StepContext& context) {
  const auto stem = [this](const at::Tensor& x, const StepContext& c) {
    const at::Tensor h = bn1_->Forward(conv1_->Forward(x), c).relu_();
    return shape_.stem_pool ? at::max_pool2d(h, {3, 3}, {2, 2}, {1, 1}) : h;
  };
  at::Tensor h = RunBlock(0, {conv1_.get(), bn1_.get()}, batch.pictures, context, stem);
  for (size_t i = 0; i < blocks_.size(); ++i) h = RunBlock(i + 1, *blocks_[i], h, context);
  h = at::adaptive_avg_pool2d(h, {1, 1}).flatten(1);
  return Dropout(h, shape_.dropout, 0, context);
}

at::Tensor Resnet::Head(const at::Tensor& embedding) { return fc_->Forward(embedding); }

namespace {

std::shared_ptr<Model> MakeResnet(ResnetShape shape, const Json& settings,
                                  const ModelInput& input) {
  if (input.picture_size <= 0) {
    throw Error(ErrorKind::kRecipe,
                "model '" + settings.at("name").get<std::string>() +
                    "' needs pictures, and the data are a table",
                {}, "bottega train --set model=auto");
  }
  shape.dropout = settings.at("dropout").get<double>();
  shape.drop_path = settings.at("drop_path").get<double>();
  shape.norm = settings.at("norm").get<std::string>();
  shape.zero_last_norm = settings.at("zero_last_norm").get<bool>();
  return std::make_shared<Resnet>(shape, input);
}

}  // namespace

std::shared_ptr<Model> MakeResnet18(const Json& settings, const ModelInput& input) {
  return MakeResnet({.blocks = {2, 2, 2, 2}}, settings, input);
}

std::shared_ptr<Model> MakeResnet34(const Json& settings, const ModelInput& input) {
  return MakeResnet({.blocks = {3, 4, 6, 3}}, settings, input);
}

std::shared_ptr<Model> MakeResnet50(const Json& settings, const ModelInput& input) {
  return MakeResnet({.blocks = {3, 4, 6, 3}, .bottleneck = true}, settings, input);
}

std::shared_ptr<Model> MakeResnetSmall(const Json& settings, const ModelInput& input) {
  const int64_t blocks = settings.at("blocks").get<int64_t>();
  const int64_t stride = settings.at("stem_stride").is_null()
                             ? (input.picture_size < 48 ? 1 : 2)
                             : settings.at("stem_stride").get<int64_t>();
  return MakeResnet({.blocks = {blocks, blocks, blocks},
                     .width = settings.at("width").get<int64_t>(),
                     .stem_kernel = 3,
                     .stem_stride = stride,
                     .stem_pool = false},
                    settings, input);
}

}  // namespace bottega
